import {
  countedByKind,
  type Identifiable,
  isKnown,
  type KnownFindings,
  numbered,
} from "../engine/known-findings.ts";
import { renamedDrafts } from "../engine/renamed-drafts.ts";
import { RULES } from "../rules/index.ts";
import type { BaselineMode } from "../settings/table.ts";
import type { DigestedFinding } from "./facts.ts";
import { BASELINE_NAME, type BaselineFile, readBaseline } from "../settings/baseline-file.ts";
import { configPaths } from "../settings/config/config.ts";
import type { ConfigProblem } from "../settings/config/problem.ts";
import type { Files } from "./host.ts";
import { childOf, isWithin, keyOf, nameOf, parentOf, plainPath } from "./places.ts";

/** A baseline file, read when its text last changed. */
export interface Baseline {
  readonly path: string;
  readonly text: string;
  readonly listed: BaselineFile["listed"];
  readonly problems: readonly ConfigProblem[];
}

/** Baseline files by their paths. */
export type Baselines = ReadonlyMap<string, Baseline>;

export function newBaseline(path: string, text: string): Baseline {
  const { listed, problem } = readBaseline(text);
  return { path, text, listed, problems: problem === undefined ? [] : [problem] };
}

/** The name by which a baseline lists a draft: its path from the file's folder. One outside of it is listed by none. */
export function nameIn({ path }: Pick<Baseline, "path">, draft: string): string {
  const folder = parentOf(path);
  return isWithin(draft, folder) ? plainPath(draft.slice(folder.length + 1)) : draft;
}

/** What a baseline lists for the draft of a name, and for all drafts. */
export function listedFor({ listed }: Baseline, name: string): KnownFindings {
  const own = listed.get(name);
  const all = listed.get("");
  if (own === undefined || all === undefined) return own ?? all ?? new Map<string, number>();
  return { get: (kind) => Math.max(own.get(kind) ?? 0, all.get(kind) ?? 0) };
}

/**
 * The names that drafts had when a baseline was written, by those that they have now. `drafts` are all that obey it, by
 * their names, with all that is found in each. One without entries takes over those of one whose file is gone.
 */
export async function renamesIn(
  { path, listed }: Baseline,
  drafts: ReadonlyMap<string, readonly Identifiable[]>,
  files: Files,
): Promise<ReadonlyMap<string, string>> {
  const newNames = [...drafts].filter(([name, found]) => found.length > 0 && !listed.has(name));
  const added = new Map(newNames.map(([name, found]) => [name, countedByKind(numbered(found))]));
  const kinds = new Set([...added.values()].flatMap((its) => [...its.keys()]));
  const gone = new Map<string, ReadonlyMap<string, number>>();
  for (const [name, its] of kinds.size === 0 ? [] : listed) {
    const isWanted =
      name !== "" && !drafts.has(name) && [...its.keys()].some((one) => kinds.has(one));
    if (!isWanted) continue;
    const uri = keyOf(childOf(parentOf(path), name));
    const isGone = files.stats
      ? files.stats(uri) === "gone"
      : (await files.read(uri)) === undefined;
    if (isGone) gone.set(name, its);
  }
  return renamedDrafts(gone, added, RULES);
}

/** The baselines with the texts of files as they are now; undefined: there is no such file. Other files are passed over. */
export function withBaselineTexts(
  baselines: Baselines,
  texts: ReadonlyMap<string, string | undefined>,
): Baselines {
  const changed = [...texts].filter(
    ([path, text]) => nameOf(path) === BASELINE_NAME && baselines.get(path)?.text !== text,
  );
  if (changed.length === 0) return baselines;
  const next = new Map(baselines);
  for (const [path, text] of changed) {
    if (text === undefined) next.delete(path);
    else next.set(path, newBaseline(path, text));
  }
  return next;
}

/** The nearest baseline of a draft, up to and with `root`; the nearest holds whole. */
export function nearestBaseline(
  baselines: Baselines,
  draft: string,
  root: string,
): Baseline | undefined {
  if (baselines.size === 0) return undefined;
  for (const path of configPaths(draft, root, BASELINE_NAME)) {
    const baseline = baselines.get(path);
    if (baseline !== undefined) return baseline;
  }
  return undefined;
}

/** A baseline that an editor obeys, and how. */
export interface AppliedBaseline {
  readonly baseline: Baseline;
  readonly mode: Exclude<BaselineMode, "off">;
}

/**
 * A draft's findings, all that it has, as an editor shows them: those that the baseline lists as hints, or not at all.
 * `name` is the draft's in the baseline, or the one that it had.
 */
export function shownFindings<F extends DigestedFinding>(
  findings: readonly F[],
  { baseline, mode }: AppliedBaseline,
  name: string,
): readonly F[] {
  const known = listedFor(baseline, name);
  return numbered(findings).flatMap((finding): F[] => {
    if (!isKnown(finding, known, RULES)) return [finding];
    return mode === "hide" ? [] : [{ ...finding, severity: "hint" }];
  });
}
