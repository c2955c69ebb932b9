import fc from "fast-check";
import { expect, test } from "vitest";
import {
  fingerprintOf,
  goneFindings,
  numbered,
  partFindings,
} from "../../server/src/engine/known-findings.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { runs } from "../support/property.ts";

const finding = fc.record({
  rule: fc.constantFrom("repeated-word", "broken-off", "a/b", "constructor", ""),
  digest: fc.constantFrom("00000000", "ffffffff", "1a2b3c4d"),
});
const draft = fc.array(finding, { maxLength: 70 });

const fingerprintsOf = (findings: Parameters<typeof numbered>[0]): string[] =>
  numbered(findings).map(fingerprintOf);

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

test("of equal findings so many are fresh as are more than before, whatever their order and draft", () => {
  fc.assert(
    fc.property(fc.array(draft, { maxLength: 4 }), draft, (before, after) => {
      const known = new Set(before.flatMap(fingerprintsOf));
      const parted = partFindings(after, known, RULES);
      const count = (all: typeof after, one: (typeof after)[number]): number =>
        all.filter(({ rule, digest }) => rule === one.rule && digest === one.digest).length;
      for (const one of after) {
        const most = Math.max(0, ...before.map((all) => count(all, one)));
        const expected = Math.max(0, count(after, one) - most);
        expect(parted.fresh.filter((its) => count([its], one) === 1)).toHaveLength(expected);
      }
      expect(parted.known.length + parted.fresh.length).toBe(after.length);
      expect(parted.matched).toEqual(parted.known.map(fingerprintOf));
      const gone = goneFindings(known, new Set(parted.matched));
      expect(gone.length + new Set(parted.matched).size).toBe(known.size);
    }),
    runs(200),
  );
});

test("what is known is no more fresh, in any order, and nothing else becomes known", () => {
  fc.assert(
    fc.property(draft, draft, (before, added) => {
      const known = new Set(fingerprintsOf(before));
      expect(partFindings(before.toReversed(), known, RULES).fresh).toEqual([]);
      const { fresh } = partFindings([...before, ...added], known, RULES);
      expect(fresh.map(({ rule, digest }) => ({ rule, digest }))).toEqual(added);
    }),
    runs(200),
  );
});

test("what is known of a rule stands for those of its family", () => {
  const known = new Set(["empty-attribution/00000000/1"]);
  const findings = ["orphaned-fragment", "repeated-word"].map((rule) => ({
    rule,
    digest: "00000000",
  }));
  const { fresh, matched } = partFindings(findings, known, RULES);
  expect(fresh.map(({ rule }) => rule)).toEqual(["repeated-word"]);
  expect(goneFindings(known, new Set(matched))).toEqual([]);
});

test("a set of 100,000 costs a draft no more than one lookup for each finding", () => {
  let lookups = 0;
  class Counting extends Set<string> {
    override has(fingerprint: string): boolean {
      lookups++;
      return super.has(fingerprint);
    }
  }
  const known = new Counting(Array.from({ length: 100_000 }, (_, n) => `repeated-word/${n}/1`));
  const findings = Array.from({ length: 70 }, (_, n) => ({
    rule: "repeated-word",
    digest: String(n),
  }));
  expect(partFindings(findings, known, RULES).known).toHaveLength(70);
  expect(lookups).toBe(70);
});
