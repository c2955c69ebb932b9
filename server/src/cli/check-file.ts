import {
  chmodSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { elsewhereSetting } from "../core/elsewhere.ts";
import { factsOf } from "../core/facts.ts";
import { formatOf } from "../formats/index.ts";
import { type Fingerprints, fingerprintsOf } from "../repeats/fingerprints.ts";
import { applyEdits, safeEdits } from "../core/fix.ts";
import type { Settings } from "../core/settings.ts";
import { standing } from "../core/suppress.ts";
import type { FormatId } from "../core/draft.ts";
import { decode } from "../core/decode.ts";
import { readsAsProse } from "../formats/reads-as-prose.ts";
import { withRestorations } from "../repeats/restore.ts";
import { encode, encodingOf } from "./encoding.ts";
import { type Told, tell } from "./told.ts";

/** One file's work, in a form that can be sent to another thread. */
export interface FileTask {
  readonly file: string;
  readonly format: FormatId;
  /** It was asked for by name, so it is checked whatever it reads like. */
  readonly asked: boolean;
  readonly settings: Settings;
}

/** What to do with each file besides judging it. */
export interface FileOptions {
  readonly fix: boolean;
  readonly fixRepeats: boolean;
}

export interface FileResult {
  readonly words: number;
  readonly told: readonly Told[];
  /** What is known of its passages, for a comparison with other drafts; undefined where nobody asks. */
  readonly fingerprints: Fingerprints | undefined;
  /** How many safe fixes were made. */
  readonly fixed: number;
  /** The settings' stet entries, by their numbers, whose passages it has. */
  readonly standing: readonly number[];
}

/** `problem`: why a file could not be checked. `notProse`: plain text that is no draft. */
export type FileOutcome =
  { readonly result: FileResult } | { readonly problem: string } | { readonly notProse: true };

/** Reads and judges one file, and mends it where that was asked for. Never throws. */
export function checkFile(task: FileTask, options: FileOptions): FileOutcome {
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(task.file);
  } catch (error) {
    return { problem: whyUnread(error) };
  }
  const text = decode(bytes);
  if (text === undefined) return { problem: NO_TEXT };
  if (!task.asked && task.format === "plaintext" && !readsAsProse(text, task.file)) {
    return { notProse: true };
  }
  if (!options.fix) return { result: judged(text, task, 0) };
  const mended = mend(text, task, options.fixRepeats);
  if (mended.fixed > 0) {
    try {
      replaceFile(task.file, encode(mended.text, encodingOf(bytes)));
    } catch {
      return { problem: "The mended text could not be written." };
    }
  }
  return { result: judged(mended.text, task, mended.fixed) };
}

/** What is said of a file whose bytes are no text. */
export const NO_TEXT = "It is not text in UTF-8 or UTF-16.";

/** A text with every safe fix made, round after round until none is left. */
export function mend(
  text: string,
  { format, settings }: Pick<FileTask, "format" | "settings">,
  repeats: boolean,
): { readonly text: string; readonly fixed: number } {
  let fixed = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const draft = formatOf(format).parse(text);
    const { findings } = factsOf(draft, settings);
    const edits = safeEdits(findings, (fix) => repeats || fix.kind !== "repeat", draft);
    const after = applyEdits(text, edits);
    if (after === text) break;
    fixed += edits.length;
    text = after;
  }
  return { text, fixed };
}

/** Why a file can't be read, in plain words. */
export function whyUnread(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  switch (code) {
    case "ENOENT":
      return "It is gone.";
    case "EACCES":
    case "EPERM":
      return "It may not be read by you.";
    case "EISDIR":
      return "It is a folder.";
    default:
      return "It can’t be read.";
  }
}

/** A fix can uncover the next one; each makes the text better, so few rounds are ever needed. */
const MOST_ROUNDS = 20;

function judged(text: string, task: FileTask, fixed: number): FileResult {
  const draft = formatOf(task.format).parse(text);
  const { findings, words } = factsOf(draft, task.settings);
  const asked = elsewhereSetting(task.settings) !== undefined;
  return {
    words,
    told: tell(draft, withRestorations(draft, findings)),
    fixed,
    standing: standing(draft, task.settings.stet),
    fingerprints: asked ? fingerprintsOf(draft) : undefined,
  };
}

/** Puts the new bytes in the old file's place in one step: whoever reads it sees the one or the other, whole. */
function replaceFile(file: string, bytes: Uint8Array): void {
  const target = realpathSync(file);
  const { mode } = statSync(target);
  const beside = `${target}.galley-${process.pid}-${Math.random().toString(36).slice(2, 8)}`;
  try {
    writeFileSync(beside, bytes, { flag: "wx", mode });
    chmodSync(beside, mode);
    renameSync(beside, target);
  } catch (error) {
    rmSync(beside, { force: true });
    throw error;
  }
}
