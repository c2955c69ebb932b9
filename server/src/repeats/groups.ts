import { clip, type Chain } from "./chains.ts";
import { MIN_MATCHED } from "./find-chains.ts";
import { SOLID } from "./likely-chains.ts";

/** How many words a paragraph that was added, removed or moved may put between two chains of one repeat. */
const MAX_GAP = 220;
/** The share of the words it spans that a repeat must match. */
const MIN_COVER = 0.5;
const MAX_OPEN = 12;

/** Chains near each other, in any order, with what they span. */
export interface Group {
  aStart: number;
  aEnd: number;
  bStart: number;
  bEnd: number;
  matched: number;
  readonly chains: Chain[];
}

/** Groups chains that are near each other on both sides, in any order. */
export function groupChains(chains: readonly Chain[], within: boolean): Group[] {
  const done: Group[] = [];
  const open: Group[] = [];
  for (const chain of chains) {
    let best: Group | undefined;
    let bestCost = Infinity;
    let rest = chain;
    for (let at = open.length - 1; at >= 0; at--) {
      const group = open[at];
      if (group === undefined) continue;
      if (chain.aStart - group.aEnd > MAX_GAP) {
        open.splice(at, 1);
        done.push(group);
        continue;
      }
      const left = clipOutside(chain, group);
      if (left === undefined) continue;
      const aGap = left.aStart - group.aEnd;
      const bGap = Math.max(0, left.bStart - group.bEnd, group.bStart - left.bEnd);
      // A few common words further away are chance, especially out of order.
      const weaker = Math.min(left.matched, group.matched);
      const inOrder = left.bStart >= group.bEnd;
      const reach = weaker * (weaker < SOLID ? (inOrder ? 1.5 : 0) : inOrder ? 4 : 3);
      if (Math.max(aGap, bGap) > Math.min(MAX_GAP, reach)) continue;
      const aStart = Math.min(group.aStart, left.aStart);
      const aEnd = Math.max(group.aEnd, left.aEnd);
      const bStart = Math.min(group.bStart, left.bStart);
      const bEnd = Math.max(group.bEnd, left.bEnd);
      if (within && bEnd > aStart) continue;
      const cover = (group.matched + left.matched) / Math.max(aEnd - aStart, bEnd - bStart);
      if (cover < MIN_COVER) continue;
      const cost = aGap + bGap;
      if (cost < bestCost) {
        best = group;
        bestCost = cost;
        rest = left;
      }
    }
    if (best === undefined) {
      if (open.length >= MAX_OPEN) {
        const oldest = open.shift();
        if (oldest !== undefined) done.push(oldest);
      }
      const { aStart, aEnd, bStart, bEnd, matched } = chain;
      open.push({ aStart, aEnd, bStart, bEnd, matched, chains: [chain] });
      continue;
    }
    best.aEnd = rest.aEnd;
    best.bStart = Math.min(best.bStart, rest.bStart);
    best.bEnd = Math.max(best.bEnd, rest.bEnd);
    best.matched += rest.matched;
    best.chains.push(rest);
  }
  // In the order in which a chain far behind all of them would close them.
  done.push(...open.reverse());
  return done;
}

/**
 * A chain that begins after the group does, without the words that the group has on either side. Undefined if hardly
 * anything is left, because then it is another copy.
 */
function clipOutside(chain: Chain, group: Group): Chain | undefined {
  let [left] = clip(chain, { aStart: group.aEnd });
  if (left === undefined) return undefined;
  if (left.bEnd > group.bEnd) [left] = clip(left, { bStart: group.bEnd });
  else if (left.bStart < group.bStart) [left] = clip(left, { bEnd: group.bStart });
  else {
    // Between the others: a paragraph that was moved within the repeat.
    for (const other of group.chains) {
      if (left === undefined) break;
      if (left.bStart >= other.bEnd || left.bEnd <= other.bStart) continue;
      const isAfter: boolean = left.bStart >= other.bStart;
      [left] = clip(left, isAfter ? { bStart: other.bEnd } : { bEnd: other.bStart });
    }
  }
  if (left === undefined || left.matched < MIN_MATCHED) return undefined;
  return left.matched >= Math.min(SOLID, chain.matched / 2) ? left : undefined;
}
