import { byPlace } from "../engine/lint.ts";
import { type KnownFindings, partFindings } from "../engine/known-findings.ts";
import { RULES } from "../rules/index.ts";
import type { BaselineMode } from "../settings/table.ts";
import type { DigestedFinding } from "./facts.ts";
import { BASELINE_NAME, readBaseline } from "../settings/baseline-file.ts";
import { configPaths } from "../settings/config/config.ts";
import type { ConfigProblem } from "../settings/config/problem.ts";
import { nameOf } from "./places.ts";

/** A baseline file, read when its text last changed. */
export interface Baseline {
  readonly path: string;
  readonly text: string;
  readonly known: KnownFindings;
  readonly problems: readonly ConfigProblem[];
}

/** Baseline files by their paths. */
export type Baselines = ReadonlyMap<string, Baseline>;

export function newBaseline(path: string, text: string): Baseline {
  const { entries, problem } = readBaseline(text);
  return { path, text, known: entries, problems: problem === undefined ? [] : [problem] };
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

/** A draft's findings, all that it has, as an editor shows them: those that the baseline lists as hints, or not at all. */
export function shownFindings<F extends DigestedFinding>(
  findings: readonly F[],
  { baseline, mode }: AppliedBaseline,
): readonly F[] {
  const parted = partFindings(findings, baseline.known, RULES);
  if (mode === "hide") return parted.fresh;
  const hints = parted.known.map((finding) => ({ ...finding, severity: "hint" as const }));
  return [...parted.fresh, ...hints].sort(byPlace);
}
