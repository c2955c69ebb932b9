import { newAllowance } from "../deletion/allowance.ts";
import { blockAt, type Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { restorationsFrom, type RestoreSource } from "../repeats/restore.ts";
import { applyEdits, type Edit, followedBy } from "../text/edits.ts";
import { apart, type ChosenFix } from "./fix.ts";

/** Restored words may reveal further losses next to them; no draft needs this many rounds. */
const MOST_ROUNDS = 20;

/**
 * The fixes that restore lost words from earlier versions of the draft, the newest version first. If one version has
 * the words in several wordings, none is chosen. At most one fix changes a block, because each was read on its own.
 */
export function restoreOnce(
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
    const fixes = restoreOnce(now, findHoles(now), versions);
    if (fixes.length === 0) break;
    count += fixes.length;
    const more = fixes.flatMap((fix) => fix.edits);
    edits = followedBy(edits, more, draft.text);
    now = draft.format.parse(applyEdits(draft.text, edits));
  }
  return { edits, count };
}
