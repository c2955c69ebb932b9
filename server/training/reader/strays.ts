import { TokenKind } from "../../src/language/tokens.ts";
import { WordClass } from "../../src/language/word-classes.ts";
import type { Damaged } from "../damage.ts";
import type { WordFacts } from "../losses.ts";
import type { Random } from "../random.ts";

/** A damaged paragraph, and what the net should say about it. */
export interface Lesson {
  count: number;
  readonly ids: Int32Array;
  readonly spaces: Uint8Array;
  /** For each boundary, including the paragraph's end: 0, the kind of loss (see `Mix`), or `UNCLEAR`. */
  readonly gaps: Uint8Array;
  /** For each token: 0, 1 if it is one too many, or `UNCLEAR`. */
  readonly leftover: Uint8Array;
}

/** Not learned from: beside a hole nobody can say on which side it is, nor which of two clashing words is too many. */
export const UNCLEAR = 255;

export function newLesson(): Lesson {
  const size = 1 << 16;
  return {
    count: 0,
    ids: new Int32Array(size),
    spaces: new Uint8Array(size),
    gaps: new Uint8Array(size + 2),
    leftover: new Uint8Array(size + 2),
  };
}

/** Words to insert, each in proportion to the square root of its count in the text. */
export interface SmallWords {
  readonly all: Int32Array;
  readonly prepositions: Int32Array;
}

const SMALL =
  WordClass.preposition |
  WordClass.auxiliary |
  WordClass.pronoun |
  WordClass.determiner |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.adverb |
  WordClass.modal |
  WordClass.wh;

const RARE = 200;

/** The small words of a text, from the counts of its words. */
export function smallWords(facts: WordFacts, counts: Int32Array): SmallWords {
  const all: number[] = [];
  const prepositions: number[] = [];
  counts.forEach((count, id) => {
    if (count < RARE || facts.capitals[id] === 1 || !isSmall(facts, id)) return;
    const copies = new Array<number>(Math.ceil(Math.sqrt(count) / 20)).fill(id);
    all.push(...copies);
    if (((facts.classes[id] ?? 0) & WordClass.preposition) !== 0) prepositions.push(...copies);
  });
  return { all: Int32Array.from(all), prepositions: Int32Array.from(prepositions) };
}

const isWord = (facts: WordFacts, id: number): boolean => facts.kinds[id] === TokenKind.word;

const isSmall = (facts: WordFacts, id: number): boolean =>
  isWord(facts, id) && ((facts.classes[id] ?? 0) & SMALL) !== 0;

/** How often a content word is left behind, relative to small words. */
const CONTENT = 0.12;

/** The share of left-over words that repeat one a few words earlier. */
const AGAIN = 0.3;

/**
 * Inserts words that a rewriting leaves behind: "had successfully had", "within in", "will would". `rate` is the share
 * of suitable places that get one; those beside a hole don't.
 */
export function leaveStrays(
  damaged: Damaged,
  facts: WordFacts,
  small: SmallWords,
  rate: number,
  random: Random,
  out: Lesson,
): void {
  const strays: number[] = [];
  const put = (id: number, space: number): void => {
    out.ids[out.count] = id;
    out.spaces[out.count++] = space;
  };
  out.count = 0;
  // A word that will come again, and the first token it may come before.
  let again = -1;
  let againAt = 0;
  let hole = 0;
  for (let at = 0; at < damaged.count; at++) {
    const id = damaged.ids[at] ?? 0;
    const previous = damaged.ids[at - 1] ?? 0;
    while (hole < damaged.holes && (damaged.places[hole] ?? 0) < at - 2) hole++;
    const isNearHole = hole < damaged.holes && (damaged.places[hole] ?? 0) <= at + 2;
    const bearsOne =
      at > 0 &&
      !isNearHole &&
      damaged.spaces[at] === 1 &&
      isWord(facts, id) &&
      isWord(facts, previous);
    let stray = -1;
    if (!bearsOne) {
      if (isNearHole || !isWord(facts, id)) again = -1;
    } else if (again >= 0 && at >= againAt) {
      if (again !== id && again !== previous) stray = again;
      again = -1;
    } else if (out.count - (strays.at(-1) ?? -9) > 5 && random() < rate) {
      const draw = random();
      if (draw >= AGAIN) stray = chooseStray(damaged, facts, small, at, draw, random);
      else if (isSmall(facts, previous) || random() < CONTENT) {
        again = previous;
        againAt = at + 1 + Math.floor(random() * 4);
      }
    }
    if (stray >= 0) {
      strays.push(out.count);
      put(stray, 1);
    }
    put(id, damaged.spaces[at] ?? 0);
  }
  label(damaged, strays, out);
}

