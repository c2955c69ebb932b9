import type { Block, Draft } from "../draft.ts";
import { keptWith } from "./per-block.ts";
import { perVersion } from "./versions.ts";

/*
 * How a rule that sees a whole draft costs what a keystroke changed. A draft's blocks are cut into
 * stretches, which are the same objects in its next version but for the one that was typed in. Which
 * blocks of a stretch have something to say is kept with the stretch; so a rule walks over those few
 * alone, and looks at what stands around each of them as it is now.
 */

/** Some blocks of a draft that follow each other. */
export type Stretch = readonly Block[];

/** A stretch has at most so many blocks. */
const LONGEST = 64;

/** The stretches of a draft, in order. Where they part depends on its earlier versions: nothing may hang on it. */
export const stretchesOf = perVersion((draft, last: readonly Stretch[] | undefined) =>
  cut(draft.blocks, last ?? []),
);

function cut(blocks: readonly Block[], last: readonly Stretch[]): readonly Stretch[] {
  let start = 0;
  let first = 0;
  for (let stretch = last[first]; stretch !== undefined; stretch = last[++first]) {
    if (!standsAt(stretch, blocks, start)) break;
    start += stretch.length;
  }
  let end = blocks.length;
  let rest = last.length;
  for (let stretch = last[rest - 1]; stretch !== undefined; stretch = last[--rest - 1]) {
    const from = end - stretch.length;
    if (rest <= first || from < start || !standsAt(stretch, blocks, from)) break;
    end = from;
  }
  const size = Math.ceil((end - start) / Math.ceil((end - start) / LONGEST));
  const stretches = last.slice(0, first);
  for (; start < end; start += size)
    stretches.push(blocks.slice(start, Math.min(end, start + size)));
  return stretches.concat(last.slice(rest));
}

function standsAt(stretch: Stretch, blocks: readonly Block[], start: number): boolean {
  for (let index = 0; index < stretch.length; index++) {
    if (stretch[index] !== blocks[start + index]) return false;
  }
  return true;
}

/** The function, computed once for each stretch and kept with it. */
export const perStretch = keptWith<Stretch>();

/**
 * Finds the blocks of a draft of which something is true, whatever stands around them: their indices, in order.
 * What is `given` besides, such as settings, is seldom another: what is kept is for the one that was given last.
 */
export function blocksThat(is: (block: Block) => boolean): (draft: Draft) => number[];
export function blocksThat<G>(
  is: (block: Block, given: G) => boolean,
): (draft: Draft, given: G) => number[];
export function blocksThat<G>(is: (block: Block, given: G) => boolean) {
  const keptIn = perStretch((): { given?: G; found?: readonly number[] } => ({}));
  const inStretch = (stretch: Stretch, given: G): readonly number[] => {
    const kept = keptIn(stretch);
    if (kept.found === undefined || kept.given !== given) {
      kept.given = given;
      kept.found = stretch.flatMap((block, index) => (is(block, given) ? [index] : []));
    }
    return kept.found;
  };
  return (draft: Draft, given: G): number[] => {
    const found: number[] = [];
    let first = 0;
    for (const stretch of stretchesOf(draft)) {
      for (const index of inStretch(stretch, given)) found.push(first + index);
      first += stretch.length;
    }
    return found;
  };
}
