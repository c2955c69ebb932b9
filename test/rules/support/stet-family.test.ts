import { expect, test } from "vitest";
import { RULES } from "../../../server/src/rules/index.ts";
import { namesOfRule } from "../../../server/src/rules/support/stet-family.ts";

test("a stet may name a rule by its id, or by those of its family", () => {
  for (const { id, stetFamily } of RULES) {
    const names = namesOfRule(RULES, id);
    expect(names[0]).toBe(id);
    const family = RULES.filter((one) => one.stetFamily === stetFamily).map((one) => one.id);
    expect([...names].sort()).toEqual(stetFamily === undefined ? [id] : family.sort());
  }
  expect(namesOfRule(RULES, "no-rule")).toEqual(["no-rule"]);
});
