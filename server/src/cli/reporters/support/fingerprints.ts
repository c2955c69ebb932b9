import type { Located } from "./gravest.ts";

/** A finding with what tells it from all others of its draft, run after run. */
export interface Fingerprinted extends Located {
  /** RULE/DIGEST/ORDINAL: the digest of its passage, and which of those that are alike in its draft it is, from 1. */
  readonly fingerprint: string;
}

/** Findings with their fingerprints: those of one path differ, and are the same wherever the passages stand in it. */
export function fingerprinted(findings: readonly Located[]): Fingerprinted[] {
  const counts = new Map<string, number>();
  return findings.map((one) => {
    const { rule, digest } = one.finding;
    const key = JSON.stringify([one.path, rule, digest]);
    const ordinal = (counts.get(key) ?? 0) + 1;
    counts.set(key, ordinal);
    return { ...one, fingerprint: `${rule}/${digest}/${ordinal}` };
  });
}
