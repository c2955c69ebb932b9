import { alignGap, type Stretches } from "./align.ts";
import { edgeAfter, edgeBefore, snapApart, snapTogether } from "./edges.ts";
import { growBeside } from "./grow.ts";
import { type Group, groupChains } from "./groups.ts";
import { likelyChains } from "./likely-chains.ts";
import {
  clip,
  findFirst,
  findLast,
  toChain,
  type Chain,
  isReordered,
  sumMatched,
} from "./chains.ts";
import { blockOfWord, type Row } from "./row.ts";

/**
 * Two copies of a passage: one or more chains near each other. Both ends are at the edge of a block or a sentence.
 */
export interface Repeat extends Stretches {
  /** In the order of the later row. */
  readonly chains: readonly Chain[];
  /** The number of words in matches. */
  readonly matched: number;
  /** How often the passage occurs in a row, all but the first in the later part; 1 for a single repeat. */
  readonly copies: number;
}

/** The passages of `later` that repeat `earlier`; given one row twice, those that repeat what is further up. */
export function findRepeats(later: Row, earlier: Row): Repeat[] {
  const groups = groupChains(likelyChains(later, earlier), later === earlier);
  const repeats = groups.flatMap((group) => snap(group, later, earlier) ?? []);
  return complete(repeats, later, earlier);
}

/** Extends repeats over similar neighbours that no other repeat has, and merges those that then meet. By place. */
function complete(repeats: readonly Repeat[], later: Row, earlier: Row): Repeat[] {
  const all = [...repeats].sort((x, y) => x.aStart - y.aStart || x.aEnd - y.aEnd);
  const within = later === earlier;
  const merged: Repeat[] = [];
  let taken = 0;
  all.forEach((repeat, at) => {
    const next = Math.max(repeat.aEnd, all[at + 1]?.aStart ?? later.words.length);
    const whole = grow(repeat, later, earlier, taken, next);
    taken = Math.max(taken, whole.aEnd);
    const previous = merged.at(-1);
    const meets =
      previous?.aEnd === whole.aStart &&
      previous.bEnd === whole.bStart &&
      previous.copies + whole.copies === 2 &&
      (!within || whole.bEnd <= previous.aStart);
    if (!meets) {
      merged.push(whole);
      return;
    }
    const { aEnd, bEnd } = whole;
    const chains = [...previous.chains, ...whole.chains];
    merged[merged.length - 1] = { ...previous, aEnd, bEnd, chains, matched: sumMatched(chains) };
  });
  return merged;
}

/** Extends a repeat within the later words from `aFirst` to `aLast`. Copies in a row extend only over each other. */
function grow(repeat: Repeat, later: Row, earlier: Row, aFirst: number, aLast: number): Repeat {
  if (repeat.copies > 1) return repeat;
  const within = later === earlier;
  let { aStart, bStart, aEnd, bEnd } = repeat;
  const [head, ...rest] = repeat.chains;
  let first = head;
  if (first !== undefined && findFirst(repeat.chains, "bStart") === first) {
    const limit = { a: Math.min(aStart, Math.max(aFirst, within ? bEnd : 0)), b: 0 };
    const leading = growBeside(later, earlier, { a: aStart, b: bStart }, limit, false);
    ({ a: aStart, b: bStart } = leading);
    [first] = toChain([...leading.matches, ...first.matches]);
  }
  const chains = first === undefined ? rest : [first, ...rest];
  const last = chains.at(-1);
  if (last !== undefined && findLast(chains, "bEnd") === last) {
    const limit = { a: aLast, b: within ? aStart : earlier.words.length };
    const trailing = growBeside(later, earlier, { a: aEnd, b: bEnd }, limit, true);
    ({ a: aEnd, b: bEnd } = trailing);
    chains.splice(-1, 1, ...toChain([...last.matches, ...trailing.matches]));
  }
  return { ...repeat, aStart, bStart, aEnd, bEnd, chains, matched: sumMatched(chains) };
}

