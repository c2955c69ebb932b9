import { type Schema, Validator } from "@cfworker/json-schema";
import fc from "fast-check";
import { execFileSync } from "node:child_process";
import path from "node:path";
import { expect, test } from "vitest";
import {
  baselineSchema,
  baselineText,
  readBaseline,
  ruleOfEntry,
} from "../../server/src/settings/baseline-file.ts";
import { fingerprintOf } from "../../server/src/engine/known-findings.ts";
import { passageHash } from "../../server/src/engine/suppression/suppress.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { newFolder } from "../support/folder.ts";
import { runs } from "../support/property.ts";

const entry = fc
  .record({
    rule: fc.constantFrom(...RULES.map(({ id }) => id), "next-years-rule"),
    digest: fc.string().map(passageHash),
    ordinal: fc.integer({ min: 1, max: 1000 }),
  })
  .map(fingerprintOf);

const entries = fc.array(entry, { maxLength: 70 });

const validator = new Validator(baselineSchema() as Schema, "7");

test("what is written is read, sorted, each entry once and in a line of its own", () => {
  fc.assert(
    fc.property(entries, (all) => {
      const text = baselineText(all);
      const { entries: read, problem } = readBaseline(text);
      const each = [...new Set(all)].sort();
      expect(problem).toBeUndefined();
      expect([...read]).toEqual(each);
      expect(text.split("\n").filter((line) => line.includes("/"))).toHaveLength(each.length);
      expect(validator.validate(JSON.parse(text)).valid).toBe(true);
      expect([...read].map(ruleOfEntry)).toEqual(each.map((one) => one.split("/")[0]));
    }),
    runs(100),
  );
});

test("what the schema refuses is a mistake, and nothing else is", () => {
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({
      version: fc.oneof(fc.constant(1), fc.jsonValue()),
      findings: fc.oneof(fc.jsonValue(), fc.array(fc.oneof(entry, fc.jsonValue()))),
    }),
    fc.record({ version: fc.constant(1), findings: entries, more: fc.constant(1) }),
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

test("a damaged text gives one mistake at a place in it, and its whole entries", () => {
  fc.assert(
    fc.property(entries, fc.nat(), fc.string(), (all, at, garbage) => {
      const text = baselineText(all);
      const place = at % text.length;
      const damaged = text.slice(0, place) + garbage + text.slice(place + 1);
      const { entries: read, problem } = readBaseline(damaged);
      expect(read.size).toBeGreaterThanOrEqual(new Set(all).size - 1);
      if (problem === undefined) return;
      expect(problem.span.start).toBeLessThanOrEqual(damaged.length);
      expect(problem.span.end).toBeLessThanOrEqual(damaged.length);
      expect(problem.wholeFile).toBe(read.size === 0);
    }),
    runs(200),
  );
});

test("what two people take out and add in different places is merged", () => {
  const base = Array.from({ length: 30 }, (_, n) => `repeated-word/${passageHash(String(n))}/1`);
  base.sort();
  const added = (n: number): string => (base[n] ?? "").replace(/1$/, "2");
  const ours = [...base.slice(3), added(10)];
  const theirs = [...base.slice(0, -3), added(20)];
  const folder = newFolder({
    base: baselineText(base),
    ours: baselineText(ours),
    theirs: baselineText(theirs),
  });
  try {
    const of = (name: string): string => path.join(folder.path, name);
    const args = ["merge-file", "-p", of("ours"), of("base"), of("theirs")];
    const { entries: read, problem } = readBaseline(
      execFileSync("git", args, { encoding: "utf8" }),
    );
    expect(problem).toBeUndefined();
    expect([...read]).toEqual([...base.slice(3, -3), added(10), added(20)].sort());
  } finally {
    folder.dispose();
  }
});
