import type { Rule } from "../rules/rule.ts";
import { namesOfRule } from "../rules/support/stet-family.ts";

/*
 * What of a draft is new, against a baseline as against another version: a finding of which its draft, or the draft
 * that it was renamed from (`renamed-drafts.ts`), had fewer. Those of one rule about the same words are of one kind. The
 * place in the draft does not count, so edits elsewhere and moved paragraphs make nothing new; nor do other drafts, so
 * each can be judged by itself.
 */

/** What of a finding counts when it is compared with those of another version. */
export interface Identifiable {
  readonly rule: string;
  /** The digest of its passage (`passageDigests`): eight hexadecimal digits. */
  readonly digest: string;
  /** How many findings it stands for, where it is the one for all that are not listed. */
  readonly rest?: number;
}

/** How many findings of its kind its draft has up to this one, which is counted: from 1. */
export interface Numbered {
  readonly ordinal: number;
}

/** How many findings of each kind (`kindOf`) a draft had; undefined: none. */
export type KnownFindings = Pick<ReadonlyMap<string, number>, "get">;

/** RULE/DIGEST. */
export function kindOf({ rule, digest }: Identifiable): string {
  return `${rule}/${digest}`;
}

/** RULE/DIGEST/ORDINAL. */
export function fingerprintOf(finding: Identifiable & Numbered): string {
  return `${kindOf(finding)}/${finding.ordinal}`;
}

/** A draft's findings with their numbers. They are all that it has, hints too, in the order of their places. */
export function numbered<Found extends Identifiable>(
  findings: readonly Found[],
): (Found & Numbered)[] {
  const counts = new Map<string, number>();
  return findings.map((finding) => {
    const kind = kindOf(finding);
    const ordinal = (counts.get(kind) ?? 0) + (finding.rest ?? 1);
    counts.set(kind, ordinal);
    return { ...finding, ordinal };
  });
}

/** What is known of a draft that has these findings of its own; some may be left out of all that are numbered. */
export function countedByKind(
  findings: readonly (Identifiable & Numbered)[],
): ReadonlyMap<string, number> {
  // The last of a kind has the highest number.
  return new Map(findings.map((finding) => [kindOf(finding), finding.ordinal]));
}

/** Whether a finding is not new. What is known of a rule counts for those of its family. */
export function isKnown(
  finding: Identifiable & Numbered,
  known: KnownFindings,
  rules: readonly Rule[],
): boolean {
  return kindsOf(finding, rules).some((kind) => (known.get(kind) ?? 0) >= finding.ordinal);
}

/** What is known and still found: of each kind as many as there are of both. */
export function stillFound(
  findings: readonly Identifiable[],
  known: KnownFindings,
  rules: readonly Rule[],
): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const finding of numbered(findings)) {
    for (const kind of kindsOf(finding, rules)) {
      const most = Math.min(finding.ordinal, known.get(kind) ?? 0);
      if (most > (found.get(kind) ?? 0)) found.set(kind, most);
    }
  }
  return found;
}

function kindsOf({ rule, digest }: Identifiable, rules: readonly Rule[]): string[] {
  return namesOfRule(rules, rule).map((name) => kindOf({ rule: name, digest }));
}
