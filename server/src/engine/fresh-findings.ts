import { fingerprintOf, type Identifiable, numbered, type Numbered } from "./known-findings.ts";

/** The findings of a draft in two versions; `before` is empty where the earlier has no such draft. */
export interface TwoVersions<Found> {
  readonly before: readonly Identifiable[];
  readonly after: readonly Found[];
}

/**
 * The findings of the later versions that the earlier ones lack, for each draft. Fingerprints of one draft are
 * compared first; what a draft has lost may then have moved to another, or be that of a file that has another name
 * now: each finding of `gone` and of a changed draft stands for one in another draft at the most. So of equal rule and
 * digest as many are fresh as there are more than before, and they are those of the drafts that got them.
 */
export function freshFindings<Found extends Identifiable>(
  drafts: readonly TwoVersions<Found>[],
  gone: readonly (readonly Identifiable[])[] = [],
): (Found & Numbered)[][] {
  const left = new Map<string, number>();
  const add = (finding: Identifiable): void => {
    const key = keyOf(finding);
    left.set(key, (left.get(key) ?? 0) + 1);
  };
  const unmatched = drafts.map(({ before, after }) => {
    const earlier = numbered(before);
    const later = numbered(after);
    const known = new Set(earlier.map(fingerprintOf));
    const laterPrints = new Set(later.map(fingerprintOf));
    for (const finding of earlier) if (!laterPrints.has(fingerprintOf(finding))) add(finding);
    return later.filter((finding) => !known.has(fingerprintOf(finding)));
  });
  for (const findings of gone) findings.forEach(add);
  return unmatched.map((findings) =>
    findings.filter((finding) => {
      const key = keyOf(finding);
      const count = left.get(key) ?? 0;
      if (count > 0) left.set(key, count - 1);
      return count === 0;
    }),
  );
}

function keyOf({ rule, digest }: Identifiable): string {
  return `${rule}/${digest}`;
}
