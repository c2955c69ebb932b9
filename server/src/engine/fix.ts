import { lazyFixLimit } from "../deletion/allowance.ts";
import { isCleanCut } from "../deletion/clean-cut.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { partitionPointBy } from "../text/search.ts";

/** A fix, and the finding it was chosen for. */
export interface ChosenFix<F extends Finding = Finding> extends Pick<Fix, "title"> {
  readonly finding: F;
  readonly edits: readonly Edit[];
}

/**
 * Whether a fix may be made without being chosen. A repeat that is only a hint may be intended, and of a passage that
 * two drafts share, each could lose its copy.
 */
export function isSafe(
  { severity, related = [] }: Pick<Finding, "severity" | "related">,
  fix: Fix,
): boolean {
  const isOfTwo = related.some(({ uri }) => uri !== undefined);
  return !isOfTwo && !(severity === "hint" && fix.kind === "repeat") && fix.safe;
}

/**
 * The fixes that may be made together without being chosen: each complete, none touching another. Given their draft,
 * their deletions together leave it as well formed as it was. Of lazy fixes, no more are tried than a draft of its
 * length allows; making those makes room for the next.
 */
export function safeFixes<F extends Finding>(
  findings: readonly F[],
  wanted: (fix: Fix) => boolean = () => true,
  draft?: Draft,
): readonly ChosenFix<F>[] {
  let left = draft === undefined ? Infinity : lazyFixLimit(draft);
  const chosen = apart(findings, (finding) =>
    finding.fixes?.find(
      (one) =>
        one.uri === undefined &&
        wanted(one) &&
        (one.lazy !== true || left-- > 0) &&
        isSafe(finding, one),
    ),
  );
  return draft === undefined || isClean(draft, chosen) ? chosen : cleanFixes(draft, chosen);
}

/** The fix chosen for each finding, without those that touch an earlier finding's. */
export function apart<F extends Finding>(
  findings: readonly F[],
  choose: (finding: F) => Fix | undefined,
): ChosenFix<F>[] {
  const chosen: ChosenFix<F>[] = [];
  /** The edits by place. None touches another, so their ends ascend as well. */
  const byPlace: Edit[] = [];
  for (const finding of findings) {
    const fix = choose(finding);
    if (fix === undefined) continue;
    const clashes = fix.edits.some((edit) => {
      const other = byPlace[firstEndingFrom(byPlace, edit.start)];
      return other !== undefined && other.start <= edit.end;
    });
    if (clashes) continue;
    chosen.push({ finding, title: fix.title, edits: fix.edits });
    for (const edit of fix.edits) byPlace.splice(firstEndingFrom(byPlace, edit.start), 0, edit);
  }
  return chosen;
}

/**
 * The edits that put the placeholder wherever words are missing, once each: for each finding above a hint, its first
 * fix that does so. Where two would touch the same place, the earlier finding's is made.
 */
export function lossMarks(findings: readonly Finding[]): Edit[] {
  const chosen = apart(findings, ({ severity, fixes }) =>
    severity === "hint" ? undefined : fixes?.find(isMark),
  );
  return chosen.flatMap(({ edits }) => edits).sort((a, b) => a.start - b.start);
}

/** Whether a fix writes the placeholder, which it then selects. */
function isMark({ kind, stops, uri, edits }: Fix): boolean {
  return (kind === "placeholder" || stops !== undefined) && uri === undefined && edits.length > 0;
}

/** Whether the draft stays well formed after some edits, if they only delete. */
function isClean(draft: Draft, fixes: readonly ChosenFix[]): boolean {
  const cuts = fixes.flatMap(({ edits }) => edits.filter(({ newText }) => newText === ""));
  return cuts.length === 0 || isCleanCut(draft, cuts);
}

/** If fixes are not clean together, some that are: halves are tried, and a fix that is not clean alone is left out. */
function cleanFixes<F extends ChosenFix>(
  draft: Draft,
  fixes: readonly F[],
  chosen: readonly F[] = [],
): readonly F[] {
  if (fixes.length === 0) return chosen;
  const all = [...chosen, ...fixes];
  if (isClean(draft, all)) return all;
  if (fixes.length === 1) return chosen;
  const middle = fixes.length >> 1;
  return cleanFixes(draft, fixes.slice(middle), cleanFixes(draft, fixes.slice(0, middle), chosen));
}

/** The index of the first edit that ends at or after an offset, in edits sorted by place. */
function firstEndingFrom(edits: readonly Edit[], offset: number): number {
  return partitionPointBy(edits, ({ end }) => end < offset);
}
