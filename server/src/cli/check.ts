import path from "node:path";
import { type Skipped, skipReasonText } from "../settings/skipped.ts";
import type { PartialSettings } from "../settings/settings.ts";
import { fingerprintOf, numbered, type Numbered } from "../engine/known-findings.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFailureText } from "../project/read-failure.ts";
import { newTopicTotals, withTopicTotals } from "../project/topic-totals.ts";
import { removeLeftovers } from "../host/node/replace-file.ts";
import type { StartWorker } from "../host/node/thread-pool.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { type Git, gitOn } from "../host/node/git.ts";
import { hashOfIds } from "../host/node/git-objects.ts";
import { timers } from "../host/timers.ts";
import { mergeBasesOf, newFindings, type PresentDraft } from "./changed.ts";
import { BaselineUse, readBaselineFile } from "./baseline-use.ts";
import type { FileOutcome } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./comparison.ts";
import { findInputs, type Input } from "./inputs.ts";
import type { NoBase } from "./merge-base.ts";
import { type FailOn, output } from "./output.ts";
import { byText, placesNamed } from "./paths.ts";
import { configProblems, inOrder, type MistakenFile, type Problem } from "./problems.ts";
import { progressOn, type Screen } from "./progress.ts";
import { DEFAULT_REPORTER } from "./reporters/index.ts";
import type { Reporter, ReportOptions } from "./reporters/reporter.ts";
import type { FileReport, Report } from "./report.ts";
import type { ReportedFinding, ReportedFixes } from "./reported.ts";
import { addStepSummary, type ReportFile, writeReportFiles } from "./report-files.ts";
import { type ConfigOverrides, readConfigOption } from "./roots.ts";
import { checkInParallel } from "./parallel-check.ts";
import { similarDrafts, withLostWords } from "./restore.ts";
import { StetUsage } from "./stet-usage.ts";
import { visibleProse } from "./visible.ts";
import { checkStdin } from "./stdin.ts";

export interface CheckOptions {
  readonly paths: readonly string[];
  readonly reporter: Reporter;
  /** What is written to files besides. */
  readonly reportFiles: readonly ReportFile[];
  /** More warnings than this are a failure, and none of them by itself; undefined: as `failOn` says. */
  readonly maxWarnings: number | undefined;
  readonly failOn: FailOn;
  readonly fix: boolean;
  readonly fixRepeats: boolean;
  readonly hints: boolean;
  /** What the report for readers has; undefined: all. */
  readonly only: ReportOptions["only"];
  readonly showSkipped: boolean;
  /** Only what is new against the merge base with this reference is reported; undefined: all. */
  readonly changed: string | undefined;
  /** Offer lost words that stand in earlier versions or in other drafts. */
  readonly restore: boolean;
  /** The config file to use and no other, by its name; or one that is not on disk yet, with its text. */
  readonly config: string | { readonly file: string; readonly text: string } | undefined;
  /** A baseline for all drafts; undefined: the nearest of each; false: none. */
  readonly baseline: string | false | undefined;
  readonly overrides: PartialSettings;
  readonly stdinFilename: string | undefined;
}

/** A check that changes nothing, fails for nothing and obeys no baseline, for what a command learns from its findings. */
export function plainCheck(
  options: Pick<CheckOptions, "paths" | "config" | "hints">,
): CheckOptions {
  return {
    paths: options.paths,
    config: options.config,
    hints: options.hints,
    reporter: DEFAULT_REPORTER,
    reportFiles: [],
    maxWarnings: undefined,
    failOn: "never",
    fix: false,
    fixRepeats: false,
    only: undefined,
    showSkipped: false,
    changed: undefined,
    restore: false,
    baseline: false,
    overrides: {},
    stdinFilename: undefined,
  };
}

