/* Which findings are not listed: what a merge conflict explains, what a copy repeats, and more than anybody reads. */

import { type Conflict, conflictAt, getConflicts, sideAt } from "../draft/conflicts.ts";
import type { Draft } from "../draft/draft.ts";
import { atLeast, type Finding, isRepeat, type Severity } from "../draft/finding.ts";
import type { Rule } from "../rules/rule.ts";
import { partitionPointBy } from "../text/search.ts";
import { overlaps, type Span } from "../text/span.ts";
import { grouped, say, wording } from "../text/wording.ts";

/**
 * The findings that merge conflicts don't explain. Only rules about conflicts report the marks, which are neither prose
 * nor markup, and the versions of a conflict don't count as repeats.
 */
export function besideConflicts(
  draft: Draft,
  rules: readonly Rule[],
  findings: readonly Finding[],
): readonly Finding[] {
  const conflicts = getConflicts(draft);
  if (conflicts.length === 0) return findings;
  const marks = conflicts.flatMap((conflict) => conflict.marks);
  const exempt = new Set(rules.filter((rule) => rule.readsConflicts).map(({ id }) => id));
  return findings.filter(
    (finding) =>
      exempt.has(finding.rule) ||
      (!touchesOne(marks, finding) && !comparesVersions(conflicts, finding)),
  );
}

function touchesOne(marks: Conflict["marks"], finding: Finding): boolean {
  const mark = marks[partitionPointBy(marks, ({ end }) => end <= finding.start)];
  return mark !== undefined && overlaps(mark, finding);
}

/** Whether a finding is about one version and refers only to another version of the same passage. */
function comparesVersions(conflicts: readonly Conflict[], { start, related }: Finding): boolean {
  const conflict = conflictAt(conflicts, start);
  if (conflict === undefined || related === undefined || related.length === 0) return false;
  const side = sideAt(conflict, start);
  return related.every((other) => {
    if (other.uri !== undefined) return false;
    const its = sideAt(conflict, other.start);
    return its >= 0 && its !== side;
  });
}

/**
 * The findings, sorted by place, without those in the later copy of a passage that are also reported in the earlier
 * one, word for word. This applies only if the copy itself is reported above a hint: it may be deleted, and they go
 * with it. Of two about the same two passages the first is kept.
 */
export function saidOnce(findings: Finding[]): Finding[] {
  const again = new Set<Finding>();
  const pairs = new Set<string>();
  for (const copy of findings) {
    const [earlier] = copy.related ?? [];
    if (earlier === undefined || !isRepeat(copy)) continue;
    const pair = [copy.start, copy.end, earlier.start, earlier.end].join();
    if (pairs.has(pair)) again.add(copy);
    pairs.add(pair);
    if (copy.severity === "hint") continue;
    const said = new Set(findingsWithin(findings, earlier).map(toStatement));
    if (said.size === 0) continue;
    for (const one of findingsWithin(findings, copy)) {
      if (said.has(toStatement(one))) again.add(one);
    }
  }
  return again.size === 0 ? findings : findings.filter((one) => !again.has(one));
}

/** The findings in a passage that refer to no other place. */
function findingsWithin(findings: readonly Finding[], { start, end }: Span): Finding[] {
  const first = partitionPointBy(findings, (one) => one.start < start);
  const after = partitionPointBy(findings, (one) => one.start < end);
  return findings
    .slice(first, after)
    .filter((one) => one.end <= end && (one.related ?? []).length === 0);
}

function toStatement({ rule, message }: Finding): string {
  return `${rule} ${say(message)}`;
}

/** How many findings of one rule are listed in a draft. Nobody reads more, and each takes memory. */
export const MOST_OF_RULE = 1000;

/** The first findings of each rule and, if there are more, one for the rest. Both are sorted by place. */
export function firstOfEachRule(findings: Finding[]): Finding[] {
  if (findings.length <= MOST_OF_RULE) return findings;
  const totals = new Map<string, { readonly count: number; readonly gravest: Severity }>();
  for (const { rule, severity } of findings) {
    const { count, gravest } = totals.get(rule) ?? { count: 0, gravest: severity };
    const graver = atLeast(severity, gravest) ? severity : gravest;
    totals.set(rule, { count: count + 1, gravest: graver });
  }
  const seen = new Map<string, number>();
  return findings.flatMap((finding) => {
    const { rule, start, end } = finding;
    const number = (seen.get(rule) ?? 0) + 1;
    seen.set(rule, number);
    if (number <= MOST_OF_RULE) return [finding];
    if (number > MOST_OF_RULE + 1) return [];
    const { count, gravest } = totals.get(rule) ?? { count: number, gravest: finding.severity };
    const rest = count - MOST_OF_RULE;
    const message = wording(
      "And {0} more of these from here on, which are not listed one by one.",
      grouped(rest),
    );
    return [{ rule, severity: gravest, start, end, message, rest }];
  });
}
