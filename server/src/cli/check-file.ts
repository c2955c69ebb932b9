import type { RuleTopicCount } from "../engine/topics.ts";
import { extractFacts } from "../project/facts.ts";
import { type Candidate, draftText } from "../project/draft-text.ts";
import type { Draft } from "../draft/draft.ts";
import { getFormat } from "../formats/registry.ts";
import { type Fingerprints, fingerprint } from "../repeats/fingerprints.ts";
import type { Settings } from "../settings/settings.ts";
import { skipReasonText } from "../settings/skipped.ts";
import { isSwitchedOff, matchedEntries } from "../engine/suppression/suppress.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFailureText } from "../project/read-failure.ts";
import type { ThreadJob } from "../host/node/thread-pool.ts";
import { type BlobHash, toBlobId } from "../host/node/git-objects.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { type ReportedFinding, type ReportedFixes, toReported } from "./reported.ts";

/** A file to be checked, by its path as this system writes it. */
export interface FileTask extends Candidate {
  /** Its content, where that is not what is on disk. */
  readonly bytes?: Uint8Array | undefined;
}

/** What to do with each file besides checking it. */
export interface FileOptions {
  /** Whether drafts are compared with each other. */
  readonly compares: boolean;
  /** Whether the result says that a draft is switched off. */
  readonly showSkipped: boolean;
  /** Which of their fixes the findings have. */
  readonly reportedFixes: ReportedFixes;
  /** The hash by which git names contents, where the result has that name. */
  readonly blobIds: BlobHash | undefined;
}

export interface FileResult {
  readonly words: number;
  readonly findings: readonly ReportedFinding[];
  /** What the draft contributes to the totals of all that are checked. */
  readonly topics: readonly RuleTopicCount[];
  /** For the comparison with other drafts; undefined where `compares` is off. */
  readonly fingerprints: Fingerprints | undefined;
  /** The indices of the settings' stet entries whose passages it has. */
  readonly matchedStets: readonly number[];
  /** A `stet-file` comment switches it off; always false where `showSkipped` is off. */
  readonly switchedOff: boolean;
  /** The name of its bytes in git; undefined where `blobIds` is. */
  readonly blobId: string | undefined;
}

export type FileOutcome = { readonly result: FileResult } | Unchecked;

/** `problem` is the message why a file could not be checked; `notProse` marks plain text that is no draft. */
type Unchecked = { readonly problem: string } | { readonly notProse: true };

/** An input as what is to be read. */
export function toFileTask({ file, format, inclusion }: Input, bytes?: Uint8Array): FileTask {
  return { path: file, format, explicitlyIncluded: inclusion !== "no", bytes };
}

/** Reads one file as a draft. Never throws. */
export function readDraft(
  task: FileTask,
): { readonly draft: Draft; readonly bytes: Uint8Array } | Unchecked {
  const file =
    task.bytes === undefined ? readFileBounded(task.path, MAX_BYTES.draft) : { bytes: task.bytes };
  if ("unread" in file) return { problem: readFailureText(file.unread, MAX_BYTES.draft) };
  const { bytes } = file;
  const read = draftText(bytes, task);
  if ("text" in read) return { draft: getFormat(task.format).parse(read.text), bytes };
  if (read.no === "prose") return { notProse: true };
  return { problem: read.no === "text" ? NO_TEXT : skipReasonText("too large") };
}

/** Reads and checks one file. Never throws. */
export function checkFile(task: FileTask, settings: Settings, options: FileOptions): FileOutcome {
  const read = readDraft(task);
  if (!("draft" in read)) return read;
  const blobId = options.blobIds && toBlobId(read.bytes, options.blobIds);
  return { result: { ...judged(read.draft, settings, options), blobId } };
}

/** The report of a file that was checked by itself. `path` is that of messages. */
export function ownReport(path: string, { words, findings }: FileResult): FileReport {
  return { path, words, findings };
}

/** The job that checks files on worker threads. */
export const CHECK_FILES: ThreadJob<FileTask, FileOutcome, FileOptions> = {
  name: "check files",
  isBackground: false,
  run: checkFile,
};

/** The message for a file whose bytes are no text. */
export const NO_TEXT = "It is not text in UTF-8 or UTF-16.";

function judged(
  draft: Draft,
  settings: Settings,
  { compares, showSkipped, reportedFixes }: FileOptions,
): FileResult {
  const { findings, words, topics } = extractFacts(draft, settings);
  return {
    words,
    topics,
    findings: toReported(draft, findings, { reportedFixes }),
    matchedStets: matchedEntries(draft, settings.stet),
    switchedOff: showSkipped && isSwitchedOff(draft),
    blobId: undefined,
    fingerprints: compares ? fingerprint(draft) : undefined,
  };
}
