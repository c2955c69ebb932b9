import type { RuleTopic } from "../engine/topics.ts";
import { extractFacts } from "../project/facts.ts";
import { draftText } from "../project/check-drafts.ts";
import type { Draft } from "../draft/draft.ts";
import { getFormat } from "../formats/registry.ts";
import { type Fingerprints, fingerprint } from "../repeats/fingerprints.ts";
import { skipReasonText } from "../settings/skipped.ts";
import { isSwitchedOff } from "../engine/suppression/suppress.ts";
import { MAX_BYTES, readFailureText } from "../project/read-limits.ts";
import { type BlobHash, toBlobId } from "../host/node/git-objects.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { type ReportedFixes, toReported } from "./reported.ts";
import type { Wording } from "../text/wording.ts";

/** A draft that can be read. */
export interface Readable {
  readonly input: Input;
  /** Its content, if different from the one on disk. */
  readonly bytes?: Uint8Array | undefined;
}

/** What to do with each file besides checking it. */
export interface FileOptions {
  /** Whether drafts are compared with each other. */
  readonly compares?: boolean;
  /** Whether the result says that a draft is turned off. */
  readonly showSkipped?: boolean;
  /** Which of their fixes the findings include; by default none. */
  readonly reportedFixes?: ReportedFixes;
  /** The algorithm of git's content ids, if the result should have that id. */
  readonly blobIds?: BlobHash | undefined;
}

export interface FileResult {
  readonly report: FileReport<Wording>;
  /** What the draft contributes to the totals of all checked drafts. */
  readonly topics: readonly RuleTopic[];
  /** For the comparison with other drafts; undefined if `compares` is off. */
  readonly fingerprints: Fingerprints | undefined;
  /** A `stet-file` comment turns it off; always false without `showSkipped`. */
  readonly switchedOff: boolean;
  /** The id of its bytes in git; undefined if `blobIds` is. */
  readonly blobId: string | undefined;
}

export type FileOutcome = { readonly result: FileResult } | Unchecked;

/** `problem` says why a file could not be checked; `notProse` marks plain text that is not a draft. */
type Unchecked = { readonly problem: string } | { readonly notProse: true };

/** Reads one file as a draft. Never throws. */
export function readDraft({
  input: { file: path, format, inclusion },
  bytes: given,
}: Readable): { readonly draft: Draft; readonly bytes: Uint8Array } | Unchecked {
  const file = given === undefined ? readFileBounded(path, MAX_BYTES.draft) : { bytes: given };
  if ("unread" in file) return { problem: readFailureText(file.unread, MAX_BYTES.draft) };
  const { bytes } = file;
  const read = draftText({ bytes, path, format, explicitlyIncluded: inclusion !== "no" });
  if ("text" in read) return { draft: getFormat(format).parse(read.text), bytes };
  if (read.no === "prose") return { notProse: true };
  return { problem: read.no === "text" ? NO_TEXT : skipReasonText("too large") };
}

/** Reads and checks one file. Never throws. */
export function checkFile(
  readable: Readable,
  { compares = false, showSkipped = false, reportedFixes = "none", blobIds }: FileOptions,
): FileOutcome {
  const read = readDraft(readable);
  if (!("draft" in read)) return read;
  const { draft, bytes } = read;
  const { shown, resolved, inclusion } = readable.input;
  const { settings } = resolved;
  // Drafts beside a file that was named are not compared with it.
  const how = { includesUnproven: true, isCompared: inclusion !== "outright" };
  const { findings, words, topics } = extractFacts(draft, settings, how);
  return {
    result: {
      report: { path: shown, words, findings: toReported(draft, findings, { reportedFixes }) },
      topics,
      switchedOff: showSkipped && isSwitchedOff(draft),
      blobId: blobIds && toBlobId(bytes, blobIds),
      fingerprints: compares ? fingerprint(draft) : undefined,
    },
  };
}

/** The message for a file whose bytes are not text. */
export const NO_TEXT = "It is not text in UTF-8 or UTF-16.";
