import type { Match, Stretches } from "./align.ts";

/** Matches in order on both sides, with differences between them. */
export interface Chain extends Stretches {
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

/** The part of a chain within bounds; an absent one does not limit its side. None if nothing matches there. */
export function clip(chain: Chain, bounds: Partial<Stretches>): Chain[] {
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

/** Whether chains, sorted by place in the later row, are in another order in the earlier. */
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
