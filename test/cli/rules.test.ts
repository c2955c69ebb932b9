import { expect, test } from "vitest";
import { noSuchRule, rules } from "../../server/src/cli/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { rulePage } from "../../server/src/rules/support/rule-page.ts";
import { ioIn } from "../support/command.ts";

test("without an argument: a line for each rule", () => {
  const io = ioIn("/");
  expect(rules(undefined, io)).toBe(0);
  const lines = io.out().split("\n").slice(0, -1);
  expect(lines.map((line) => line.split(/ {2,}/)[0])).toEqual(RULES.map(({ id }) => id));
  expect(
    new Set(lines.map((line) => line.search(/ (?:error|warning|information|hint) /))).size,
  ).toBe(1);
});

test.each(RULES.map((rule) => [rule.id, rule] as const))("%s: its page", (id, rule) => {
  const io = ioIn("/");
  expect(rules(id, io)).toBe(0);
  expect(io.out()).toBe(rulePage(rule));
});

test("an unknown rule: the similar one that may be meant, without control characters", () => {
  const [first] = RULES;
  expect(noSuchRule(`${first?.id ?? ""}x`)).toContain(`Did you mean “${first?.id ?? ""}”?`);
  expect(noSuchRule("zzzzzzzzzzzzzzzz")).toMatch(/See galley rules\.$/);
  const io = ioIn("/");
  expect(rules("\u001B[2J", io)).toBe(2);
  expect(io.err()).toMatch(/^galley: There is no rule/);
  expect(io.err()).not.toContain("\u001B");
  expect(io.out()).toBe("");
});
