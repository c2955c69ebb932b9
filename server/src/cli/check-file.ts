import type { RuleTopicCount } from "../engine/topics.ts";
import type { Stats } from "node:fs";
import { factsOf } from "../project/facts.ts";
import { type Candidate, draftText } from "../project/draft-text.ts";
import { formatOf, type FormatId } from "../formats/registry.ts";
import { type Fingerprints, fingerprintsOf } from "../repeats/fingerprints.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { safeEdits } from "../engine/fix.ts";
import { type KnownFindings, partFindings } from "../engine/known-findings.ts";
import { RULES } from "../rules/index.ts";
import { applyEdits } from "../text/edits.ts";
import type { Settings } from "../settings/settings.ts";
import { isSwitchedOff, matchedEntries, passageDigests } from "../engine/suppression/suppress.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFailureText } from "../project/read-failure.ts";
import type { ThreadJob } from "../host/node/thread-pool.ts";
import { type BlobHash, blobIdOf } from "../host/node/git-objects.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { writeWhole } from "../host/node/replace-file.ts";
import { encode, encodingOf } from "./encoding.ts";
import { type ReportedFinding, type ReportedFixes, toReported } from "./reported.ts";

/** A file to be checked, by its path as this system writes it. */
export interface FileTask extends Candidate {
  /** Its content, where that is not what is on disk. */
  readonly bytes?: Uint8Array | undefined;
  /** The path of the baseline that it obeys. */
  readonly baseline?: string | undefined;
}

/** What to do with each file besides checking it. */
export interface FileOptions {
  readonly fix: boolean;
  readonly fixRepeats: boolean;
  /** With `fix`: what each baseline lists, by its path. What is not reported is not fixed. */
  readonly baselines: ReadonlyMap<string, KnownFindings>;
  /** The files and folders, by their real paths, in which a fix may write. */
  readonly named: readonly string[];
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
  /** The number of safe fixes made. */
  readonly fixed: number;
  /** The message if there are safe fixes that could not be written; the findings are then of the unfixed text. */
  readonly unwritten: string | undefined;
  /** The indices of the settings' stet entries whose passages it has. */
  readonly matchedStets: readonly number[];
  /** A `stet-file` comment switches it off; always false where `showSkipped` is off. */
  readonly switchedOff: boolean;
  /** The name of its bytes in git; undefined where `blobIds` is. */
  readonly blobId: string | undefined;
}

/** `problem` is the message why a file could not be checked; `notProse` marks plain text that is no draft. */
export type FileOutcome =
  { readonly result: FileResult } | { readonly problem: string } | { readonly notProse: true };

/** Reads and checks one file, and applies safe fixes with `fix`. Never throws. */
export function checkFile(task: FileTask, settings: Settings, options: FileOptions): FileOutcome {
  if (task.bytes !== undefined) return checkBytes(task, task.bytes, undefined, settings, options);
  const file = readFileBounded(task.path, MAX_BYTES.draft);
  if ("unread" in file) return { problem: readFailureText(file.unread, MAX_BYTES.draft) };
  return checkBytes(task, file.bytes, file.stats, settings, options);
}

/** `stats` are those of the file that the bytes are from; undefined where they are from none, which can't be fixed. */
function checkBytes(
  task: FileTask,
  bytes: Uint8Array,
  stats: Stats | undefined,
  settings: Settings,
  options: FileOptions,
): FileOutcome {
  const read = draftText(bytes, task);
  if ("no" in read) return read.no === "text" ? { problem: NO_TEXT } : { notProse: true };
  const { text } = read;
  const { format } = task;
  const known = task.baseline === undefined ? undefined : options.baselines.get(task.baseline);
  const fixedText =
    options.fix && stats !== undefined
      ? applySafeFixes(text, { format, settings, known }, options.fixRepeats)
      : undefined;
  if (stats === undefined || fixedText === undefined || fixedText.fixed === 0) {
    const blobId = options.blobIds && blobIdOf(bytes, options.blobIds);
    return { result: { ...judged(text, format, settings, options), blobId } };
  }
  const fixed = encode(fixedText.text, encodingOf(bytes));
  const unwritten = writeWhole(task.path, fixed, {
    before: stats,
    named: options.named,
  });
  return {
    result:
      unwritten === undefined
        ? { ...judged(fixedText.text, format, settings, options), fixed: fixedText.fixed }
        : { ...judged(text, format, settings, options), unwritten },
  };
}

/** The job that checks files on worker threads. */
export const CHECK_FILES: ThreadJob<FileTask, FileOutcome, FileOptions> = {
  name: "check files",
  isBackground: false,
  run: checkFile,
};

/** The message for a file whose bytes are no text. */
export const NO_TEXT = "It is not text in UTF-8 or UTF-16.";

/** The text with all safe fixes applied, repeatedly until none is left; of findings that are known, none. */
export function applySafeFixes(
  text: string,
  {
    format,
    settings,
    known,
  }: {
    readonly format: FormatId;
    readonly settings: Settings;
    readonly known?: KnownFindings | undefined;
  },
  repeats: boolean,
): { readonly text: string; readonly fixed: number } {
  let fixed = 0;
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const draft = formatOf(format).parse(text);
    const all = factsOf(draft, settings).findings;
    const findings = known === undefined ? all : freshFindings(draft, all, known);
    const edits = safeEdits(findings, (fix) => repeats || fix.kind !== "repeat", draft);
    const after = applyEdits(text, edits);
    if (after === text) break;
    fixed += edits.length;
    text = after;
  }
  return { text, fixed };
}

function freshFindings(
  draft: Draft,
  findings: readonly Finding[],
  known: KnownFindings,
): readonly Finding[] {
  const digestOf = passageDigests(draft);
  const withDigests = findings.map((finding) => ({ ...finding, digest: digestOf(finding) }));
  return partFindings(withDigests, known, RULES).fresh;
}

/** A fix can reveal another one, so fixes are applied in rounds; more than a few are never needed. */
const MAX_ROUNDS = 20;

function judged(
  text: string,
  format: FormatId,
  settings: Settings,
  { compares, showSkipped, reportedFixes }: FileOptions,
): FileResult {
  const draft = formatOf(format).parse(text);
  const { findings, words, topics } = factsOf(draft, settings);
  return {
    words,
    topics,
    findings: toReported(draft, findings, { reportedFixes }),
    fixed: 0,
    unwritten: undefined,
    matchedStets: matchedEntries(draft, settings.stet),
    switchedOff: showSkipped && isSwitchedOff(draft),
    blobId: undefined,
    fingerprints: compares ? fingerprintsOf(draft) : undefined,
  };
}
