import { elsewhereSetting } from "../project/elsewhere.ts";
import { factsOf } from "../project/facts.ts";
import { formatOf, isNotProse, type FormatId } from "../formats/registry.ts";
import { type Fingerprints, fingerprintsOf } from "../repeats/fingerprints.ts";
import { safeEdits } from "../engine/fix.ts";
import { applyEdits } from "../text/edits.ts";
import type { Settings } from "../settings/settings.ts";
import { isSwitchedOff, matchedEntries } from "../engine/suppression/suppress.ts";
import { decode } from "../text/decode.ts";
import { MOST_BYTES } from "../project/most-bytes.ts";
import { readFileBounded, whyUnread } from "../host/node/read-file.ts";
import { replaceFile } from "../host/node/replace-file.ts";
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
  /** The files and folders, by their real paths, in which a fix may write. */
  readonly named: readonly string[];
  /** Whether to tell of a draft that it is switched off. */
  readonly showSkipped: boolean;
  /** Whether to tell what can be done about each finding. */
  readonly withFixes: boolean;
}

export interface FileResult {
  readonly words: number;
  readonly told: readonly Told[];
  /** What is known of its passages, for a comparison with other drafts; undefined where nobody asks. */
  readonly fingerprints: Fingerprints | undefined;
  /** How many safe fixes were made. */
  readonly fixed: number;
  /** Why the safe fixes were not made, though there are some. Its findings are those of the text as it is. */
  readonly unwritten: string | undefined;
  /** The settings' stet entries, by their numbers, whose passages it has. */
  readonly standing: readonly number[];
  /** A `stet-file` comment switches it off; false where nobody asks. */
  readonly switchedOff: boolean;
}

/** `problem`: why a file could not be checked. `notProse`: plain text that is no draft. */
export type FileOutcome =
  { readonly result: FileResult } | { readonly problem: string } | { readonly notProse: true };

/** Reads and judges one file, and mends it where that was asked for. Never throws. */
export function checkFile(task: FileTask, options: FileOptions): FileOutcome {
  const read = readFileBounded(task.file, MOST_BYTES.draft);
  if ("unread" in read) return { problem: whyUnread(read.unread, MOST_BYTES.draft) };
  const { bytes, stats } = read;
  const text = decode(bytes);
  if (text === undefined) return { problem: NO_TEXT };
  if (!task.asked && isNotProse(task.format, text, task.file)) {
    return { notProse: true };
  }
  if (!options.fix) return { result: judged(text, task, 0, options) };
  const mended = mend(text, task, options.fixRepeats);
  if (mended.fixed === 0) return { result: judged(text, task, 0, options) };
  const fixed = encode(mended.text, encodingOf(bytes));
  const unwritten = replaceFile(task.file, fixed, stats, options.named);
  return {
    result:
      unwritten === undefined
        ? judged(mended.text, task, mended.fixed, options)
        : judged(text, task, 0, options, unwritten),
  };
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

/** A fix can uncover the next one; each makes the text better, so few rounds are ever needed. */
const MOST_ROUNDS = 20;

function judged(
  text: string,
  task: FileTask,
  fixed: number,
  { showSkipped, withFixes }: FileOptions,
  unwritten?: string,
): FileResult {
  const draft = formatOf(task.format).parse(text);
  const { findings, words } = factsOf(draft, task.settings);
  const asked = elsewhereSetting(task.settings) !== undefined;
  return {
    words,
    told: tell(draft, findings, { withFixes }),
    fixed,
    unwritten,
    standing: matchedEntries(draft, task.settings.stet),
    switchedOff: showSkipped && isSwitchedOff(draft),
    fingerprints: asked ? fingerprintsOf(draft) : undefined,
  };
}
