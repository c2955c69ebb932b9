import type { Rule } from "../rules/rule.ts";
import { namesOfRule } from "../rules/support/stet-family.ts";

/*
 * What makes findings of two versions the same: the rule, the digest of the passage's words, and which of those that
 * are alike in its draft it is. Neither the draft's name nor the place in it counts, so a finding stays the same when
 * text elsewhere is edited, its paragraph is moved, or its file is renamed. The drafts are counted one by one, so each
 * can be judged without the others; equal passages in several drafts have equal fingerprints, as they have one stet.
 */

/** What of a finding counts when it is compared with those of another version. */
export interface Identifiable {
  readonly rule: string;
  /** The digest of its passage (`passageDigests`): eight hexadecimal digits. */
  readonly digest: string;
}

/** Which of the findings of equal rule and digest in its draft a finding is, from 1. */
export interface Numbered {
  readonly ordinal: number;
}

/** The fingerprints of findings of an earlier version, of any number of drafts. */
export type KnownFindings = ReadonlySet<string>;

/** RULE/DIGEST/ORDINAL. */
export function fingerprintOf({ rule, digest, ordinal }: Identifiable & Numbered): string {
  return `${rule}/${digest}/${ordinal}`;
}

/** A draft's findings with their numbers. They are all that it has, hints too, in the order of their places. */
export function numbered<Found extends Identifiable>(
  findings: readonly Found[],
): (Found & Numbered)[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const key = fingerprintOf({ ...finding, ordinal: 0 });
    const ordinal = (counts.get(key) ?? 0) + 1;
    counts.set(key, ordinal);
    return { ...finding, ordinal };
  });
}

/** Whether an earlier version had each of a draft's findings. All three lists keep the order. */
export interface Parted<Found> {
  readonly known: readonly (Found & Numbered)[];
  readonly fresh: readonly (Found & Numbered)[];
  /** The known fingerprints that stand for one of the findings. */
  readonly matched: readonly string[];
}

/**
 * Parts a draft's findings (see `numbered`) by whether they are known. What is known of a rule counts for
 * those of its family.
 */
export function partFindings<Found extends Identifiable>(
  findings: readonly Found[],
  knownFindings: KnownFindings,
  rules: readonly Rule[],
): Parted<Found> {
  const known: (Found & Numbered)[] = [];
  const fresh: (Found & Numbered)[] = [];
  const matched: string[] = [];
  for (const finding of numbered(findings)) {
    const found = namesOfRule(rules, finding.rule)
      .map((rule) => fingerprintOf({ ...finding, rule }))
      .filter((fingerprint) => knownFindings.has(fingerprint));
    (found.length > 0 ? known : fresh).push(finding);
    matched.push(...found);
  }
  return { known, fresh, matched };
}

/** The known findings that none of these fingerprints stands for any more, in their order. */
export function goneFindings(known: KnownFindings, matched: ReadonlySet<string>): string[] {
  return [...known].filter((fingerprint) => !matched.has(fingerprint));
}
