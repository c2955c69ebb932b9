import { type Conflict, conflictAt, getConflicts, sideAt } from "../draft/conflicts.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import type { Rule } from "../rules/rule.ts";
import { upperBoundBy } from "../text/search.ts";
import { overlaps } from "../text/span.ts";

/**
 * The findings that merge conflicts don't explain. Only rules about conflicts speak of the marks, which are neither
 * prose nor markup, and the versions of a conflict don't repeat each other.
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
  const next = upperBoundBy(marks, finding.start, ({ end }) => end);
  const mark = marks[next];
  return mark !== undefined && overlaps(mark, finding);
}

/** Whether a finding is about one version and speaks of nothing but another version of the same passage. */
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
