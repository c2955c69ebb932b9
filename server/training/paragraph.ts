import { newPadded, pad, PADDING, type Padded } from "../src/missing/features.ts";
import type { Rows } from "./corpus.ts";
import { damage, newDamaged, type Damaged } from "./damage.ts";
import { REGRESSION_MIX, type WordFacts } from "./losses.ts";
import type { Random } from "./random.ts";

/** The training text, and what is known about its words. */
export interface Lessons {
  readonly rows: Rows;
  readonly facts: WordFacts;
  readonly facets: Int32Array;
  /** From ids in `rows` to ids in the vocabulary of `facets`. */
  readonly toVocabulary: Int32Array;
}

/** A damaged paragraph, as the finder sees it. */
export interface Paragraph extends Padded {
  readonly damaged: Damaged;
  /** For each boundary; see `Label`. */
  readonly labels: Uint8Array;
  count: number;
}

/** Beside a hole nobody can say on which side the word is missing. */
export const Label = { whole: 0, hole: 1, unclear: 2 } as const;

export function newParagraph(): Paragraph {
  const damaged = newDamaged();
  const size = damaged.ids.length + 2 * PADDING;
  return {
    ...newPadded(size),
    damaged,
    labels: new Uint8Array(size),
    count: 0,
  };
}

/** Damages a paragraph anew and reads it; it may be left empty. */
export function readDamaged(
  { rows, facts, facets, toVocabulary }: Lessons,
  row: number,
  random: Random,
  out: Paragraph,
): void {
  const { damaged, ids, spaces, labels } = out;
  damage(rows, facts, row, random, damaged, REGRESSION_MIX);
  const { count } = damaged;
  out.count = count;
  if (count === 0) return;
  for (let at = 0; at < count; at++) {
    ids[at + PADDING] = toVocabulary[damaged.ids[at] ?? 0] ?? 0;
    spaces[at + PADDING] = damaged.spaces[at] ?? 0;
  }
  pad(out, facets, count);
  labels.fill(Label.whole, 0, count + 1);
  for (let hole = 0; hole < damaged.holes; hole++) {
    const at = damaged.places[hole] ?? 0;
    if (at > 0 && labels[at - 1] === Label.whole) labels[at - 1] = Label.unclear;
    labels[at + 1] = Label.unclear;
  }
  for (let hole = 0; hole < damaged.holes; hole++) labels[damaged.places[hole] ?? 0] = Label.hole;
}