/** Turns a group into a repeat by moving its ends between sentences or blocks; undefined if nothing is left. */
function snap(group: Group, later: Row, earlier: Row): Repeat | undefined {
  const within = later === earlier;
  let { aStart, aEnd, bStart, bEnd } = group;
  let copies = 1;
  const period = aStart - bStart;
  if (within && bEnd > aStart && aEnd - aStart >= 2 * period) {
    // Several copies in a row.
    copies = Math.round((aEnd - aStart) / period) + 1;
    bEnd = aStart;
  }
  // If chains are in another order, the two sides begin or end with different ones.
  const { chains } = group;
  const sameFirst = findFirst(chains, "aStart") === findFirst(chains, "bStart");
  const sameLast = findLast(chains, "aEnd") === findLast(chains, "bEnd");
  const starts = sameFirst ? snapTogether : snapApart;
  const ends = sameLast ? snapTogether : snapApart;
  [aStart, bStart] = starts(edgeBefore(later, aStart, aEnd), edgeBefore(earlier, bStart, bEnd));
  [aEnd, bEnd] = ends(edgeAfter(later, aStart, aEnd), edgeAfter(earlier, bStart, bEnd));
  if (within && bEnd > aStart) bEnd = aStart;
  if (aEnd <= aStart || bEnd <= bStart) return undefined;
  const span = { aStart, aEnd, bStart, bEnd };
  if (copies > 1) return { chains, matched: group.matched, copies, ...span };
  // Keeps what the sentences at the ends share, and drops what lies beyond them.
  const inside = chains.flatMap((chain) => clip(chain, span));
  const first = inside[0];
  const last = inside.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const { words: aWords } = later;
  const { words: bWords } = earlier;
  if (findFirst(inside, "bStart") === first) {
    const leading = alignGap(aWords, aStart, first.aStart, bWords, bStart, first.bStart);
    inside.splice(0, 1, ...toChain([...leading, ...first.matches]));
  }
  if (findLast(inside, "bEnd")?.bEnd === last.bEnd) {
    const trailing = alignGap(aWords, last.aEnd, aEnd, bWords, last.bEnd, bEnd);
    inside.push(...toChain([...(inside.pop()?.matches ?? []), ...trailing]));
  }
  const settled = isReordered(inside) ? settleBorders(inside, span, later, earlier) : inside;
  return { chains: settled, matched: sumMatched(settled), copies, ...span };
}

/** This many words at the beginning of a paragraph may be those of another by chance: “The”, “In the”. */
const MOST_BY_CHANCE = 4;

/**
 * Chains in another order, each with the first words of its own paragraph: if the paragraphs after two moved ones begin
 * alike, the chain before has these words.
 */
function settleBorders(
  chains: readonly Chain[],
  span: Pick<Repeat, "aStart" | "bStart">,
  later: Row,
  earlier: Row,
): Chain[] {
  const over = (row: Row, end: number): number => end - (row.first[blockOfWord(row, end)] ?? 0);
  const trimmed = chains.flatMap((chain) => {
    const words = over(later, chain.aEnd);
    const isByChance = words <= MOST_BY_CHANCE && words === over(earlier, chain.bEnd);
    return isByChance ? clip(chain, { aEnd: chain.aEnd - words }) : [chain];
  });
  const ends = new Map<Chain, number>();
  let bEnd = span.bStart;
  for (const chain of [...trimmed].sort((x, y) => x.bStart - y.bStart)) {
    ends.set(chain, bEnd);
    bEnd = chain.bEnd;
  }
  let aEnd = span.aStart;
  return trimmed.flatMap((chain) => {
    const most = Math.min(chain.aStart - aEnd, chain.bStart - (ends.get(chain) ?? chain.bStart));
    let length = 0;
    while (
      length < most &&
      later.words[chain.aStart - length - 1] === earlier.words[chain.bStart - length - 1]
    )
      length++;
    aEnd = chain.aEnd;
    const before = { a: chain.aStart - length, b: chain.bStart - length, length };
    return length === 0 ? [chain] : toChain([before, ...chain.matches]);
  });
}
