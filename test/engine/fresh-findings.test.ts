import fc from "fast-check";
import { expect, test } from "vitest";
import { freshFindings } from "../../server/src/engine/fresh-findings.ts";
import { runs } from "../support/property.ts";

interface Found {
  readonly rule: string;
  readonly digest: string;
  readonly at: number;
}

const finding = fc.record({
  rule: fc.constantFrom("repeated-word", "broken-off", "a/b", "constructor", ""),
  digest: fc.constantFrom("00000000", "ffffffff"),
  at: fc.nat(),
});
const findings = fc.array(finding, { maxLength: 8 });
const drafts = fc.array(fc.record({ before: findings, after: findings }), { maxLength: 5 });

function countOf(all: readonly Found[], { rule, digest }: Found): number {
  return all.filter((one) => one.rule === rule && one.digest === digest).length;
}

test("of equal findings as many are fresh as there are more than before, in the drafts that got them", () => {
  fc.assert(
    fc.property(drafts, fc.array(findings, { maxLength: 3 }), (versions, gone) => {
      const fresh = freshFindings(versions, gone);
      const before = [...versions.flatMap((draft) => draft.before), ...gone.flat()];
      const after = versions.flatMap((draft) => draft.after);
      expect(fresh).toHaveLength(versions.length);
      for (const one of after) {
        const more = Math.max(0, countOf(after, one) - countOf(before, one));
        expect(countOf(fresh.flat(), one)).toBe(more);
        versions.forEach((draft, at) => {
          const own = Math.max(0, countOf(draft.after, one) - countOf(draft.before, one));
          expect(countOf(fresh[at] ?? [], one)).toBeLessThanOrEqual(own);
        });
      }
    }),
    runs(300),
  );
});

test("what is as it was has nothing fresh, and order and places do not matter", () => {
  fc.assert(
    fc.property(findings, (found) => {
      const moved = found.toReversed().map((one) => ({ ...one, at: one.at + 7 }));
      expect(freshFindings([{ before: found, after: moved }])).toEqual([[]]);
      expect(freshFindings([{ before: [], after: moved }], [found])).toEqual([[]]);
      expect(freshFindings([{ before: [], after: found }])[0]).toHaveLength(found.length);
    }),
    runs(200),
  );
});
