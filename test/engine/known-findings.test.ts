import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countedByKind,
  toFingerprint,
  isKnown,
  type Identifiable,
  toKind,
  numbered,
  countRemaining,
} from "../../server/src/engine/known-findings.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { runs } from "../support/property.ts";

const finding = fc.record({
  rule: fc.constantFrom("repeated-word", "broken-off", "a/b", "constructor", ""),
  digest: fc.constantFrom("00000000", "ffffffff", "1a2b3c4d"),
});
const draft = fc.array(finding, { maxLength: 70 });

const fingerprintsOf = (findings: Parameters<typeof numbered>[0]): string[] =>
  numbered(findings).map(toFingerprint);

test("the fingerprints of a draft's findings differ", () => {
  fc.assert(
    fc.property(draft, (findings) => {
      const prints = fingerprintsOf(findings);
      expect(prints).toHaveLength(findings.length);
      expect(new Set(prints).size).toBe(findings.length);
    }),
    runs(200),
  );
});

const knownOf = (findings: readonly Identifiable[]): ReadonlyMap<string, number> =>
  countedByKind(numbered(findings));
const countOf = (findings: readonly Identifiable[], kind: string): number =>
  findings.filter((one) => toKind(one) === kind).length;

test("for each kind, the number of new findings is the increase, in whatever order they are", () => {
  fc.assert(
    fc.property(draft, draft, (before, after) => {
      const known = knownOf(before.toReversed());
      const fresh = numbered(after).filter((one) => !isKnown(one, known, RULES));
      const still = countRemaining(after, known, RULES);
      for (const kind of new Set([...before, ...after].map(toKind))) {
        const more = countOf(after, kind) - countOf(before, kind);
        expect(countOf(fresh, kind)).toBe(Math.max(0, more));
        const both = Math.min(countOf(after, kind), countOf(before, kind));
        expect(still.get(kind) ?? 0).toBe(both);
      }
    }),
    runs(200),
  );
});

test("a finding that is not listed individually is new if there are more than before", () => {
  const rest = (count: number): Identifiable[] => [
    { rule: "repeated-word", digest: "00000000" },
    { rule: "repeated-word", digest: "ffffffff", rest: count },
  ];
  const isNew = (before: number, after: number): boolean[] =>
    numbered(rest(after)).map((one) => !isKnown(one, knownOf(rest(before)), RULES));
  expect(isNew(7, 7)).toEqual([false, false]);
  expect(isNew(7, 6)).toEqual([false, false]);
  expect(isNew(7, 8)).toEqual([false, true]);
  expect([...countRemaining(rest(5), knownOf(rest(7)), RULES).values()]).toEqual([1, 5]);
});

test("an entry for a rule also covers the rules of its family", () => {
  const known = new Map([["empty-attribution/00000000", 1]]);
  const findings = ["orphaned-fragment", "repeated-word"].map((rule) => ({
    rule,
    digest: "00000000",
  }));
  const fresh = numbered(findings).filter((one) => !isKnown(one, known, RULES));
  expect(fresh.map(({ rule }) => rule)).toEqual(["repeated-word"]);
  expect([...countRemaining(findings, known, RULES)]).toEqual([...known]);
});

test("a list of 100,000 costs one lookup per finding of a draft", () => {
  let lookups = 0;
  const kinds = new Map(Array.from({ length: 100_000 }, (_, n) => [`repeated-word/${n}`, 1]));
  const known = { get: (kind: string) => (lookups++, kinds.get(kind)) };
  const findings = Array.from({ length: 70 }, (_, n) => ({
    rule: "repeated-word",
    digest: String(n),
  }));
  expect(numbered(findings).every((one) => isKnown(one, known, RULES))).toBe(true);
  expect(lookups).toBe(70);
});
