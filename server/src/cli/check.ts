/*
 * cli/: the command line. `program.ts` has its arguments; this file is `galley check`.
 *
 * - `inputs.ts` finds the files. `check-file.ts` checks each on its own, and keeps small facts about it.
 * - `shown.ts` decides what is reported: comparison, totals, baseline, what is new, hints. Report, fixes, counts and
 *   exit code all follow from that.
 * - `fix-rounds.ts` makes the safe fixes of what is reported until none is left; without `--fix` in memory, to count
 *   them.
 * - `changed.ts` checks the merge base under today's paths and settings, and subtracts. `--restore` asks git and other
 *   drafts for lost words.
 * - `reporters/` has one file per format. Text from a draft or a file name enters a report through `visible.ts`.
 *
 * Output is sorted by name. The bundle is also the server of `galley lsp`, and its worker.
 */

import path from "node:path";
import { type Skipped, skipReasonText } from "../settings/skipped.ts";
import type { PartialSettings } from "../settings/settings.ts";
import { MAX_BYTES } from "../project/read-limits.ts";
import { isInFolder, removeLeftovers } from "../host/node/replace-file.ts";
import { gitOn } from "../host/node/git.ts";
import { hashOfIds } from "../host/node/git-objects.ts";
import { timers } from "../host/timers.ts";
import { mergeBases } from "./changed.ts";
import { readBaselineFile } from "./baseline-use.ts";
import { type Fixed, fixInRounds, patchIn } from "./fix-rounds.ts";
import { indexFor } from "./comparison.ts";
import {
  type ConfigOverrides,
  findInputs,
  type Input,
  type Inputs,
  readConfigOption,
} from "./inputs.ts";
import { checkInputs, compareAll, type Shown, type Run, type RunOptions } from "./shown.ts";
import { findGitRoot, NothingToCompare } from "./merge-base.ts";
import { byText, fileOfPath, realPath } from "./paths.ts";
import { configProblems, inOrder, type Problem, type RuleFile, unreadNamed } from "./problems.ts";
import { progressOn, type Screen } from "./progress.ts";
import { getColumns } from "./reporters/support/columns.ts";
import {
  isLoss,
  type Report,
  sayReport,
  counted,
  countFindings,
  restoreNotes,
  uncheckedNotes,
} from "./report.ts";
import type { ReportedFixes } from "./reported.ts";
import { addStepSummary, type ReportFile, writeReportFiles } from "./report-files.ts";
import { newHistories } from "./restore.ts";
import { visibleProse, visible } from "./visible.ts";
import { checkStdin } from "./stdin.ts";
import { translationsFor } from "../text/translations.ts";
import { type Translations, type Wording, say } from "../text/wording.ts";
import { createColors } from "picocolors";
import { atLeast, type Severity } from "../draft/finding.ts";
import { fixLine } from "./fixes.ts";
import { write } from "./reporters/index.ts";
import type { Reporter, ReportOptions } from "./reporters/reporter.ts";

/** What a check is asked for; what is not said is not wanted. */
export interface CheckOptions
  extends RunOptions, Pick<OutputOptions, "reporter" | "only" | "failOn" | "maxWarnings"> {
  readonly paths: readonly string[];
  /** Reports written to files in addition. */
  readonly reportFiles?: readonly ReportFile[];
  /** Reports only what is new against the merge base with this reference; undefined: everything. */
  readonly changed?: string | undefined;
  /** The only config file to use, by name, or one that is not on disk yet, with its text. */
  readonly config?: string | { readonly file: string; readonly text: string } | undefined;
  /** A baseline for all drafts; undefined: the nearest one of each; false: none. */
  readonly baseline?: string | false | undefined;
  readonly overrides?: PartialSettings;
  readonly stdinFilename?: string | undefined;
  /** Files that links lead to outside this folder are not read; undefined: they are. */
  readonly within?: string;
}

