import { fingerprintOf, numbered, type Numbered } from "../engine/known-findings.ts";
import type { Git } from "../host/node/git.ts";
import type { BlobHash } from "../host/node/git-objects.ts";
import type { StartWorker } from "../host/node/thread-pool.ts";
import type { Baseline } from "../project/baselines.ts";
import { newTopicTotals, withTopicTotals } from "../project/topic-totals.ts";
import { BaselineUse } from "./baseline-use.ts";
import { newFindings, type PresentDraft } from "./changed.ts";
import type { FileOutcome } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./comparison.ts";
import type { Input, Inputs } from "./inputs.ts";
import type { MergeBase, NoBase } from "./merge-base.ts";
import { checkInParallel } from "./parallel-check.ts";
import { byText } from "./paths.ts";
import type { FileReport } from "./report.ts";
import type { ReportedFinding, ReportedFixes } from "./reported.ts";
import { similarDrafts } from "./restore.ts";
import type { CheckedStdin } from "./stdin.ts";
import { StetUsage } from "./stet-usage.ts";

/** What of the command line decides what is shown, and what is fixed. */
export interface RunOptions {
  /** The safe fixes of what is shown are made, or only shown; undefined: neither. */
  readonly fix: "make" | "show" | undefined;
  readonly fixRepeats: boolean;
  /** Hints are shown. */
  readonly hints: boolean;
  readonly showSkipped: boolean;
  /** Offer lost words that stand in earlier versions or in other drafts. */
  readonly restore: boolean;
}

/** The drafts of a run, as they were checked last. */
export interface Run {
  readonly options: RunOptions;
  readonly cwd: string;
  readonly startWorker: StartWorker | undefined;
  readonly git: Git;
  readonly bases: readonly MergeBase[];
  readonly found: Inputs;
  /** The paths without standard input. */
  readonly onDisk: readonly string[];
  readonly stdin: CheckedStdin | undefined;
  /** The baseline of `--baseline`. */
  readonly named: Baseline | undefined;
  readonly reportedFixes: ReportedFixes;
  /** Of the names that git would give the drafts. */
  readonly blobHash: BlobHash | undefined;
  readonly outcomes: Map<Input, FileOutcome>;
  /** What drafts would be after the fixes, where these are not made. */
  readonly rehearsed: Map<Input, Uint8Array>;
}

/** Checks drafts, each by itself. */
export async function checkInputs(
  { options, startWorker, found, reportedFixes, blobHash, outcomes, rehearsed }: Run,
  inputs: readonly Input[],
  progress: (done: number) => void = () => undefined,
): Promise<void> {
  let done = 0;
  await checkInParallel({
    tasks: inputs.map((input) => ({
      path: input.file,
      format: input.format,
      size: input.size,
      explicitlyIncluded: input.inclusion !== "no",
      settings: input.resolved.settings,
      bytes: rehearsed.get(input),
    })),
    options: {
      // Drafts that are not compared themselves are still partners of others.
      compares: indexFor(found.inputs).maxDrafts > 0,
      showSkipped: options.showSkipped,
      reportedFixes,
      blobIds: blobHash,
    },
    startWorker,
    done: (number, outcome) => {
      const input = inputs[number];
      if (input !== undefined) outcomes.set(input, outcome);
      progress(++done);
    },
  });
}

/** The one answer to what is shown: by the other drafts, totals, baselines, what is new, and whether hints are. */
export interface Judged {
  /** Sorted by path; with standard input. */
  readonly files: readonly FileReport[];
  /** Those of the drafts on disk. */
  readonly reports: ReadonlyMap<Input, FileReport>;
  readonly hiddenHints: number;
  readonly boilerplate: number;
  readonly checked: readonly PresentDraft[];
  /** With `--restore`, what seems to share a passage with each draft. */
  readonly similar: ReadonlyMap<string, readonly Input[]>;
  readonly baselineUse: BaselineUse;
  readonly stetUsage: StetUsage;
}

export async function judge(run: Run): Promise<Judged | NoBase> {
  const { options, cwd, startWorker, git, bases, found, stdin, onDisk } = run;
  const index = indexFor(found.inputs);
  const totals = newTopicTotals();
  const stetUsage = new StetUsage();
  const baselineUse = new BaselineUse(run.named);
  const checked: PresentDraft[] = [];
  for (const input of found.inputs) {
    const outcome = run.outcomes.get(input);
    if (outcome === undefined || !("result" in outcome)) continue;
    const { words, findings, fingerprints, blobId, topics, matchedStets } = outcome.result;
    const report = { path: input.shown, words, findings };
    const bytes = run.rehearsed.get(input);
    checked.push({ input, report, fingerprints, blobId, ...(bytes && { bytes }) });
    if (fingerprints !== undefined) index.add(input.shown, fingerprints);
    baselineUse.add(report, input.baseline);
    totals.replace(input.shown, { folder: GIVEN, counts: topics });
    stetUsage.add(input, matchedStets);
  }
  checked.sort((a, b) => byText(a.report.path, b.report.path));
  const { reports: compared, boilerplate } = compare(checked, index, run.reportedFixes);
  totals.settle();
  // What follows takes the drafts out of the index.
  const similar = options.restore ? similarDrafts(checked, index) : new Map<string, Input[]>();
  const reportOf = ({ report }: Checked): FileReport => compared.get(report) ?? report;
  const fresh =
    bases.length === 0
      ? undefined
      : await newFindings({
          ...{ git, bases, cwd, paths: onDisk, found, present: checked, reportOf, index },
          startWorker,
        });
  if (fresh !== undefined && "problem" in fresh) return fresh;
  let hiddenHints = 0;
  const shown = (file: FileReport, whole: FileReport): FileReport => {
    const unlisted = baselineUse.unlisted(file, whole);
    const all = fresh === undefined ? unlisted : onlyNew(unlisted, fresh.get(file.path) ?? []);
    if (options.hints) return all;
    const findings = all.findings.filter(({ severity }) => severity !== "hint");
    hiddenHints += all.findings.length - findings.length;
    return { ...all, findings };
  };
  const reports = new Map(
    checked.map((draft) => {
      const whole = reportOf(draft);
      const findings = withTopicTotals(whole.findings, totals, GIVEN);
      return [draft.input, shown(draft.report, { ...whole, findings })];
    }),
  );
  const files = [...reports.values()];
  if (stdin?.report !== undefined) {
    baselineUse.add(stdin.report, stdin.baseline);
    files.unshift(shown(stdin.report, stdin.report));
  }
  files.sort((a, b) => byText(a.path, b.path));
  return { files, reports, hiddenHints, boilerplate, checked, similar, baselineUse, stetUsage };
}

/** The drafts that are given are one folder: their topics are summed, as they are compared with each other. */
const GIVEN = "";

/** The findings of a report that are among the new ones. Both have all of a draft's, or their numbers. */
function onlyNew(file: FileReport, fresh: readonly (ReportedFinding & Numbered)[]): FileReport {
  const wanted = new Set(fresh.map(fingerprintOf));
  const isNumbered = file.findings.every(({ ordinal }) => ordinal !== undefined);
  const findings = isNumbered ? file.findings : numbered(file.findings);
  return {
    ...file,
    findings: findings.filter(({ rule, digest, ordinal = 0 }) =>
      wanted.has(fingerprintOf({ rule, digest, ordinal })),
    ),
  };
}
