import type { Rule } from "../rules/rule.ts";
import { namesOfRule } from "../rules/support/stets.ts";

/*
 * What is new in a draft, compared with a baseline or another version: findings of a kind of which the draft, or the
 * one it was renamed from (`renamed-drafts.ts`), had fewer. A kind is a rule and a digest of the words. Places don't
 * count, so edits elsewhere make nothing new, and neither do other drafts.
 */

/** What identifies a finding in another version. */
export interface Identifiable {
  readonly rule: string;
  /** The digest of its passage (`passageDigests`): eight hexadecimal digits. */
  readonly digest: string;
  /** How many findings it represents, if it represents all that are not listed. */
  readonly rest?: number;
}

/** The number of a finding among those of its kind, from 1. */
export interface Numbered {
  readonly ordinal: number;
}

/** How many findings of each kind a draft had. */
export type KnownFindings = Pick<ReadonlyMap<string, number>, "get">;

/** RULE/DIGEST. */
export function toKind({ rule, digest }: Identifiable): string {
  return `${rule}/${digest}`;
}

/** RULE/DIGEST/ORDINAL. */
export function toFingerprint(finding: Identifiable & Numbered): string {
  return `${toKind(finding)}/${finding.ordinal}`;
}

/** Numbers all findings of a draft, including hints, which are sorted by place. */
export function numbered<Found extends Identifiable>(
  findings: readonly Found[],
): (Found & Numbered)[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const kind = toKind(finding);
    const ordinal = (counts.get(kind) ?? 0) + (finding.rest ?? 1);
    counts.set(kind, ordinal);
    return { ordinal, ...finding };
  });
}

/** How many findings of each kind a draft has; some of the numbered ones may be left out. */
export function countedByKind(
  findings: readonly (Identifiable & Numbered)[],
): ReadonlyMap<string, number> {
  // The last of each kind wins.
  return new Map(findings.map((finding) => [toKind(finding), finding.ordinal]));
}

/** Whether a finding is known, under its rule or one of its family. */
export function isKnown(
  finding: Identifiable & Numbered,
  known: KnownFindings,
  rules: readonly Rule[],
): boolean {
  return familyKinds(finding, rules).some((kind) => (known.get(kind) ?? 0) >= finding.ordinal);
}

/** The known findings that are still there: for each kind the smaller count. */
export function countRemaining(
  findings: readonly Identifiable[],
  known: KnownFindings,
  rules: readonly Rule[],
): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const finding of numbered(findings)) {
    for (const kind of familyKinds(finding, rules)) {
      const most = Math.min(finding.ordinal, known.get(kind) ?? 0);
      if (most > (counts.get(kind) ?? 0)) counts.set(kind, most);
    }
  }
  return counts;
}

function familyKinds({ rule, digest }: Identifiable, rules: readonly Rule[]): string[] {
  return namesOfRule(rules, rule).map((name) => toKind({ rule: name, digest }));
}