/** The environment of a command. */
export interface Io {
  readonly cwd: string;
  readonly stdout: Screen;
  readonly stderr: Screen;
  readonly stdin: AsyncIterable<Uint8Array>;
  readonly color: boolean;
  /** The environment variables; none if not given. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** `galley check`. Returns the exit code: 2 if a named file could not be read, 1 for findings, else 0. */
export async function check(options: CheckOptions, io: Io): Promise<number> {
  const examined = await examine(options, io).catch((error: unknown) => {
    if (!(error instanceof NothingToCompare)) throw error;
    return error;
  });
  if (examined instanceof NothingToCompare) {
    io.stderr.write(`galley: --changed: ${visibleProse(examined.message)}\n`);
    return 2;
  }
  const { report, problems, ruleFiles } = examined;
  const { reporter, reportFiles = [], config, baseline } = options;
  const named = [config, baseline].flatMap((one) =>
    typeof one === "string" ? path.resolve(io.cwd, one) : [],
  );
  const read = [...ruleFiles].flatMap((one) => (one.path ? fileOfPath(one.path) : []));
  const english = sayReport(report);
  problems.push(...writeReportFiles(io.cwd, reportFiles, english, [...named, ...read]));
  problems.push(...addStepSummary(io.env ?? {}, reporter, english));
  const translations = reporter.isForReaders ? translationsIn(io.env) : undefined;
  const screen = { color: io.color, columns: getColumns(io.stdout, io.env), translations };
  const said = translations === undefined ? english : sayReport(report, translations);
  return output(said, problems, { ...options, ...screen }, io.stdout, io.stderr);
}

/** The texts for what people read, in the locale that gettext would use; undefined: English. */
export function translationsIn(env: Io["env"] = {}): Translations | undefined {
  return translationsFor([env["LC_ALL"], env["LC_MESSAGES"], env["LANG"]].find((one) => one));
}

/** What a check finds. */
export interface Examined {
  readonly report: Report<Wording>;
  /** What kept Galley from doing what it was asked, and what is worth knowing, in the order of the output. */
  readonly problems: Problem[];
  /** The config files and baselines that were read. */
  readonly ruleFiles: ReadonlySet<RuleFile>;
  /** Every draft could be read. */
  readonly isComplete: boolean;
}

/**
 * Checks the drafts, and makes the requested fixes in rounds until none is left.
 * @throws NothingToCompare if nothing says what is new.
 */
export async function examine(options: CheckOptions, io: Io): Promise<Examined> {
  const started = performance.now();
  const run = await read(options, io);
  checkEach(run, io);
  const compared = await compareAndFix(run, options);
  return reportOn(run, compared, options, started);
}

/** Reads what the command line names: versions in git, config files, baselines, and the list of drafts. */
async function read(options: CheckOptions, io: Io): Promise<Run> {
  const { cwd, env = {} } = io;
  const { paths, overrides = {}, changed, within, showSkipped } = options;
  const onDisk = paths.filter((given) => given !== "-");
  const git = gitOn({ env, clock: timers });
  const bases = changed === undefined ? [] : await mergeBases(git, cwd, onDisk, changed, env);
  const config = options.config === undefined ? undefined : readConfigOption(cwd, options.config);
  const named =
    typeof options.baseline === "string" ? readBaselineFile(cwd, options.baseline) : undefined;
  const baseline = named && "baseline" in named ? named.baseline : undefined;
  const given: ConfigOverrides = {
    sources: { above: overrides, ignoresBaselines: options.baseline !== undefined },
    config,
  };
  const met = await findInputs(cwd, onDisk, given, showSkipped);
  const gathered = within === undefined ? met : onlyWithin(realPath(within), met);
  const needed = neededFixes(options);
  const reportedFixes = (["all", "safe"] as const).find((one) => needed.includes(one)) ?? "none";
  /** Standard input is checked on its own. */
  const stdin = paths.includes("-")
    ? await checkStdin(cwd, io.stdin, { filename: options.stdinFilename, reportedFixes }, given)
    : undefined;
  return {
    ...{ options, cwd, given, git, bases, gathered, onDisk, stdin, reportedFixes },
    problems: [
      ...unreadConfig(options, config),
      ...(named !== undefined && "problem" in named ? [named.problem] : []),
      ...[...gathered.problems, ...gathered.ruleProblems, ...(stdin?.problems ?? [])],
    ],
    ruleFiles: new Set<RuleFile>([
      ...(baseline === undefined ? [] : [baseline]),
      ...[...gathered.ruleFiles, ...(stdin?.ruleFiles ?? [])],
    ]),
    findVersions: newHistories(git),
    named: baseline,
    blobHash: bases[0] ? hashOfIds(bases[0].commit) : options.fix === "make" ? "sha1" : undefined,
    outcomes: new Map(),
    comparison: { index: indexFor(gathered.inputs), compared: new Map() },
    past: {},
    others: new Map(),
    rehearsed: new Map(),
  };
}

/** The inputs, without those that a link leads to outside a folder; these are problems instead. */
function onlyWithin(folder: string, { inputs, problems, ...rest }: Inputs): Inputs {
  const isOutside = ({ file }: Input): boolean => !isInFolder(realPath(file), folder);
  const message = "It is a link that leads out of the folder, so it is not read.";
  const outside = inputs
    .filter(isOutside)
    .map(({ shown }) => ({ path: shown, message, fatal: false }));
  return {
    ...rest,
    inputs: inputs.filter((input) => !isOutside(input)),
    problems: [...problems, ...outside],
  };
}

/** The problem of a named config file that can’t be read. */
function unreadConfig(
  { config: name }: CheckOptions,
  config: ConfigOverrides["config"],
): readonly Problem[] {
  if (typeof name !== "string" || config === undefined || !("unread" in config.read)) return [];
  return [unreadNamed(name, config.read.unread, "config file", MAX_BYTES.config)];
}

/** Checks each draft on its own. */
function checkEach(run: Run, { stderr }: Io): void {
  const { inputs } = run.gathered;
  if (run.options.fix === "make") {
    removeLeftovers(new Set(inputs.map(({ file }) => path.dirname(file))));
  }
  const progress = progressOn(stderr);
  checkInputs(run, inputs, (done) => {
    progress.update(done, inputs.length);
  });
  progress.end();
}

/** Compares the drafts with each other and with what was known about them, and makes or rehearses fixes. */
async function compareAndFix(run: Run, options: CheckOptions): Promise<Fixed> {
  const shown = await compareAll(run);
  if (!neededFixes(options).includes("safe")) return { shown, fixes: [], problems: [] };
  if (options.fix === "make") return fixInRounds(run, shown);
  // A rehearsal changes neither the drafts nor their findings. One that nobody sees restores nothing.
  const restore = options.restore === true && options.fix === "show";
  const rehearsed = await fixInRounds(
    { ...run, options: { ...options, restore }, outcomes: new Map(run.outcomes) },
    shown,
  );
  return { ...rehearsed, shown };
}

/** Assembles the report. `started` is the time at which the check began. */
async function reportOn(
  run: Run,
  { shown, fixes, problems: unfixed }: Fixed,
  { fix, config, overrides, restore = false, showSkipped = false }: CheckOptions,
  started: number,
): Promise<Examined> {
  const { cwd, onDisk, gathered, bases, ruleFiles } = run;
  const { unchecked, off, failures, leftOut } = uncheckedIn(run);
  const mistakes = configProblems(cwd, ruleFiles);
  const problems = [...run.problems, ...failures, ...(fix === undefined ? [] : unfixed)];
  // Under a config file with a mistake, a draft or a rule may be missing, and what is listed for it is not gone.
  const isComplete = problems.length === 0 && !mistakes.some(({ fatal }) => fatal);
  // A rule that is off for this run finds nothing that an entry could cover.
  const isAsSet = config === undefined && Object.keys(overrides?.rules ?? {}).length === 0;
  if (isComplete && isAsSet) problems.push(...shown.baselineUse.gone(onDisk));
  const ordered = inOrder([...problems, ...mistakes]);
  const { files, hiddenHints, listed, boilerplate } = shown;
  const report: Report<Wording> = {
    files,
    ...(restore ? { lacksGit: await lacksGit(shown) } : {}),
    problems: [...ordered],
    skipped: showSkipped
      ? [...gathered.skipped, ...unchecked, ...off].sort((a, b) => byText(a.path, b.path))
      : undefined,
    unchecked: gathered.leftOut + leftOut,
    unasked: gathered.unasked,
    notIncluded: gathered.notIncluded,
    fixes: fix === "make" ? fixes : [],
    fixable: fix === "make" ? 0 : fixes.length,
    patch: fix === "show" ? patchIn(run) : undefined,
    since: bases[0]?.name,
    hasBaseline: shown.baselineUse.isAny,
    lostWords: restore ? (fix === undefined ? "listed" : "put back") : undefined,
    ...{ hiddenHints, listed, boilerplate },
    seconds: (performance.now() - started) / 1000,
  };
  return { report, problems: ordered, ruleFiles, isComplete };
}

/** Which fixes the reports need, or `--fix`; `safe`: they are made, or rehearsed for counting. */
function neededFixes({ reporter, reportFiles = [], fix }: CheckOptions): ReportedFixes[] {
  const reporters = [reporter, ...reportFiles.map((file) => file.reporter)];
  const needed = reporters.flatMap(({ reportedFixes }) => reportedFixes ?? []);
  return fix === undefined ? needed : [...needed, "safe"];
}

/** What was not checked, and what is turned off. `leftOut` counts those without a message of their own. */
function uncheckedIn({ gathered, outcomes }: Run): {
  readonly unchecked: readonly Skipped[];
  readonly off: readonly Skipped[];
  readonly failures: readonly Problem[];
  readonly leftOut: number;
} {
  const unchecked: Skipped[] = gathered.problems.map(({ path, message }) => ({
    path,
    reason: message,
  }));
  const off: Skipped[] = [];
  const failures: Problem[] = [];
  let leftOut = 0;
  for (const [{ shown, inclusion }, outcome] of outcomes) {
    if ("result" in outcome) {
      if (outcome.result.switchedOff) {
        off.push({ path: shown, reason: skipReasonText("switched off") });
      }
    } else if ("problem" in outcome) {
      unchecked.push({ path: shown, reason: outcome.problem });
      failures.push({ path: shown, message: outcome.problem, fatal: inclusion === "outright" });
    } else {
      unchecked.push({ path: shown, reason: skipReasonText("not prose") });
      leftOut++;
    }
  }
  return { unchecked, off, failures, leftOut };
}

/** Whether a draft with reported losses is in no git repository. */
async function lacksGit({ reports }: Shown): Promise<boolean> {
  for (const [input, { findings }] of reports) {
    if (findings.some(isLoss) && (await findGitRoot(input.file)) === undefined) return true;
  }
  return false;
}

/** How a report is written, and which findings make the command fail. */
export interface OutputOptions extends Omit<ReportOptions, "colors"> {
  readonly reporter: Reporter;
  readonly color: boolean;
  /** The lowest severity that makes the command fail. */
  readonly failOn?: Severity | "never";
  /** More warnings than this are a failure, and a single warning is not; undefined: as `failOn` says. */
  readonly maxWarnings?: number | undefined;
}

/**
 * Writes a report to standard output, and what the reporter does not include to standard error. Returns the exit code:
 * 2 if a named file could not be read, 1 for findings, else 0.
 */
export function output(
  report: Report,
  problems: readonly Problem[],
  { reporter, only, columns, translations, color, failOn = "never", maxWarnings }: OutputOptions,
  stdout: Screen,
  stderr: Screen,
): number {
  const { patch, fixes, fixable } = report;
  const { isForReaders = false, listsSkipped = false, listsProblems = false } = reporter;
  if (patch === undefined || !isForReaders) {
    stdout.write(
      write(reporter, report, { colors: createColors(color), only, columns, translations }),
    );
    for (const fix of isForReaders ? [] : fixes) stderr.write(`${fixLine(fix)}\n`);
  }
  if (patch !== undefined) {
    (isForReaders ? stdout : stderr).write(patch);
    const would = `${counted(fixable, "safe fix", "safe fixes")} would be made.`;
    stderr.write(`galley: ${would} Nothing was written.\n`);
  }
  const isEmpty = report.files.length === 0 && !problems.some((problem) => problem.fatal);
  if (isEmpty && !isForReaders) {
    stderr.write("galley: No drafts here: nothing was checked.\n");
  }
  if (!listsSkipped) {
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (problems.some((problem) => problem.path === shown)) continue;
      stderr.write(`galley: ${visible(shown)}: ${visibleProse(reason)}\n`);
    }
    for (const note of uncheckedNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  if (!isForReaders) {
    for (const note of restoreNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  for (const problem of problems) {
    if (!problem.fatal && listsProblems) continue;
    stderr.write(`galley: ${visible(problem.path)}: ${visibleProse(problem.message)}\n`);
  }
  if (problems.some((problem) => problem.fatal)) return 2;
  const warnings = countFindings(report, "warning");
  if (maxWarnings !== undefined && warnings > maxWarnings) {
    stderr.write(
      `galley: ${counted(warnings, "warning")}, and --max-warnings allows ${maxWarnings.toLocaleString("en-US")}.\n`,
    );
    return 1;
  }
  return fails(report, failOn, maxWarnings !== undefined) ? 1 : 0;
}

/** Whether a single finding is a failure. Warnings are not, if they are counted. */
function fails(report: Report, failOn: Severity | "never", countsWarnings: boolean): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some(
      ({ severity }) => atLeast(severity, failOn) && !(countsWarnings && severity === "warning"),
    ),
  );
}
