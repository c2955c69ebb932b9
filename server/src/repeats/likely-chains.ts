import type { Match } from "./align.ts";
import { findChains, MIN_MATCHED } from "./find-chains.ts";
import { clip, toChain, type Chain } from "./chains.ts";
import { blockOfWord, type Row } from "./row.ts";

/** The least similarity of a chain. */
const MIN_ALIKE = 0.55;
/** A chain with fewer matching words may be chance. */
export const SOLID = 12;

/** The chains of `later` with `earlier` that are not chance, by place; given one row twice, those from further up. */
export function likelyChains(later: Row, earlier: Row): Chain[] {
  const within = later === earlier;
  const all = findChains(later, earlier);
  const apart = within ? all.flatMap((chain) => splitAtOverlap(chain, later)) : all;
  return strongest(
    apart.filter((chain) => chain.matched >= MIN_MATCHED && alikeness(chain) >= MIN_ALIKE),
  );
}

/** The share of its words that match. */
function alikeness(chain: Chain): number {
  return chain.matched / Math.max(chain.aEnd - chain.aStart, chain.bEnd - chain.bStart, 1);
}

/**
 * Splits a chain within one draft whose two copies overlap, so that they do not. A small overlap is cut where
 * the later copy begins, at the start of a block if possible. If the overlap is large, the same words again and
 * again stay one chain; otherwise each round becomes one.
 */
function splitAtOverlap(chain: Chain, row: Row): Chain[] {
  const period = chain.aStart - chain.bStart;
  const over = chain.bEnd - chain.aStart;
  // A gap can align words with later ones, which does not repeat anything further up.
  if (period < 1) return [];
  if (over <= 0) return [chain];
  if (over <= period / 2) {
    const shift = shiftToBlock(row, chain.aStart, over);
    return clip(chain, { bStart: chain.bStart + shift, bEnd: chain.aStart + shift });
  }
  if (alikeness(chain) === 1 && chain.aEnd - chain.aStart >= 2 * period) return [chain];
  const shift = shiftToBlock(row, chain.aStart, Math.min(period, over));
  return splitRounds(chain, shift === 0 ? chain.aStart : chain.bStart + shift, period);
}

/** The stretches of a chain whose earlier sides end by `limit`, and by each `period` words after it. */
function splitRounds(chain: Chain, limit: number, period: number): Chain[] {
  const rounds: Chain[] = [];
  let end = limit;
  let matches: Match[] = [];
  for (let match of chain.matches) {
    for (;;) {
      if (match.b >= end) {
        rounds.push(...toChain(matches));
        matches = [];
        end += Math.ceil((match.b + 1 - end) / period) * period;
      }
      const room = end - match.b;
      if (match.length <= room) break;
      matches.push({ ...match, length: room });
      match = { a: match.a + room, b: match.b + room, length: match.length - room };
    }
    matches.push(match);
  }
  rounds.push(...toChain(matches));
  return rounds;
}

/** How many words after `start` a block begins, if within `most`; else 0. */
function shiftToBlock(row: Row, start: number, most: number): number {
  const index = blockOfWord(row, start);
  const first = row.first[index] ?? 0;
  if (first === start) return 0;
  const next = (row.first[index + 1] ?? 0) - start;
  return next <= most ? next : 0;
}

/** Gives later words that two chains claim to the one with more matching words; the other keeps its rest, if solid. */
function strongest(chains: Chain[]): Chain[] {
  chains.sort((x, y) => x.aStart - y.aStart || y.matched - x.matched);
  const kept: Chain[] = [];
  for (const one of chains) {
    let chain: Chain | undefined = one;
    for (let at = kept.length - 1; at >= 0 && at >= kept.length - 16; at--) {
      const other = kept[at];
      if (other === undefined) break;
      const shared = Math.min(chain.aEnd, other.aEnd) - Math.max(chain.aStart, other.aStart);
      if (shared <= 0) continue;
      const shorter = Math.min(chain.aEnd - chain.aStart, other.aEnd - other.aStart);
      if (shared < 0.4 * shorter) continue;
      if (chain.matched > other.matched) {
        kept.splice(at, 1, ...solid(clip(other, { aEnd: chain.aStart })));
      } else {
        [chain] = solid(clip(chain, { aStart: other.aEnd }));
        if (chain === undefined) break;
      }
    }
    if (chain !== undefined) kept.push(chain);
  }
  return kept.sort((x, y) => x.aStart - y.aStart || y.matched - x.matched);
}

function solid(chains: readonly Chain[]): readonly Chain[] {
  return chains.filter(({ matched }) => matched >= SOLID);
}
