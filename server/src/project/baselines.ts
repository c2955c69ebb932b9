import {
  countedByKind,
  type Identifiable,
  isKnown,
  type KnownFindings,
  numbered,
} from "../engine/known-findings.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { type DraftKinds, renamedDrafts } from "../engine/renamed-drafts.ts";
import { RULES } from "../rules/index.ts";
import type { BaselineMode } from "../settings/table.ts";
import type { DigestedFinding } from "./facts.ts";
import { BASELINE_NAME, type Listed, readBaseline } from "../settings/baseline-file.ts";
import { configPaths } from "../settings/config/config.ts";
import type { ConfigProblem } from "../settings/config/problem.ts";
import { type Files, isThere } from "./host.ts";
import { joinPath, isWithin, toKey } from "./places.ts";
import { basename, dirname, plainPath } from "../text/path.ts";

/** A baseline file, read when its text last changed. */
export interface Baseline {
  readonly path: string;
  readonly text: string;
  readonly listed: Listed;
  readonly problems: readonly ConfigProblem[];
}

export type Baselines = ReadonlyMap<string, Baseline>;

export function newBaseline(path: string, text: string): Baseline {
  const { listed, problem } = readBaseline(text);
  return { path, text, listed, problems: problem === undefined ? [] : [problem] };
}

/** The name under which a baseline lists a draft: its path from the file's folder. A draft outside it is not listed. */
export function nameIn({ path }: Pick<Baseline, "path">, draft: string): string {
  const folder = dirname(path);
  return isWithin(draft, folder) ? plainPath(draft.slice(folder.length + 1)) : draft;
}

/** What a baseline lists for the draft of a name. */
export function listedFor({ listed }: Pick<Baseline, "listed">, name: string): KnownFindings {
  return { get: (kind) => listed.get(`${name} ${kind}`) };
}

/** What is listed for each draft, by name. */
export const listedDrafts = memoizeOn<Listed>()((listed): DraftKinds => {
  const drafts = new Map<string, Map<string, number>>();
  for (const [key, count] of listed) {
    const end = key.lastIndexOf(" ");
    const kinds = drafts.get(key.slice(0, end)) ?? new Map<string, number>();
    drafts.set(key.slice(0, end), kinds.set(key.slice(end + 1), count));
  }
  return drafts;
});

/**
 * The names that drafts had when a baseline was written. `drafts` are all that follow it, with all findings of each. A
 * draft without entries takes over those of a draft whose file is gone, or is the same file.
 */
export async function renamesIn(
  baseline: Baseline,
  drafts: ReadonlyMap<string, readonly Identifiable[]>,
  files: Files,
): Promise<ReadonlyMap<string, string>> {
  const listed = listedDrafts(baseline.listed);
  const newDrafts = [...drafts].filter(([draft]) => !listed.has(nameIn(baseline, draft)));
  const added = new Map(newDrafts.map(([draft, its]) => [draft, countedByKind(numbered(its))]));
  const kinds = new Set([...added.values()].flatMap((its) => [...its.keys()]));
  const gone = new Map<string, ReadonlyMap<string, number>>();
  const renamed = new Map<string, string>();
  const getIdentity = (draft: string): string | undefined => {
    const stats = files.stats?.(toKey(draft));
    return typeof stats === "object" ? stats.identity : undefined;
  };
  let byIdentity: ReadonlyMap<string | undefined, string> | undefined;
  for (const [name, its] of listed) {
    const draft = joinPath(dirname(baseline.path), name);
    if (drafts.has(draft) || ![...its.keys()].some((kind) => kinds.has(kind))) continue;
    if (!(await isThere(draft, dirname(baseline.path), files))) gone.set(name, its);
    const identity = getIdentity(draft);
    if (identity === undefined) continue;
    // An existing file may have another name too, or the same name in different case.
    byIdentity ??= new Map([...added.keys()].map((one) => [getIdentity(one), one]));
    const same = byIdentity.get(identity);
    if (same !== undefined && added.delete(same)) renamed.set(same, name);
  }
  return new Map([...renamedDrafts(gone, added, RULES), ...renamed]);
}

/** The baselines with the current texts of files; undefined: there is no such file. Ignores other files. */
export function withBaselineTexts(
  baselines: Baselines,
  texts: ReadonlyMap<string, string | undefined>,
): Baselines {
  const changed = [...texts].filter(
    ([path, text]) => basename(path) === BASELINE_NAME && baselines.get(path)?.text !== text,
  );
  if (changed.length === 0) return baselines;
  const next = new Map(baselines);
  for (const [path, text] of changed) {
    if (text === undefined) next.delete(path);
    else next.set(path, newBaseline(path, text));
  }
  return next;
}

/** The nearest baseline of a draft, up to and including `root`. The nearest replaces the others. */
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

/** A baseline that an editor applies to a draft, and how. */
export interface AppliedBaseline {
  readonly baseline: Baseline;
  /** The draft's name in it, or its former name. */
  readonly name: string;
  readonly mode: Exclude<BaselineMode, "off">;
}

/** All findings of a draft as an editor shows them: those that the baseline lists are hints, or not shown at all. */
export function shownFindings<F extends DigestedFinding>(
  findings: readonly F[],
  { baseline, mode, name }: AppliedBaseline,
): readonly F[] {
  const known = listedFor(baseline, name);
  return numbered(findings).flatMap((finding): F[] => {
    if (!isKnown(finding, known, RULES)) return [finding];
    return mode === "hide" ? [] : [{ ...finding, severity: "hint" }];
  });
}
