import { type Finding, isRepeat } from "../draft/finding.ts";
import { lowerBoundBy } from "../text/search.ts";
import type { Span } from "../text/span.ts";

/**
 * The findings, sorted by place, without those in the later copy of a passage that say the same of the earlier one,
 * word for word. Only where the copy itself is reported louder than a hint: it may go, and then they go with it. Of
 * two about the same two passages the first is kept.
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

/** The findings in a passage that speak of no other place. */
function findingsWithin(findings: readonly Finding[], { start, end }: Span): Finding[] {
  const first = lowerBoundBy(findings, start, (one) => one.start);
  const after = lowerBoundBy(findings, end, (one) => one.start);
  return findings
    .slice(first, after)
    .filter((one) => one.end <= end && (one.related ?? []).length === 0);
}

function toStatement({ rule, message }: Finding): string {
  return `${rule} ${message}`;
}
