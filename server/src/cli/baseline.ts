import { lstatSync } from "node:fs";
import path from "node:path";
import { countedByKind, toKind, numbered } from "../engine/known-findings.ts";
import { tryLstat } from "../host/node/read-file.ts";
import { isInFolder, writeWhole } from "../host/node/replace-file.ts";
import { type Baseline, listedDrafts } from "../project/baselines.ts";
import { BASELINE_NAME, baselineText, type Listed } from "../settings/baseline-file.ts";
import { BaselineUse, countListed, readBaselineFile } from "./baseline-use.ts";
import { examine, type Examined, type Io, plainCheck } from "./check.ts";
import { configProblems } from "./problems.ts";
import { counted, type FileReport, uncheckedNotes } from "./report.ts";
import { isWholeFolder, namedBy, pathOfFile, realPath } from "./paths.ts";
import { visible, visibleProse } from "./visible.ts";
import { say } from "../text/wording.ts";

/** The arguments of `galley baseline`. */
export interface BaselineOptions {
  readonly paths: readonly string[];
  readonly config: string | undefined;
}

/** `galley baseline`: writes the current findings to the baseline; see `listedIn`. Returns the exit code: 2 or 0. */
export async function writeBaseline(options: BaselineOptions, io: Io): Promise<number> {
  const examined = await examineAll(options, io);
  writeProblems(examined, io);
  if (examined.problems.some(({ fatal }) => fatal)) return fail(io, "Nothing was written.");
  if (examined.report.files.length === 0) return fail(io, NO_DRAFTS);
  const { covered, others } = partByBaseline(io.cwd, examined.report.files);
  const outside = others.find(
    ({ path: shown }) => shown.startsWith("../") || path.isAbsolute(shown),
  );
  if (outside !== undefined) {
    return fail(
      io,
      `${visible(outside.path)}: A baseline holds for its folder and below. Run “galley baseline” in a folder above this draft. Nothing was written.`,
    );
  }
  if (others.length > 0) {
    const are = others.length === 1 ? "it is" : "them are";
    io.stderr.write(
      `galley: ${counted(others.length, "draft")} with a ${BASELINE_NAME} nearer to ${are} not listed here.\n`,
    );
  }
  const old = readBaselineFile(io.cwd, BASELINE_NAME);
  const now = listedIn(covered);
  if ("problem" in old) return save(now, io, listsInWords(now, covered));
  const { use, kept } = await compareWithOld(old.baseline, { covered, examined }, options, io);
  const changes =
    old.baseline.problems.length > 0 ? "" : changesInWords(old.baseline, use, { now, kept });
  const keeps = kept.size === 0 ? "" : ` and keeps ${countListed(kept)} of drafts not checked now`;
  return save(new Map([...kept, ...now]), io, `${listsInWords(now, covered)}${keeps}${changes}`);
}

/**
 * What of the old baseline is still found, and the entries that stay: those of drafts that are not named, that could not
 * be read, or that another config file leaves out.
 */
async function compareWithOld(
  old: Baseline,
  { covered, examined }: { readonly covered: Covered; readonly examined: Examined },
  options: BaselineOptions,
  io: Io,
): Promise<{ readonly use: BaselineUse; readonly kept: Listed }> {
  const { cwd } = io;
  const toFile = (name: string): string => path.resolve(cwd, name);
  const names = [...listedDrafts(old.listed).keys()];
  const isGone = (name: string): boolean => typeof tryLstat(toFile(name)) === "string";
  // A draft that is gone may be elsewhere now, under another name.
  const asksOthers = !isWholeFolder(cwd, options.paths, cwd) && names.some(isGone);
  const all = asksOthers ? (await examineAll({ ...options, paths: ["."] }, io)).report.files : [];
  const given = new Set(covered.map(({ path: shown }) => shown));
  const others = partByBaseline(cwd, all).covered.filter(({ path: shown }) => !given.has(shown));
  const use = await baselineUse(old, [...others, ...covered], io);
  const namesIn = (files: Covered): ReadonlySet<string> =>
    new Set(files.map(({ path: shown }) => use.listedName(old, pathOfFile(toFile(shown)))));
  const [replaced, elsewhere] = [namesIn(covered), namesIn(others)];
  const isNamed = namedBy(cwd, options.paths);
  const isUnread = (file: string): boolean =>
    examined.problems.some((problem) => isInFolder(file, toFile(problem.path)));
  const stays = (name: string): boolean => {
    if (replaced.has(name)) return false;
    const file = toFile(name);
    const real = path.join(realPath(path.dirname(file)), path.basename(file));
    if (elsewhere.has(name) || !isNamed(real) || isUnread(file)) return true;
    return options.config !== undefined && !isGone(name);
  };
  const kept = new Set(names.filter(stays));
  const entries = [...old.listed].filter(([key]) => kept.has(key.slice(0, key.lastIndexOf(" "))));
  return { use, kept: new Map(entries) };
}

type Covered = readonly FileReport<unknown>[];

/** Finds everything, also what is reported only if git proves it: it was in the drafts before. */
function examineAll(options: BaselineOptions, io: Io): Promise<Examined> {
  return examine({ ...plainCheck({ ...options, hints: true }), unproven: true }, io);
}

function listsInWords(now: Listed, covered: Covered): string {
  return ` lists ${counted(countListed(now), "finding")} of ${counted(covered.length, "draft")}`;
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

/** What of a baseline in the current folder is still found in its drafts. */
async function baselineUse(
  baseline: Baseline,
  covered: Covered,
  { cwd }: Io,
): Promise<BaselineUse> {
  const use = new BaselineUse(cwd, undefined);
  for (const { path: shown, findings } of covered) {
    use.add({ file: path.resolve(cwd, shown), baseline }, findings);
  }
  await use.settle(() => Promise.resolve([]));
  return use;
}

/**
 * What a baseline lists: findings, hints that are warnings once git proves them, and hints of the same kinds, as drafts'
 * names decide which copy is the hint.
 */
function listedIn(files: Covered): Listed {
  const loud = files.flatMap(({ findings }) =>
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
      "Not every draft could be read, so nothing is known to be gone. Nothing was written.",
    );
  }
  if (examined.report.files.length === 0) return fail(io, NO_DRAFTS);
  const { covered } = partByBaseline(io.cwd, examined.report.files);
  const use = await baselineUse(baseline, covered, io);
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

/** The drafts under the baseline of a folder, and the others: outside it, or under a nearer one. */
function partByBaseline(
  folder: string,
  files: Covered,
): {
  readonly covered: Covered;
  readonly others: Covered;
} {
  const isCovered = ({ path: shown }: FileReport<unknown>): boolean => {
    let below = path.dirname(path.resolve(folder, shown));
    for (; below !== folder; below = path.dirname(below)) {
      const stats = lstatSync(path.join(below, BASELINE_NAME), { throwIfNoEntry: false });
      if (stats !== undefined || below === path.dirname(below)) return false;
    }
    return true;
  };
  const covered = new Set(files.filter(isCovered));
  return { covered: [...covered], others: files.filter((file) => !covered.has(file)) };
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