/** A word to insert before the token at `at`, or -1. `draw`, from `AGAIN` to 1, decides its kind. */
function chooseStray(
  damaged: Damaged,
  facts: WordFacts,
  small: SmallWords,
  at: number,
  draw: number,
  random: Random,
): number {
  const id = damaged.ids[at] ?? 0;
  const previous = damaged.ids[at - 1] ?? 0;
  const anyOf = (words: Int32Array): number => words[Math.floor(random() * words.length)] ?? -1;
  let stray = -1;
  if (draw < 0.4) {
    // The word that follows also comes before its place.
    const from = at + 1 + Math.floor(random() * 4);
    const later = damaged.ids[from] ?? 0;
    const between = damaged.ids.subarray(at, from + 1);
    const isMovable = from < damaged.count && between.every((word) => isWord(facts, word));
    if (isMovable && later !== id && later !== previous)
      if (isSmall(facts, later) || random() < CONTENT) stray = later;
  } else if (draw < 0.62) {
    const classes = (facts.classes[id] ?? 0) | (facts.classes[previous] ?? 0);
    if ((classes & WordClass.preposition) !== 0 || random() < 0.15)
      stray = anyOf(small.prepositions);
  } else if (draw < 0.8 && isSmall(facts, id)) {
    // Two words of one class clash: "a the", "will would".
    const classes = (facts.classes[id] ?? 0) & SMALL;
    for (let tries = 0; tries < 12 && stray < 0; tries++) {
      const word = anyOf(small.all);
      if (word >= 0 && ((facts.classes[word] ?? 0) & classes) !== 0) stray = word;
    }
  } else if (draw < 0.94) {
    stray = anyOf(small.all);
  } else {
    const from = at - 2 - Math.floor(random() * 10);
    const word = damaged.ids[from] ?? 0;
    if (from > 0 && isWord(facts, word)) stray = word;
  }
  const isOneOfBoth = stray === id || stray === previous;
  return isOneOfBoth || facts.capitals[stray] === 1 ? -1 : stray;
}

/** So near a word that occurs twice, its copy is unclear. */
const REACH = 6;

/** Writes the labels of a paragraph into which words were inserted at `strays`, indexes of tokens in `out`. */
function label(damaged: Damaged, strays: readonly number[], out: Lesson): void {
  const { count, ids, gaps, leftover } = out;
  gaps.fill(0, 0, count + 1);
  leftover.fill(0, 0, count);
  for (const at of strays) {
    gaps.fill(UNCLEAR, at, at + 2);
    leftover.fill(UNCLEAR, at - 1, at + 2);
    for (let other = Math.max(0, at - REACH); other < Math.min(count, at + REACH); other++)
      if (ids[other] === ids[at]) leftover[other] = UNCLEAR;
  }
  let before = 0;
  const holes = Array.from(damaged.places.subarray(0, damaged.holes), (place) => {
    while ((strays[before] ?? Infinity) - before <= place) before++;
    return place + before;
  });
  for (const at of holes) {
    gaps.fill(UNCLEAR, Math.max(0, at - 1), at + 2);
    leftover.fill(UNCLEAR, Math.max(0, at - 2), Math.min(count, at + 3));
  }
  for (const at of strays) leftover[at] = 1;
  holes.forEach((at, index) => {
    gaps[at] = damaged.losses[index] ?? 1;
  });
}
