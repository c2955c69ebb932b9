import fc from "fast-check";
import { expect, test } from "vitest";
import { type DraftKinds, renamedDrafts } from "../../server/src/engine/renamed-drafts.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { runs } from "../support/property.ts";

const kind = fc.constantFrom(
  ...["repeated-word/1", "repeated-word/2", "broken-off/1", "repeated-elsewhere/1", "__proto__/1"],
);
const kinds = fc
  .uniqueArray(fc.tuple(kind, fc.integer({ min: 1, max: 3 })), { selector: ([one]) => one })
  .map((all): ReadonlyMap<string, number> => new Map(all));
const drafts = fc
  .uniqueArray(fc.tuple(fc.constantFrom("a", "b", "c", "d", "e", "f", "g", "h"), kinds), {
    selector: ([name]) => name,
    maxLength: 6,
  })
  .map((all): DraftKinds => new Map(all));
const found = drafts.map((all) => new Map([...all].filter(([, its]) => its.size > 0)));

/** Findings within a draft, which are compared first. */
const textOf = (its: ReadonlyMap<string, number> | undefined): string =>
  JSON.stringify([...(its ?? [])].filter(([one]) => !one.includes("elsewhere")).sort());

test("every renamed draft is recognised, once", () => {
  fc.assert(
    fc.property(found, drafts, fc.func(fc.nat({ max: 9 })), (gone, more, order) => {
      const moved = new Map<string, ReadonlyMap<string, number>>(
        [...gone].map(([name, its]) => [`${order(name)}/${name}`, its]),
      );
      const isEqual = (its: ReadonlyMap<string, number>): boolean =>
        [...gone.values()].some((one) => textOf(one) === textOf(its));
      // New drafts beside them, none of which is similar to an old one.
      const added = new Map([...moved, ...[...more].filter(([, its]) => !isEqual(its))]);
      const renamed = renamedDrafts(gone, moved, RULES);
      expect([...renamed.values()].sort()).toEqual([...gone.keys()].sort());
      for (const [now, before] of renamed) {
        expect(textOf(moved.get(now))).toBe(textOf(gone.get(before)));
      }
      expect(new Set(renamedDrafts(gone, added, RULES).values()).size).toBe(gone.size);
    }),
    runs(300),
  );
});

test("each draft has at most one earlier name, with which it shares a finding", () => {
  fc.assert(
    fc.property(drafts, drafts, (gone, added) => {
      const renamed = renamedDrafts(gone, added, RULES);
      expect(new Set(renamed.values()).size).toBe(renamed.size);
      for (const [now, before] of renamed) {
        const its = added.get(now);
        expect([...(gone.get(before)?.keys() ?? [])].some((one) => its?.has(one))).toBe(true);
      }
      // No draft is left that shares a finding.
      for (const [before, its] of gone) {
        for (const [now, others] of added) {
          if (renamed.has(now) || [...renamed.values()].includes(before)) continue;
          expect([...its.keys()].some((one) => others.has(one))).toBe(false);
        }
      }
      const turned = renamedDrafts(
        new Map([...gone].reverse()),
        new Map([...added].reverse()),
        RULES,
      );
      expect([...turned].sort()).toEqual([...renamed].sort());
    }),
    runs(300),
  );
});

test("the draft that shares most findings is taken, then the one with fewest others, then the first", () => {
  const gone = new Map([
    [
      "old",
      new Map([
        ["a/1", 2],
        ["b/1", 1],
      ]),
    ],
  ]);
  const one = (...its: [string, number][]): ReadonlyMap<string, number> => new Map(its);
  const chosen = (added: Record<string, ReadonlyMap<string, number>>): string[] => [
    ...renamedDrafts(gone, new Map(Object.entries(added)), RULES).keys(),
  ];
  expect(chosen({ a: one(["a/1", 1]), b: one(["a/1", 5]) })).toEqual(["b"]);
  expect(chosen({ a: one(["a/1", 2], ["c/1", 9]), b: one(["a/1", 2]) })).toEqual(["b"]);
  expect(chosen({ b: one(["a/1", 2]), a: one(["a/1", 2]) })).toEqual(["a"]);
  expect(chosen({ a: one(["c/1", 2]) })).toEqual([]);
  // What a draft shares with others counts only if it has no findings of its own.
  const shares = new Map([["old", one(["repeated-elsewhere/1", 5], ["a/1", 1])]]);
  const added = new Map([
    ["a", one(["repeated-elsewhere/1", 5])],
    ["b", one(["a/1", 1])],
  ]);
  expect([...renamedDrafts(shares, added, RULES)]).toEqual([["b", "old"]]);
});

test("a finding in thousands of drafts is compared in only some of them, and each is recognised", () => {
  const drafts = (prefix: string, its: ReadonlyMap<string, number>): DraftKinds =>
    new Map(Array.from({ length: 1000 }, (_, at) => [`${prefix}${at}`, its]));
  let looked = 0;
  class Counting extends Map<string, number> {
    override get(kind: string): number | undefined {
      looked++;
      return super.get(kind);
    }
  }
  const its = new Map([["repeated-elsewhere/1", 1]]);
  const added = drafts("new", new Counting(its));
  expect(renamedDrafts(drafts("old", its), added, RULES).size).toBe(1000);
  expect(looked).toBeLessThanOrEqual(1000 * 200);
});
