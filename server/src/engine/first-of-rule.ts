import { atLeast, type Finding, type Severity } from "../draft/finding.ts";

/** How many findings of one rule are listed of a draft. Nobody reads more, and each takes memory. */
export const MOST_OF_RULE = 1000;

/** The first findings of each rule, and where there are more, one for the rest. Both are sorted by place. */
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
    const message = `And ${rest.toLocaleString("en-US")} more of these from here on, which are not listed one by one.`;
    return [{ rule, severity: gravest, start, end, message, rest }];
  });
}
