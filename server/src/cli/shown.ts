import { isKnown, type KnownFindings, numbered } from "../engine/known-findings.ts";
import type { Git } from "../host/node/git.ts";
import type { BlobHash } from "../host/node/git-objects.ts";
import type { Baseline } from "../project/baselines.ts";
import { newTopicTotals, withTopicTotals } from "../project/topic-totals.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { RULES } from "../rules/index.ts";
import { BaselineUse } from "./baseline-use.ts";
import { knownBefore, type OtherDrafts, type Past, readPast } from "./changed.ts";
import { checkFile, type FileOutcome } from "./check-file.ts";
import { type Checked, compare, type Compared, indexFor } from "./comparison.ts";
import { type ConfigOverrides, findInputs, type Input, type Inputs } from "./inputs.ts";
import type { MergeBase } from "./merge-base.ts";
import { byText, isWholeFolder, realPath } from "./paths.ts";
import type { Problem, RuleFile } from "./problems.ts";
import type { FileReport } from "./report.ts";
import type { ReportedFixes } from "./reported.ts";
import { type FindVersions, similarDrafts, withLostWords } from "./restore.ts";
import type { CheckedStdin } from "./stdin.ts";
import type { Wording } from "../text/wording.ts";

/** Which arguments decide what is reported, and what is fixed. */
export interface RunOptions {
  /** Safe fixes are made, or only shown; undefined: neither. */
  readonly fix?: "make" | "show" | undefined;
  readonly fixRepeats?: boolean;
  /** Hints are reported. */
  readonly hints?: boolean;
  readonly showSkipped?: boolean;
  /** Offers lost words from earlier versions or other drafts. */
  readonly restore?: boolean;
  /** Also reports what only an earlier version can prove. */
  readonly unproven?: boolean;
}

/** The drafts of a run, as last checked. */
export interface Run {
  readonly options: RunOptions;
  readonly cwd: string;
  readonly given: ConfigOverrides;
  readonly git: Git;
  readonly findVersions: FindVersions;
  readonly bases: readonly MergeBase[];
  readonly gathered: Inputs;
  /** The paths without standard input. */
  readonly onDisk: readonly string[];
  readonly stdin: CheckedStdin | undefined;
  /** What could not be read. */
  readonly problems: readonly Problem[];
  /** The config files and baselines that were read. */
  readonly ruleFiles: ReadonlySet<RuleFile>;
  /** The baseline of `--baseline`. */
  readonly named: Baseline | undefined;
  readonly reportedFixes: ReportedFixes;
  /** The algorithm of the ids that git would give the drafts. */
  readonly blobHash: BlobHash | undefined;
  readonly outcomes: Outcomes;
  /** The last comparison. After a round of fixes only the drafts that these affect are compared again. */
  readonly comparison: { readonly index: RepeatIndex; readonly compared: Compared };
  /** The state at the merge bases, once read. No fix changes it. */
  readonly past: { read?: Past };
  /** The same for drafts that were not given. */
  readonly others: Map<string, { readonly inputs: readonly Input[]; readonly outcomes: Outcomes }>;
  /** The drafts as they would be after fixes that are not made. */
  readonly rehearsed: Map<Input, Uint8Array>;
}

type Outcomes = Map<Input, FileOutcome>;

/** Checks drafts, each on its own. */
export function checkInputs(
  { options, gathered, reportedFixes, blobHash, outcomes, rehearsed }: Run,
  inputs: readonly Input[],
  progress: (done: number) => void = () => undefined,
): void {
  const how = {
    // Drafts that are not compared themselves are still partners of others.
    compares: indexFor(gathered.inputs).maxDrafts > 0,
    showSkipped: options.showSkipped === true,
    reportedFixes,
    blobIds: blobHash,
  };
  inputs.forEach((input, number) => {
    outcomes.set(input, checkFile({ input, bytes: rehearsed.get(input) }, how));
    progress(number + 1);
  });
}

/** The single answer to what is reported, after other drafts, totals, git, baselines, what is new, and hints. */
export interface Shown {
  /** Sorted by path; with standard input. */
  readonly files: readonly FileReport<Wording>[];
  /** By the reports they are for. */
  readonly reports: ReadonlyMap<Input, FileReport<Wording>>;
  readonly hiddenHints: number;
  /** How many findings would be reported if no baseline listed them. */
  readonly listed: number;
  /** The number of passages that are in so many drafts that they count as boilerplate. */
  readonly boilerplate: number;
  readonly checked: readonly Checked[];
  readonly baselineUse: BaselineUse;
}

