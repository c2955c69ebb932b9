import { toFingerprint } from "../../../engine/known-findings.ts";
import type { Located } from "./gravest.ts";

/** A finding with what tells it from all others of its draft, run after run. */
export interface Fingerprinted extends Located {
  /** RULE/DIGEST/ORDINAL, as in a baseline (`engine/known-findings.ts`). */
  readonly fingerprint: string;
}

/** Findings with their fingerprints: those of one path differ, and are the same wherever the passages stand in it. */
export function fingerprinted(findings: readonly Located[]): Fingerprinted[] {
  const last = new Map<string, number>();
  return findings.map((one) => {
    const { rule, digest } = one.finding;
    const key = JSON.stringify([one.path, rule, digest]);
    // Standard input may have a draft's name: the same number can be there twice.
    const ordinal = Math.max(one.finding.ordinal ?? 1, (last.get(key) ?? 0) + 1);
    last.set(key, ordinal);
    return { ...one, fingerprint: toFingerprint({ rule, digest, ordinal }) };
  });
}
