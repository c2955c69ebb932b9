import { SEVERITIES } from "../../../draft/finding.ts";
import { toFingerprint } from "../../../engine/known-findings.ts";
import type { Report } from "../../report.ts";
import type { ReportedFinding } from "../../reported.ts";

/** A finding with the path of its draft. */
export interface Located {
  readonly path: string;
  readonly finding: ReportedFinding;
}

export function located({ files }: Report): Located[] {
  return files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })));
}

/** The gravest findings first; equal ones keep the report's order. */
export function gravestFirst<T extends Located>(findings: readonly T[]): T[] {
  const rank = ({ finding }: Located): number => SEVERITIES.indexOf(finding.severity);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}

/** A finding, with what identifies it among all others of its draft, run after run. */
export interface Fingerprinted extends Located {
  /** RULE/DIGEST/ORDINAL, as in a baseline (`engine/known-findings.ts`). */
  readonly fingerprint: string;
}

/** Findings with their fingerprints. Those of one path differ, and stay the same wherever their passages move in it. */
export function fingerprinted(findings: readonly Located[]): Fingerprinted[] {
  const last = new Map<string, number>();
  return findings.map((one) => {
    const { rule, digest } = one.finding;
    const key = JSON.stringify([one.path, rule, digest]);
    // Standard input may have a draft's name, so the same number can occur twice.
    const ordinal = Math.max(one.finding.ordinal ?? 1, (last.get(key) ?? 0) + 1);
    last.set(key, ordinal);
    return { ...one, fingerprint: toFingerprint({ rule, digest, ordinal }) };
  });
}
