import path from "node:path";
import { type Skipped, skipReasonText } from "../settings/skipped.ts";
import type { PartialSettings } from "../settings/settings.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFailureText } from "../project/read-failure.ts";
import { removeLeftovers } from "../host/node/replace-file.ts";
import type { StartWorker } from "../host/node/thread-pool.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { BaselineUse, readBaselineFile } from "./baseline-use.ts";
import type { FileOutcome } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./elsewhere.ts";
import { findInputs, type Input } from "./inputs.ts";
import { type FailOn, output } from "./output.ts";
import { byText, placesNamed } from "./paths.ts";
import { configProblems, inOrder, type MistakenFile, type Problem } from "./problems.ts";
import { progressOn, type Screen } from "./progress.ts";
import type { Reporter, ReportOptions } from "./reporters/reporter.ts";
import type { FileReport, Report } from "./report.ts";
import { addStepSummary, type ReportFile, writeReportFiles } from "./report-files.ts";
import { type ConfigOverrides, readConfigOption } from "./roots.ts";
import { checkInParallel } from "./parallel-check.ts";
import { StetUsage } from "./stet-usage.ts";
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
  /** The config file to use and no other, by its name; or one that is not on disk yet, with its text. */
  readonly config: string | { readonly file: string; readonly text: string } | undefined;
  /** A baseline for all drafts; undefined: the nearest of each; false: none. */
  readonly baseline: string | false | undefined;
  readonly overrides: PartialSettings;
  readonly stdinFilename: string | undefined;
}

/** The environment of a command. */
export interface Io {
  readonly cwd: string;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly color: boolean;
  /** The variables of the environment; none where it is not given. */
  /** Somebody may answer questions on standard input. */
  readonly stdinIsTTY?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  readonly startWorker: StartWorker | undefined;
}

/** `galley check`. Returns the exit code: 2 if a named file could not be read, 1 for findings, else 0. */
export async function check(options: CheckOptions, io: Io): Promise<number> {
  const { report, problems } = await examine(options, io);
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
  const withFixes = [reporter, ...reportFiles.map((file) => file.reporter)].some(
    ({ saysFixes }) => saysFixes,
  );
  const problems: Problem[] = [];
  const files: FileReport[] = [];
  const checked: Checked[] = [];
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

  if (options.paths.includes("-")) {
    const how = { filename: options.stdinFilename, withFixes };
    const stdin = await checkStdin(io.cwd, io.stdin, how, given);
    problems.push(...stdin.problems);
    for (const node of stdin.mistaken) mistaken.add(node);
    if (stdin.report !== undefined) {
      files.push(stdin.report);
      baselineUse.add(stdin.report, stdin.baseline);
    }
  }

  const writable = options.fix ? placesNamed(io.cwd, onDisk) : [];
  if (options.fix) removeLeftovers(new Set(found.inputs.map(({ file }) => path.dirname(file))));

  const index = indexFor(found.inputs);
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
      withFixes,
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
        if ("result" in outcome) stetUsage.add(input, outcome.result.matchedStets);
      }
      progress.update(++done, found.inputs.length);
    },
  });
  progress.end();

  checked.sort((a, b) => byText(a.report.path, b.report.path));
  const { reports, boilerplate } = compare(checked, index, withFixes);

  const fileReports = files
    .map((file) => baselineUse.unlisted(file, reports.get(file) ?? file))
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
    files: fileReports,
    problems: [...ordered],
    skipped: options.showSkipped
      ? [...found.skipped, ...unchecked, ...off].sort((a, b) => byText(a.path, b.path))
      : undefined,
    unchecked: leftOut,
    fixed,
    boilerplate,
    seconds: (performance.now() - started) / 1000,
  };
  return { report, problems: ordered, isComplete };
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
  checked: Checked[],
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
  const { words, findings, fixed, unwritten, fingerprints } = outcome.result;
  if (unwritten !== undefined) {
    const message = `It was not fixed. ${unwritten}`;
    problems.push({ path: input.shown, message, fatal: true });
  }
  const report = { path: input.shown, words, findings };
  files.push(report);
  baselineUse.add(report, input.baseline);
  if (fingerprints !== undefined) {
    checked.push({ input, report });
    index.add(input.shown, fingerprints);
  }
  return fixed;
}
