import path from "node:path";
import { countedByKind, toKind, numbered } from "../engine/known-findings.ts";
import { tryLstat } from "../host/node/read-file.ts";
import { isInFolder, writeWhole } from "../host/node/replace-file.ts";
import { type Baseline, listedDrafts } from "../project/baselines.ts";
import { BASELINE_NAME, baselineText, type Listed } from "../settings/baseline-file.ts";
import { BaselineUse, countListed, readBaselineFile } from "./baseline-use.ts";
import { examine, type Examined, type Io } from "./check.ts";
import { configProblems } from "./problems.ts";
import { counted, type FileReport, uncheckedNotes } from "./report.ts";
import { isWholeFolder, namedBy, pathOfFile, placeOf } from "./paths.ts";
import { compact } from "./reporters/index.ts";
import { visible, visibleProse } from "./visible.ts";
import { say } from "../text/wording.ts";

/** The arguments of `galley baseline`. */
export interface BaselineOptions {
  readonly paths: readonly string[];
  readonly config: string | undefined;
}

/** `galley baseline`: writes the current findings to the baseline; see `listedIn`. Returns the exit code: 2 or 0. */
export async function writeBaseline({ paths, config }: BaselineOptions, io: Io): Promise<number> {
  const { cwd } = io;
  // What relates two drafts is found only if both are checked, and a draft that is gone may have another name now.
  const all = isWholeFolder(cwd, paths, cwd) ? paths : [...paths, "."];
  const examined = await examineAll({ paths: all, config }, io);
  writeProblems(examined, io);
  // What is wrong elsewhere is no reason to write nothing about the drafts that are named.
  const isElsewhere = async (): Promise<boolean> =>
    all !== paths && !hasFailed(await examineAll({ paths, config }, io));
  if (hasFailed(examined) && !(await isElsewhere())) return fail(io, "Nothing was written.");
  const isNamed = namedBy(cwd, paths);
  const isGiven = ({ path: shown }: FileReport<unknown>): boolean =>
    isNamed(placeOf(path.resolve(cwd, shown)));
  const given = examined.report.files.filter(isGiven);
  if (given.length === 0) return fail(io, NO_DRAFTS);
  const outside = given.find(({ path: shown }) => !isInFolder(path.resolve(cwd, shown), cwd));
  if (outside !== undefined) {
    return fail(
      io,
      `${visible(outside.path)}: A baseline holds for its folder and below. Run “galley baseline” in a folder above this draft. Nothing was written.`,
    );
  }
  const drafts = coveredIn(cwd, examined);
  const listed = drafts.filter(isGiven);
  const left = given.length - listed.length;
  if (left > 0) {
    const are = left === 1 ? "it is" : "them are";
    io.stderr.write(
      `galley: ${counted(left, "draft")} with a ${BASELINE_NAME} nearer to ${are} not listed here.\n`,
    );
  }
  const now = listedIn(listed, drafts);
  const lists = ` lists ${counted(countListed(now), "finding")} of ${counted(listed.length, "draft")}`;
  const read = readBaselineFile(cwd, BASELINE_NAME);
  if ("problem" in read) return save(now, io, lists);
  const old = read.baseline;
  const use = await baselineUse(old, drafts, io);
  const byName = new Map(
    drafts.map((draft) => [use.listedName(old, pathOfFile(path.resolve(cwd, draft.path))), draft]),
  );
  /** Whether the entries of a draft that is not listed now stay: it was not named, or is only not read. */
  const stays = (name: string): boolean => {
    const draft = byName.get(name);
    if (draft !== undefined) return !isGiven(draft);
    const file = path.resolve(cwd, name);
    const isUnread = examined.problems.some((one) => isInFolder(file, path.resolve(cwd, one.path)));
    if (isUnread || !isNamed(placeOf(file))) return true;
    // Another config file may leave it out.
    return config !== undefined && typeof tryLstat(file) !== "string";
  };
  const names = new Set([...listedDrafts(old.listed).keys()].filter(stays));
  const kept = new Map(
    [...old.listed].filter(([key]) => names.has(key.slice(0, key.lastIndexOf(" ")))),
  );
  const keeps = kept.size === 0 ? "" : ` and keeps ${countListed(kept)} of drafts not checked now`;
  const changes = old.problems.length > 0 ? "" : changesInWords(old, use, { now, kept });
  return save(new Map([...kept, ...now]), io, `${lists}${keeps}${changes}`);
}

type Drafts = Examined["report"]["files"];

/** Finds everything, also what is reported only if git proves it: it was in the drafts before. */
function examineAll(options: BaselineOptions, io: Io): Promise<Examined> {
  const all = { hints: true, unproven: true, baseline: false, reporter: compact } as const;
  return examine({ ...options, ...all }, io);
}

function hasFailed({ problems }: Examined): boolean {
  return problems.some(({ fatal }) => fatal);
}

