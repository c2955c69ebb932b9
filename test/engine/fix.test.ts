import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import { applyEdits, type Edit } from "../../server/src/text/edits.ts";
import { safeEdits } from "../support/safe-edits.ts";
import { runs } from "../support/property.ts";
import { wording } from "../../server/src/text/wording.ts";

function finding(...fixes: Fix[]): Finding {
  return { rule: "r", severity: "warning", start: 0, end: 1, message: wording("m"), fixes };
}

function fix(safe: boolean, ...edits: Edit[]): Fix {
  return { title: wording("t"), safe, edits };
}

const edit = (start: number, end: number, newText = ""): Edit => ({ start, end, newText });

test("edits are applied in order of place, and of two that overlap the first", () => {
  expect(applyEdits("first/other", [edit(6, 11, "B"), edit(0, 5, "A")])).toBe("A/B");
  expect(applyEdits("abcdef", [edit(2, 6), edit(0, 4, "-")])).toBe("-ef");
});

test("only safe fixes of this draft are taken, each completely, and none overlap", () => {
  const [a, b, touching] = [edit(0, 2), edit(10, 12), edit(2, 3)];
  expect(safeEdits([finding(fix(false, a)), finding(fix(true, b))])).toEqual([b]);
  expect(safeEdits([finding(fix(true, a, b)), finding(fix(true, touching))])).toEqual([a, b]);
  expect(safeEdits([finding({ ...fix(true, a), uri: "file:///other.md" })])).toEqual([]);
  expect(safeEdits([finding(fix(true, a))], () => false)).toEqual([]);
  // Each of two drafts could lose its copy of what they share.
  const related = [{ uri: "file:///other.md", start: 0, end: 1, message: wording("m") }];
  expect(safeEdits([{ ...finding(fix(true, a)), related }])).toEqual([]);
});

test("safe edits never overlap", () => {
  const some = fc
    .tuple(fc.nat(30), fc.nat(5), fc.constantFrom("", "x"))
    .map(([start, length, newText]) => edit(start, start + length, newText));
  fc.assert(
    fc.property(fc.array(some, { maxLength: 8 }), (edits) => {
      const chosen = safeEdits(edits.map((one) => finding(fix(true, one))));
      const sorted = [...chosen].sort((a, b) => a.start - b.start);
      sorted.slice(1).forEach((one, index) => {
        expect(one.start).toBeGreaterThan(sorted[index]?.end ?? 0);
      });
    }),
    runs(100),
  );
});
