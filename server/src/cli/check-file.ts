import { factsOf } from "../project/facts.ts";
import { type Candidate, draftText } from "../project/draft-text.ts";
import { formatOf, type FormatId } from "../formats/registry.ts";
import { type Fingerprints, fingerprintsOf } from "../repeats/fingerprints.ts";
import { safeEdits } from "../engine/fix.ts";
import { applyEdits } from "../text/edits.ts";
import type { Settings } from "../settings/settings.ts";
import { isSwitchedOff, matchedEntries } from "../engine/suppression/suppress.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFailureText } from "../project/read-failure.ts";
import type { ThreadJob } from "../host/node/thread-pool.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { replaceFile } from "../host/node/replace-file.ts";
import { encode, encodingOf } from "./encoding.ts";
import { type ReportedFinding, toReported } from "./reported.ts";

/** A file to be checked, by its path as this system writes it. */
export type FileTask = Candidate;

/** What to do with each file besides judging it. */
export interface FileOptions {
  readonly fix: boolean;
  readonly fixRepeats: boolean;
  /** The files and folders, by their real paths, in which a fix may write. */
  readonly named: readonly string[];
  /** Whether drafts are compared with each other. */
  readonly compares: boolean;
  /** Whether to tell of a draft that it is switched off. */
  readonly showSkipped: boolean;
  /** Whether to tell what can be done about each finding. */
  readonly withFixes: boolean;
}

export interface FileResult {
  readonly words: number;
  readonly findings: readonly ReportedFinding[];
  /** What is known of its passages, for a comparison with other drafts; undefined where nobody asks. */
  readonly fingerprints: Fingerprints | undefined;
  /** How many safe fixes were made. */
  readonly fixed: number;
  /** Why the safe fixes were not made, though there are some. Its findings are those of the text as it is. */
  readonly unwritten: string | undefined;
  /** The settings' stet entries, by their numbers, whose passages it has. */
  readonly matchedStets: readonly number[];
  /** A `stet-file` comment switches it off; false where nobody asks. */
  readonly switchedOff: boolean;
}

/** `problem`: why a file could not be checked. `notProse`: plain text that is no draft. */
export type FileOutcome =
  { readonly result: FileResult } | { readonly problem: string } | { readonly notProse: true };

/** Reads and judges one file, and mends it where that was asked for. Never throws. */
export function checkFile(task: FileTask, settings: Settings, options: FileOptions): FileOutcome {
  const file = readFileBounded(task.path, MAX_BYTES.draft);
  if ("unread" in file) return { problem: readFailureText(file.unread, MAX_BYTES.draft) };
  const { bytes, stats } = file;
  const read = draftText(bytes, task);
  if ("no" in read) return read.no === "text" ? { problem: NO_TEXT } : { notProse: true };
  const { text } = read;
  const { format } = task;
  const fixedText = options.fix
    ? applySafeFixes(text, { format, settings }, options.fixRepeats)
    : undefined;
  if (fixedText === undefined || fixedText.fixed === 0) {
    return { result: judged(text, format, settings, options) };
  }
  const fixed = encode(fixedText.text, encodingOf(bytes));
  const unwritten = replaceFile(task.path, fixed, stats, options.named);
  return {
    result:
      unwritten === undefined
        ? { ...judged(fixedText.text, format, settings, options), fixed: fixedText.fixed }
        : { ...judged(text, format, settings, options), unwritten },
  };
}

/** Checks files, which are written to where that was asked for. */
export const CHECK_FILES: ThreadJob<FileTask, FileOutcome, FileOptions> = {
  name: "check files",
  isBackground: false,
  run: checkFile,
};

/** What is said of a file whose bytes are no text. */
export const NO_TEXT = "It is not text in UTF-8 or UTF-16.";

/** A text with every safe fix made, round after round until none is left. */
export function applySafeFixes(
  text: string,
  { format, settings }: { readonly format: FormatId; readonly settings: Settings },
  repeats: boolean,
): { readonly text: string; readonly fixed: number } {
  let fixed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
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
const MAX_ROUNDS = 20;

function judged(
  text: string,
  format: FormatId,
  settings: Settings,
  { compares, showSkipped, withFixes }: FileOptions,
): FileResult {
  const draft = formatOf(format).parse(text);
  const { findings, words } = factsOf(draft, settings);
  return {
    words,
    findings: toReported(draft, findings, { withFixes }),
    fixed: 0,
    unwritten: undefined,
    matchedStets: matchedEntries(draft, settings.stet),
    switchedOff: showSkipped && isSwitchedOff(draft),
    fingerprints: compares ? fingerprintsOf(draft) : undefined,
  };
}