/** What is new and what is gone against the baseline that is replaced: “: 1 new, 0 gone”. */
function changesInWords(
  old: Baseline,
  use: BaselineUse,
  { now, kept }: { readonly now: Listed; readonly kept: Listed },
): string {
  // By current names, so that a renamed draft has nothing new.
  const same = [...use.stillFound(old)].reduce(
    (sum, [key, count]) => sum + Math.min(count, now.get(key) ?? 0),
    0,
  );
  const added = countListed(now) - same;
  const gone = countListed(old.listed) - countListed(kept) - same;
  return `: ${added.toLocaleString("en-US")} new, ${gone.toLocaleString("en-US")} gone`;
}

/** What of a baseline in the current folder is still found in the drafts under it. */
async function baselineUse(baseline: Baseline, drafts: Drafts, { cwd }: Io): Promise<BaselineUse> {
  const use = new BaselineUse(cwd, undefined);
  for (const { path: shown, findings } of drafts) {
    use.add({ file: path.resolve(cwd, shown), baseline }, findings);
  }
  await use.settle(() => Promise.resolve([]));
  return use;
}

/**
 * What a baseline lists of some drafts: findings, hints that are warnings once git proves them, and hints of kinds of
 * which any draft has such, as drafts' names decide which copy is the hint.
 */
function listedIn(files: Drafts, all: Drafts): Listed {
  const loud = all.flatMap(({ findings }) =>
    findings.filter((one) => one.severity !== "hint" || one.hole !== undefined),
  );
  const kinds = new Set(loud.map(toKind));
  return new Map(
    files.flatMap(({ path: shown, findings }) =>
      [...countedByKind(numbered(findings))]
        .filter(([kind]) => kinds.has(kind))
        .map(([kind, count]) => [`${shown} ${kind}`, count] as const),
    ),
  );
}

/** `galley baseline --update`: removes from the current folder's baseline what is gone, and changes nothing else. */
export async function updateBaseline(options: BaselineOptions, io: Io): Promise<number> {
  const read = readBaselineFile(io.cwd, BASELINE_NAME);
  if ("problem" in read) {
    return fail(io, `${BASELINE_NAME}: ${read.problem.message} “galley baseline” writes it.`);
  }
  const { baseline } = read;
  const [mistake] = configProblems(io.cwd, new Set([baseline]));
  if (mistake !== undefined) {
    return fail(io, `${visible(mistake.path)}: ${visibleProse(mistake.message)}`);
  }
  const examined = await examineAll({ ...options, paths: ["."] }, io);
  writeProblems(examined, io);
  if (!examined.isComplete) {
    return fail(
      io,
      "What is gone isn’t known until the mistakes above are mended. Nothing was written.",
    );
  }
  if (examined.report.files.length === 0) return fail(io, NO_DRAFTS);
  const use = await baselineUse(baseline, coveredIn(io.cwd, examined), io);
  const left = use.stillFound(baseline);
  const gone = use.countGone(baseline);
  if (gone === 0 && baselineText(left) === baselineText(baseline.listed)) {
    io.stdout.write(`${BASELINE_NAME}: nothing is gone.\n`);
    return 0;
  }
  const rest = countListed(left);
  return save(
    left,
    io,
    gone === 0
      ? ` names the drafts of its ${counted(rest, "finding")} as they are now`
      : `: ${counted(gone, "finding")} taken out, ${rest.toLocaleString("en-US")} left`,
  );
}

const NO_DRAFTS = "No drafts here: nothing was checked. Nothing was written.";

/** The drafts under the baseline of a folder: below it, and under no nearer one. */
function coveredIn(folder: string, { report }: Examined): Drafts {
  return report.files.filter(({ path: shown }) => {
    let below = path.dirname(path.resolve(folder, shown));
    for (; below !== folder; below = path.dirname(below)) {
      const hasOwn = typeof tryLstat(path.join(below, BASELINE_NAME)) !== "string";
      if (hasOwn || below === path.dirname(below)) return false;
    }
    return true;
  });
}

function save(listed: Listed, io: Io, what: string): number {
  const bytes = new TextEncoder().encode(baselineText(listed));
  const reason = writeWhole(path.join(io.cwd, BASELINE_NAME), bytes);
  if (reason !== undefined) return fail(io, `${BASELINE_NAME}: It was not written. ${reason}`);
  io.stdout.write(`${BASELINE_NAME}${what}.\n`);
  return 0;
}

/** Reports on standard error what was noticed besides findings. */
function writeProblems({ problems, report }: Examined, io: Io): void {
  for (const { path: shown, message } of problems) {
    io.stderr.write(`galley: ${visible(shown)}: ${visibleProse(message)}\n`);
  }
  for (const note of uncheckedNotes(report)) io.stderr.write(`galley: ${say(note)}\n`);
}

function fail(io: Io, message: string): number {
  io.stderr.write(`galley: ${message}\n`);
  return 2;
}