/** Finds out what is reported of all drafts. Those are compared that changed since the last time, and those they affect. */
export async function compareAll(run: Run): Promise<Shown> {
  const { options, cwd, bases, gathered, stdin } = run;
  const { index, compared } = run.comparison;
  const others: OtherDrafts = (folder, isWanted) => othersIn(run, folder, isWanted);
  const totals = newTopicTotals();
  const checked: Checked[] = [];
  const affected = new Set<string>();
  for (const input of gathered.inputs) {
    const outcome = run.outcomes.get(input);
    const result = outcome && "result" in outcome ? outcome.result : undefined;
    const { shown: path } = input;
    const [then, now] = [index.getPrints(path), result?.fingerprints];
    if (then !== now) affected.add(path);
    // Which drafts a new one affects need not be found out: all are new in the first comparison, and none later.
    if (then === undefined && now !== undefined) index.add(path, now);
    else if (then !== now) for (const one of index.replace(path, now)) affected.add(one);
    if (result === undefined) continue;
    checked.push({ input, report: result.report, bytes: run.rehearsed.get(input) });
    totals.replace(path, { folder: GIVEN, topics: result.topics });
  }
  checked.sort((a, b) => byText(a.report.path, b.report.path));
  for (const { input, report } of checked) if (affected.has(input.shown)) compared.delete(report);
  for (const [own, whole] of compare(checked, index, run.reportedFixes, affected))
    compared.set(own, whole);
  totals.settle();
  const findSimilar = similarDrafts(checked, index);
  const present = checked.map(({ report }) => compared.get(report) ?? report);
  let known: KnownBefore;
  if (bases.length > 0) {
    run.past.read ??= await readPast(run);
    known = await knownBefore(run.past.read, bases, present, others);
  }
  const whole: Whole[] = [];
  for (const readable of checked) {
    const { input, report: own } = readable;
    const report = compared.get(own) ?? own;
    const graded = { ...report, findings: withTopicTotals(report.findings, totals, GIVEN) };
    const isSearched = options.restore === true && hasNews(graded, known);
    const judged = isSearched
      ? await withLostWords(graded, readable, findSimilar, run.findVersions)
      : graded;
    whole.push({ input, report: judged });
  }
  if (stdin?.report !== undefined) whole.push({ input: stdin.input, report: stdin.report });
  const baselineUse = new BaselineUse(cwd, run.named);
  for (const { input, report } of whole) baselineUse.add(input, report.findings);
  await baselineUse.settle(others);
  const shown = selectShown(whole, known, baselineUse, options);
  const files = [...shown.reports.values()].sort((a, b) => byText(a.path, b.path));
  return { ...shown, files, boilerplate: index.leftOut(), checked, baselineUse };
}

/** All findings in a draft, or in standard input. */
interface Whole {
  readonly input: Input;
  readonly report: FileReport<Wording>;
}

/** What was known about each draft, by path; undefined: everything is new. */
type KnownBefore = ReadonlyMap<string, KnownFindings> | undefined;

/** Whether a draft has findings that were not known before. */
function hasNews({ path, findings }: Whole["report"], known: KnownBefore): boolean {
  if (known === undefined) return true;
  const then = known.get(path) ?? NOTHING;
  return numbered(findings).some((finding) => !isKnown(finding, then, RULES));
}

/** What is reported. */
function selectShown(
  whole: readonly Whole[],
  known: KnownBefore,
  baselineUse: BaselineUse,
  { hints: showsHints = false, unproven: showsUnproven = false }: RunOptions,
): Pick<Shown, "hiddenHints" | "listed"> & {
  readonly reports: ReadonlyMap<Input, FileReport<Wording>>;
} {
  const reports = new Map<Input, FileReport<Wording>>();
  let hiddenHints = 0;
  let listed = 0;
  for (const { input, report } of whole) {
    const then = known && (known.get(report.path) ?? NOTHING);
    const inBaseline = baselineUse.listedFor(input) ?? NOTHING;
    const findings = numbered(report.findings).filter((finding) => {
      if (finding.isUnproven === true && !showsUnproven) return false;
      if (then !== undefined && isKnown(finding, then, RULES)) return false;
      const isListed = isKnown(finding, inBaseline, RULES);
      const isHidden = finding.severity === "hint" && !showsHints;
      if (isHidden && !isListed) hiddenHints++;
      if (isListed && !isHidden) listed++;
      return !isListed && !isHidden;
    });
    reports.set(input, { ...report, findings });
  }
  return { reports, hiddenHints, listed };
}

const NOTHING: KnownFindings = new Map<string, number>();

/** The requested drafts of a folder that were not given, each checked once and on its own. */
async function othersIn(
  run: Run,
  folder: string,
  isWanted: (input: Input) => boolean,
): Promise<readonly Checked[]> {
  const { cwd, given, gathered, onDisk } = run;
  if (isWholeFolder(cwd, onDisk, folder)) return [];
  const known = run.others.get(folder);
  const inputs = known?.inputs ?? (await findInputs(cwd, [folder], given)).inputs;
  const outcomes = known?.outcomes ?? new Map<Input, FileOutcome>();
  run.others.set(folder, { inputs, outcomes });
  const files = new Set(gathered.inputs.map(({ file }) => realPath(file)));
  const wanted = inputs.filter((input) => !files.has(realPath(input.file)) && isWanted(input));
  checkInputs(
    { ...run, gathered: { ...gathered, inputs: [] }, reportedFixes: "none", outcomes },
    wanted.filter((input) => !outcomes.has(input)),
  );
  return wanted.flatMap((input) => {
    const outcome = outcomes.get(input);
    if (outcome === undefined || !("result" in outcome)) return [];
    return [{ input, report: outcome.result.report }];
  });
}

/** The given drafts count as one folder: their topics are added up, as they are compared with each other. */
const GIVEN = "";
