import type { Match } from "./align.ts";

/**
 * A stretch of words in two rows: matches in order on both sides, with differences between them.
 * Word numbers of the later row (`a`) and the earlier (`b`); ends are exclusive.
 */
export interface Chain {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
  readonly matches: readonly Match[];
  readonly matched: number;
}

/** One chain of matches that are in order on both sides; none if there are no matches. */
export function toChain(matches: readonly Match[]): Chain[] {
  const first = matches[0];
  const last = matches.at(-1);
  if (first === undefined || last === undefined) return [];
  let matched = 0;
  for (const match of matches) matched += match.length;
  return [
    {
      aStart: first.a,
      aEnd: last.a + last.length,
      bStart: first.b,
      bEnd: last.b + last.length,
      matches,
      matched,
    },
  ];
}

/** Word numbers; an absent bound does not limit its side. */
export interface Bounds {
  readonly aStart?: number;
  readonly aEnd?: number;
  readonly bStart?: number;
  readonly bEnd?: number;
}

/** The part of a chain within bounds on both sides; none if nothing matches there. */
export function clip(chain: Chain, bounds: Bounds): Chain[] {
  const { aStart = 0, aEnd = Infinity, bStart = 0, bEnd = Infinity } = bounds;
  const isWithin =
    chain.aStart >= aStart && chain.aEnd <= aEnd && chain.bStart >= bStart && chain.bEnd <= bEnd;
  if (isWithin) return [chain];
  const matches: Match[] = [];
  for (const { a, b, length } of chain.matches) {
    const skip = Math.max(0, aStart - a, bStart - b);
    const left = Math.min(length, aEnd - a, bEnd - b) - skip;
    if (left > 0) matches.push({ a: a + skip, b: b + skip, length: left });
  }
  return toChain(matches);
}

/** Whether chains, by place in the later row, stand in another order in the earlier. */
export function isReordered(chains: readonly Chain[]): boolean {
  return chains.some((chain, at) => chain.bStart < (chains[at - 1]?.bStart ?? 0));
}

export function sumMatched(chains: readonly Chain[]): number {
  return chains.reduce((sum, { matched }) => sum + matched, 0);
}

/** The first chain in the later copy, or in the earlier. */
export function findFirst(chains: readonly Chain[], by: "aStart" | "bStart"): Chain | undefined {
  return chains.reduce<Chain | undefined>(
    (first, chain) => (first === undefined || chain[by] < first[by] ? chain : first),
    undefined,
  );
}

export function findLast(chains: readonly Chain[], by: "aEnd" | "bEnd"): Chain | undefined {
  return chains.reduce<Chain | undefined>(
    (last, chain) => (last === undefined || chain[by] > last[by] ? chain : last),
    undefined,
  );
}