/** The environment of a command. */
export interface Io {
  readonly cwd: string;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly color: boolean;
  /** Somebody may answer questions on standard input. */
  readonly stdinIsTTY?: boolean;
  /** The variables of the environment; none where it is not given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly startWorker: StartWorker | undefined;
}

/** `galley check`. Returns the exit code: 2 if a named file could not be read, 1 for findings, else 0. */
export async function check(options: CheckOptions, io: Io): Promise<number> {
  const { report, problems, notCompared } = await examine(options, io);
  if (notCompared !== undefined) {
    io.stderr.write(`galley: --changed: ${visibleProse(notCompared)}\n`);
    return 2;
  }
  const { reporter, reportFiles, hints } = options;
  problems.push(...writeReportFiles(io.cwd, reportFiles, report, hints));
  problems.push(...addStepSummary(io.env ?? {}, reporter, report, hints));
  return output(report, problems, { ...options, color: io.color }, io.stdout, io.stderr);
}

/** What a check finds. */
export interface Examined {
  readonly report: Report;
  /** What kept Galley from doing what was asked, and what is worth knowing, in the order of the output. */
  readonly problems: Problem[];
  /** Each draft that was met could be read. */
  readonly isComplete: boolean;
  /** Why there is nothing that `changed` could compare with: nothing was checked. */
  readonly notCompared?: string;
}

/** Checks the drafts, and makes the fixes that are asked for. */
export async function examine(options: CheckOptions, io: Io): Promise<Examined> {
  const started = performance.now();
  const config =
    options.config === undefined ? undefined : readConfigOption(io.cwd, options.config);
  const ignoresBaselines = options.baseline !== undefined;
  const given: ConfigOverrides = {
    sources: { above: options.overrides, ignoresBaselines },
    config,
  };
  const { reporter, reportFiles } = options;
  const reporters = [reporter, ...reportFiles.map((file) => file.reporter)];
  const reportedFixes: ReportedFixes =
    (["all", "safe"] as const).find((which) =>
      reporters.some((one) => one.reportedFixes === which),
    ) ?? "none";
  const problems: Problem[] = [];
  const files: FileReport[] = [];
  const checked: PresentDraft[] = [];
  const mistaken = new Set<MistakenFile>();
  let fixed = 0;

  if (typeof options.config === "string" && config !== undefined && "unread" in config.read) {
    const { unread } = config.read;
    const message =
      unread === "gone"
        ? "There is no such config file."
        : readFailureText(unread, MAX_BYTES.config);
    problems.push({ path: options.config, message, fatal: true });
  }
  const named =
    typeof options.baseline === "string" ? readBaselineFile(io.cwd, options.baseline) : undefined;
  if (named !== undefined && "problem" in named) problems.push(named.problem);
  else if (named !== undefined && named.baseline.problems.length > 0) mistaken.add(named.baseline);
  const baselineUse = new BaselineUse(
    named !== undefined && "baseline" in named ? named.baseline : undefined,
  );
  const onDisk = options.paths.filter((given) => given !== "-");
  const env = io.env ?? {};
  const git = gitOn({ env, clock: timers });
  const bases =
    options.changed === undefined
      ? []
      : await mergeBasesOf(git, io.cwd, onDisk, options.changed, env);
  if ("problem" in bases) return notCompared(bases);
  const found = await findInputs(io.cwd, onDisk, given, options.showSkipped);
  problems.push(...found.problems, ...found.ruleProblems);
  /** Files that may be drafts and were not checked; and drafts that are switched off. */
  const unchecked: Skipped[] = found.problems.map(({ path, message }) => ({
    path,
    reason: message,
  }));
  const off: Skipped[] = [];
  /** The number of files that were left out without a message of their own. */
  let { leftOut } = found;
  for (const node of found.mistaken) mistaken.add(node);

  /** Standard input is judged by itself. */
  let alone: FileReport | undefined;
  if (options.paths.includes("-")) {
    const how = { filename: options.stdinFilename, reportedFixes };
    const stdin = await checkStdin(io.cwd, io.stdin, how, given);
    problems.push(...stdin.problems);
    for (const node of stdin.mistaken) mistaken.add(node);
    alone = stdin.report;
    if (alone !== undefined) {
      files.push(alone);
      baselineUse.add(alone, stdin.baseline);
    }
  }

  const writable = options.fix ? placesNamed(io.cwd, onDisk) : [];
  if (options.fix) removeLeftovers(new Set(found.inputs.map(({ file }) => path.dirname(file))));

  const index = indexFor(found.inputs);
  const totals = newTopicTotals();
  const stetUsage = new StetUsage();
  const progress = progressOn(io.stderr);
  let done = 0;
  await checkInParallel({
    tasks: found.inputs.map(({ file, format, inclusion, resolved, size, baseline }) => ({
      path: file,
      format,
      size,
      explicitlyIncluded: inclusion !== "no",
      settings: resolved.settings,
      baseline: baselineUse.baselineFor(baseline)?.path,
    })),
    options: {
      fix: options.fix,
      fixRepeats: options.fixRepeats,
      baselines: options.fix ? baselineUse.known(found.inputs) : new Map(),
      named: writable,
      // Drafts that are not compared themselves are still partners of others.
      compares: index.maxDrafts > 0,
      showSkipped: options.showSkipped,
      reportedFixes,
      blobIds: bases[0] && hashOfIds(bases[0].commit),
    },
    startWorker: io.startWorker,
    done: (number, outcome) => {
      const input = found.inputs[number];
      if (input !== undefined) {
        const reason = whyUnchecked(outcome);
        if (reason !== undefined) {
          unchecked.push({ path: input.shown, reason });
          if ("notProse" in outcome) leftOut++;
        }
        if ("result" in outcome && outcome.result.switchedOff) {
          off.push({ path: input.shown, reason: skipReasonText("switched off") });
        }
        fixed += collectOutcome(input, outcome, files, checked, index, problems, baselineUse);
        if ("result" in outcome) {
          totals.replace(input.shown, { folder: GIVEN, counts: outcome.result.topics });
          stetUsage.add(input, outcome.result.matchedStets);
        }
      }
      progress.update(++done, found.inputs.length);
    },
  });
  progress.end();

  checked.sort((a, b) => byText(a.report.path, b.report.path));
  const { reports, boilerplate } = compare(checked, index, reportedFixes);
  totals.settle();
  const reportOf = (file: FileReport): FileReport => {
    const { findings, ...rest } = reports.get(file) ?? file;
    return file === alone ? file : { ...rest, findings: withTopicTotals(findings, totals, GIVEN) };
  };

  // What follows takes the drafts out of the index.
  const similar = options.restore ? similarDrafts(checked, index) : new Map<string, Input[]>();
  const comparedOf = ({ report }: Checked): FileReport => reports.get(report) ?? report;
  const fresh =
    bases.length === 0
      ? undefined
      : await newFindings({
          ...{
            git,
            bases,
            cwd: io.cwd,
            paths: onDisk,
            found,
            present: checked,
            reportOf: comparedOf,
            index,
          },
          startWorker: io.startWorker,
        });
  if (fresh !== undefined && "problem" in fresh) return notCompared(fresh);

  const fileReports = files
    .map((file) => baselineUse.unlisted(file, reportOf(file)))
    .map((file) => (fresh === undefined ? file : onlyNew(file, fresh.get(file.path) ?? [])))
    .sort((a, b) => byText(a.path, b.path));
  const isComplete = problems.length === 0;
  if (isComplete && options.config === undefined) {
    problems.push(...stetUsage.gone(io.cwd, onDisk));
    // A rule that is off for this run finds nothing that an entry could stand for.
    if (Object.keys(options.overrides.rules ?? {}).length === 0) {
      problems.push(...baselineUse.gone(io.cwd, onDisk));
    }
  }
  problems.push(...configProblems(io.cwd, mistaken));
  const ordered = inOrder(problems);
  const report: Report = {
    files: options.restore ? await restored(fileReports, checked, similar, git) : fileReports,
    problems: [...ordered],
    skipped: options.showSkipped
      ? [...found.skipped, ...unchecked, ...off].sort((a, b) => byText(a.path, b.path))
      : undefined,
    unchecked: leftOut,
    fixed,
    since: bases[0]?.name,
    boilerplate,
    seconds: (performance.now() - started) / 1000,
  };
  return { report, problems: ordered, isComplete };
}

/** The drafts that are given are one folder: their topics are summed, as they are compared with each other. */
const GIVEN = "";

/** The reports with what offers lost words that stand elsewhere. */
async function restored(
  files: readonly FileReport[],
  checked: readonly Checked[],
  similar: ReadonlyMap<string, readonly Input[]>,
  git: Git,
): Promise<FileReport[]> {
  const inputs = new Map(checked.map(({ input }) => [input.shown, input]));
  const reports: FileReport[] = [];
  for (const file of files) {
    const input = inputs.get(file.path);
    const others = similar.get(file.path) ?? [];
    reports.push(input === undefined ? file : await withLostWords(file, input, others, git));
  }
  return reports;
}

/** The result where there is nothing to compare with, so that nothing can be said of what is new. */
function notCompared({ problem }: NoBase): Examined {
  return { report: EMPTY_REPORT, problems: [], isComplete: false, notCompared: problem };
}

const EMPTY_REPORT: Report = {
  files: [],
  problems: [],
  skipped: undefined,
  unchecked: 0,
  fixed: 0,
  boilerplate: 0,
  seconds: 0,
};

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

/** Why a file was not checked; undefined where it was. */
function whyUnchecked(outcome: FileOutcome): string | undefined {
  if ("problem" in outcome) return outcome.problem;
  return "notProse" in outcome ? skipReasonText("not prose") : undefined;
}

function collectOutcome(
  input: Input,
  outcome: FileOutcome,
  files: FileReport[],
  checked: PresentDraft[],
  index: RepeatIndex,
  problems: Problem[],
  baselineUse: BaselineUse,
): number {
  if ("problem" in outcome) {
    const fatal = input.inclusion === "outright";
    problems.push({ path: input.shown, message: outcome.problem, fatal });
    return 0;
  }
  if ("notProse" in outcome) return 0;
  const { words, findings, fixed, unwritten, fingerprints, blobId } = outcome.result;
  if (unwritten !== undefined) {
    const message = `It was not fixed. ${unwritten}`;
    problems.push({ path: input.shown, message, fatal: true });
  }
  const report = { path: input.shown, words, findings };
  files.push(report);
  baselineUse.add(report, input.baseline);
  checked.push({ input, report, fingerprints, blobId });
  if (fingerprints !== undefined) index.add(input.shown, fingerprints);
  return fixed;
}
