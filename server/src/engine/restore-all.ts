import { newAllowance } from "../deletion/allowance.ts";
import { blockAt, type Draft } from "../draft/draft.ts";
import { type Finding, movedReport } from "../draft/finding.ts";
import { restorationsFrom, type RestoreSource } from "../repeats/restore.ts";
import { applyEdits, type Edit, followedBy, movedSpan, spanBefore } from "../text/edits.ts";
import type { Span } from "../text/span.ts";
import { apart, type ChosenFix } from "./fix.ts";

/** Restored words may reveal further losses next to them; no draft needs this many rounds. */
const MOST_ROUNDS = 20;

/**
 * The fixes that restore lost words from earlier versions of the draft, for all holes that have one, in order of place.
 * Words that are back make a shared passage longer, so those beside them are looked for again.
 */
export function restoreHoles(
  draft: Draft,
  holes: readonly Finding[],
  versions: readonly RestoreSource[],
): readonly ChosenFix[] {
  let made: ChosenFix[] = [];
  /** Those left, as they are in the draft with what was restored so far. */
  let left = new Map(holes.map((hole) => [hole, hole]));
  let now = draft;
  for (let round = 0; round < MOST_ROUNDS && left.size > 0; round++) {
    const edits = inOrder(made.flatMap((fix) => fix.edits));
    const chosen = restoreOnce(now, [...left.keys()], versions);
    const fixes = chosen.flatMap(({ finding, ...fix }): ChosenFix[] => {
      const hole = left.get(finding);
      const before = fix.edits.flatMap((edit) => spanBefore(edit, edits) ?? []);
      left.delete(finding);
      if (hole === undefined || before.length < fix.edits.length) return [];
      return [{ ...fix, finding: hole, edits: before }];
    });
    if (fixes.length === 0) break;
    made = [...made, ...fixes];
    const all = inOrder(made.flatMap((fix) => fix.edits));
    now = draft.format.parse(applyEdits(draft.text, all));
    left = new Map(
      [...left.values()].flatMap((hole) => {
        const moved = movedThrough(hole, all);
        return moved === undefined ? [] : [[moved, hole] as const];
      }),
    );
  }
  return made.sort((a, b) => a.finding.start - b.finding.start);
}

function inOrder(edits: readonly Edit[]): readonly Edit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/** A finding after some edits; undefined if they replace some place of it. */
function movedThrough(finding: Finding, edits: readonly Edit[]): Finding | undefined {
  const replaced: Span[] = [];
  const moved = movedReport(finding, (span) => {
    const after = edits.reduceRight<typeof span | undefined>(
      (one, edit) => one && movedSpan(one, edit),
      span,
    );
    if (after === undefined) replaced.push(span);
    return after ?? span;
  });
  return replaced.length === 0 ? moved : undefined;
}

/**
 * The fixes of one reading. If one version has the words in several wordings, none is chosen. At most one fix changes a
 * block, because each was read on its own.
 */
function restoreOnce(
  draft: Draft,
  holes: readonly Finding[],
  versions: readonly RestoreSource[],
): ChosenFix[] {
  const allowance = newAllowance();
  const changed = new Set<number>();
  return apart(holes, (hole) => {
    for (const version of versions) {
      const [fix, ...others] = restorationsFrom(draft, hole, version, allowance);
      if (fix === undefined) continue;
      const blocks = fix.edits.map(({ start }) => blockAt(draft, start));
      if (others.length > 0 || blocks.some((block) => changed.has(block))) return undefined;
      for (const block of blocks) changed.add(block);
      return fix;
    }
    return undefined;
  });
}

/** Everything that earlier versions have of a draft's lost words. */
export interface RestoredDraft {
  readonly edits: readonly Edit[];
  /** How many findings of lost words are fixed. */
  readonly count: number;
}

/** The same, repeated until nothing is left to restore. `findHoles` returns a draft's findings of lost words. */
export function restoreAll(
  draft: Draft,
  findHoles: (draft: Draft) => readonly Finding[],
  versions: readonly RestoreSource[],
): RestoredDraft {
  let now = draft;
  let edits: readonly Edit[] = [];
  let count = 0;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const fixes = restoreHoles(now, findHoles(now), versions);
    if (fixes.length === 0) break;
    count += fixes.length;
    const more = fixes.flatMap((fix) => fix.edits);
    edits = followedBy(edits, more, draft.text);
    now = draft.format.parse(applyEdits(draft.text, edits));
  }
  return { edits, count };
}
