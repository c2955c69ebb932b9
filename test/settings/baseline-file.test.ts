import { type Schema, Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import {
  baselineSchema,
  baselineText,
  type Listed,
  readBaseline,
} from "../../server/src/settings/baseline-file.ts";
import { passageHash } from "../../server/src/engine/suppression/suppress.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { newFolder } from "../support/for-one-test.ts";
import { runs } from "../support/property.ts";

/** Possible names of drafts, including some that look like an entry, or end a JSON string or a line. */
const draft = fc.oneof(
  fc.constantFrom("a.md", "in/b c.md", 'q"\\.md', "li\nne.md", "__proto__", "a/0a0a0a0a/1 "),
  fc.string({ minLength: 1 }),
);
const key = fc
  .record({
    draft,
    rule: fc.constantFrom(...RULES.map(({ id }) => id), "next-years-rule"),
    digest: fc.string().map(passageHash),
  })
  .map((one) => `${one.draft} ${one.rule}/${one.digest}`);
const count = fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant(999_999_999));
const entry = fc.tuple(key, count);
const listed = fc.array(entry, { maxLength: 40 }).map((all): Listed => new Map(all));
const rows = (of: Listed): string[] => [...of].map((one) => JSON.stringify(one)).sort();

const validator = new Validator(baselineSchema() as Schema, "7");

test("a written file can be read, sorted, with one entry per line", () => {
  fc.assert(
    fc.property(listed, (all) => {
      const text = baselineText(all);
      const { listed: read, problem } = readBaseline(text);
      expect(problem).toBeUndefined();
      expect(rows(read)).toEqual(rows(all));
      const { findings } = JSON.parse(text) as { readonly findings: string[] };
      expect(findings).toEqual([...findings].sort());
      expect(text.trimEnd().split("\n")).toHaveLength(5 + findings.length);
      expect(validator.validate(JSON.parse(text)).valid).toBe(true);
    }),
    runs(100),
  );
});

test("exactly what the schema rejects is a mistake", () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({
      version: fc.oneof(fc.constant(2), fc.jsonValue()),
      findings: fc.oneof(
        fc.jsonValue(),
        fc.array(
          fc.oneof(
            entry.map((one) => one.join("/")),
            fc.jsonValue(),
          ),
        ),
      ),
    }),
    fc.record({
      version: fc.constant(2),
      findings: fc.array(entry.map((one) => one.join("/"))),
      more: fc.constant(1),
    }),
  );
  let valid = 0;
  fc.assert(
    fc.property(value, (one) => {
      const fits = validator.validate(one).valid;
      expect(readBaseline(JSON.stringify(one)).problem === undefined).toBe(fits);
      valid += Number(fits);
    }),
    runs(300),
  );
  expect(valid).toBeGreaterThan(20);
});

test("a damaged text has one mistake at a place in it, and its complete entries", () => {
  fc.assert(
    fc.property(listed, fc.nat(), fc.string(), (all, at, garbage) => {
      const text = baselineText(all);
      const place = at % text.length;
      const damaged = text.slice(0, place) + garbage + text.slice(place + 1);
      const { listed: read, problem } = readBaseline(damaged);
      const known = new Set(rows(read));
      expect(rows(all).filter((one) => !known.has(one)).length).toBeLessThanOrEqual(1);
      if (problem === undefined) return;
      expect(problem.span.start).toBeLessThanOrEqual(damaged.length);
      expect(problem.span.end).toBeLessThanOrEqual(damaged.length);
      expect(problem.wholeFile).toBe(read.size === 0);
    }),
    runs(200),
  );
});

test("two people's changes in different places are merged", () => {
  const base = Array.from({ length: 30 }, (_, n): [string, number] => [
    `${String(n).padStart(2, "0")}.md repeated-word/${passageHash(String(n))}`,
    1,
  ]);
  const added = (n: number): [string, number] => [`${n}.md new/00000000`, 2];
  const ours = [...base.slice(3), added(10)];
  const theirs = [...base.slice(0, -3), added(20)];
  const folder = newFolder({
    base: baselineText(new Map(base)),
    ours: baselineText(new Map(ours)),
    theirs: baselineText(new Map(theirs)),
  });
  const of = (name: string): string => path.join(folder.path, name);
  const args = ["merge-file", "-p", of("ours"), of("base"), of("theirs")];
  const { listed: read, problem } = readBaseline(execFileSync("git", args, { encoding: "utf8" }));
  expect(problem).toBeUndefined();
  expect(rows(read)).toEqual(rows(new Map([...base.slice(3, -3), added(10), added(20)])));
});
