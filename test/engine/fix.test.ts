import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import type { Edit } from "../../server/src/text/edits.ts";
import { safeEdits } from "../../server/src/engine/fix.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";

function finding(...fixes: Fix[]): Finding {
  return { rule: "r", severity: "warning", start: 0, end: 1, message: "m", fixes };
}

function fix(safe: boolean, ...edits: Edit[]): Fix {
  return { title: "t", safe, edits };
}

test("edits are applied in the order of their places", () => {
  const edits = [
    { start: 6, end: 11, newText: "B" },
    { start: 0, end: 5, newText: "A" },
  ];
  expect(applyEdits("first/other", edits)).toBe("A/B");
});

test("of two that overlap, the first is applied", () => {
  const edits = [
    { start: 2, end: 6, newText: "" },
    { start: 0, end: 4, newText: "-" },
  ];
  expect(applyEdits("abcdef", edits)).toBe("-ef");
});

test("only safe fixes of this draft are taken, each whole, none touching another", () => {
  const a = { start: 0, end: 2, newText: "" };
  const b = { start: 10, end: 12, newText: "" };
  const touching = { start: 2, end: 3, newText: "" };
  expect(safeEdits([finding(fix(false, a)), finding(fix(true, b))])).toEqual([b]);
  expect(safeEdits([finding(fix(true, a, b)), finding(fix(true, touching))])).toEqual([a, b]);
  expect(safeEdits([finding({ ...fix(true, a), uri: "file:///other.md" })])).toEqual([]);
  expect(safeEdits([finding(fix(true, a))], () => false)).toEqual([]);
});

test("safe edits never overlap", () => {
  const edit = fc
    .tuple(fc.nat(30), fc.nat(5), fc.constantFrom("", "x"))
    .map(([start, length, newText]) => ({ start, end: start + length, newText }));
  fc.assert(
    fc.property(fc.array(edit, { maxLength: 8 }), (edits) => {
      const chosen = safeEdits(edits.map((one) => finding(fix(true, one))));
      const sorted = [...chosen].sort((a, b) => a.start - b.start);
      sorted.slice(1).forEach((one, index) => {
        expect(one.start).toBeGreaterThan(sorted[index]?.end ?? 0);
      });
    }),
    runs(100),
  );
});
