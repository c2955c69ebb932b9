import type { Finding } from "../draft/finding.ts";
import { type AppliedBaseline, shownFindings } from "../project/baselines.ts";
import type { DigestedFinding } from "../project/facts.ts";
import type { TopicTotals } from "../project/topic-totals.ts";
import { folderOf, type Workspace } from "../project/workspace.ts";
import type { Draft } from "../draft/draft.ts";
import { withFolderTopics } from "./folder-topics.ts";
import { type HeldBack, withoutHeldBack } from "./quiet.ts";

/* What decides how a draft's findings are shown: layers, each of which gets what the one before it gave. */

/** A pure function of findings, and what it depends on. */
export interface Layer<F extends Finding> {
  /** What its result depends on besides the findings; compared by identity. */
  readonly inputs: readonly unknown[];
  readonly apply: (findings: readonly F[]) => readonly F[];
}

/** What a layer gave, and what it was computed from. */
export interface LayerResult<F extends Finding> {
  readonly inputs: readonly unknown[];
  readonly before: readonly F[];
  readonly after: readonly F[];
}

/**
 * The result of each layer, in order. One that has the same inputs and findings as last time is not asked again,
 * and where that is so for all, the array of last time is returned.
 */
export function layerResults<F extends Finding>(
  findings: readonly F[],
  layers: readonly Layer<F>[],
  last: readonly LayerResult<F>[] = [],
): readonly LayerResult<F>[] {
  let before = findings;
  const results = layers.map(({ inputs, apply }, index) => {
    const known = last[index];
    const result =
      known?.before === before && isSame(known.inputs, inputs)
        ? known
        : { inputs, before, after: apply(before) };
    before = result.after;
    return result;
  });
  return isSame(results, last) ? last : results;
}

/** The findings behind all layers. */
export function behindLayers<F extends Finding>(
  findings: readonly F[],
  layers: readonly Layer<F>[],
): readonly F[] {
  return layers.reduce((before, { apply }) => apply(before), findings);
}

function isSame(one: readonly unknown[], other: readonly unknown[]): boolean {
  return one.length === other.length && one.every((value, index) => value === other[index]);
}

/** What is a habit of the draft's workspace folder is a hint. */
export function totalsLayer<F extends Finding>(
  totals: TopicTotals,
  workspace: Workspace,
  path: string,
): Layer<F> {
  return {
    inputs: [totals.revision, folderOf(workspace, path)],
    apply: (findings) => withFolderTopics(findings, totals, workspace, path),
  };
}

/** What the baseline lists for the draft of a name is a hint, or hidden. */
export function baselineLayer<F extends Finding>(
  applied: AppliedBaseline | undefined,
  name: string,
  digested: (findings: readonly F[]) => readonly (F & DigestedFinding)[],
): Layer<F> {
  return {
    inputs: [applied?.baseline, applied?.mode, name],
    apply: (findings) =>
      applied === undefined ? findings : shownFindings(digested(findings), applied, name),
  };
}

/** What is new in the paragraph that is being written waits. */
export function heldBackLayer(held: HeldBack | undefined, draft: Draft): Layer<Finding> {
  return { inputs: [held], apply: (findings) => withoutHeldBack(findings, draft, held) };
}
