import { expect, test } from "vitest";
import type { SuppressionComment } from "../../../server/src/rules/rule.ts";
import { namesOfRule, whyUnused } from "../../../server/src/rules/support/stets.ts";
import { say } from "../../../server/src/text/wording.ts";
import { RULES } from "../../../server/src/rules/index.ts";

const DRAFT = {
  ruleIds: ["first-rule", "second-rule", "unused"],
  isComplete: (id: string) => id !== "second-rule",
};

const why = (comment: Partial<SuppressionComment>, isCompared = true): string | undefined => {
  const reason = whyUnused(
    { start: 0, end: 0, rules: [], wholeFile: false, late: false, used: false, ...comment },
    { ...DRAFT, isCompared },
    ["unused"],
  );
  return reason && say(reason);
};

test.each<[string, Partial<SuppressionComment>, RegExp | undefined]>([
  ["nothing to let stand", {}, /^This stet is not needed/],
  ["of a rule", { rules: ["first-rule"] }, /^This stet is not needed/],
  [
    "for the whole draft",
    { wholeFile: true, rules: ["first-rule"] },
    /^This stet-file is not needed/,
  ],
  ["not at the top", { wholeFile: true, late: true, used: true }, /not at the top/],
  [
    "a mistyped rule",
    { rules: ["frist-rule"] },
    /“frist-rule”, which is not a rule. Did you mean “first-rule”\?$/,
  ],
  ["no rule like any", { rules: ["zzzzzzzzzzzzz"] }, /which is not a rule\.$/],
  ["a mistyped one after a good one", { rules: ["first-rule", "frist-rule"] }, /is not a rule/],
  ["used", { used: true }, undefined],
  ["switches Galley off", { wholeFile: true }, undefined],
  ["a rule that did not run", { rules: ["second-rule"] }, undefined],
  ["an exempt rule", { rules: ["first-rule", "unused"] }, undefined],
])("%s", (_what, comment, expected) => {
  if (expected === undefined) expect(why(comment)).toBeUndefined();
  else expect(why(comment)).toMatch(expected);
});

test("a stet for all rules may be for what another draft has; one that names a rule is not", () => {
  expect(why({}, false)).toBeUndefined();
  expect(why({ rules: ["first-rule"] }, false)).toBe(why({ rules: ["first-rule"] }));
  expect(why({ wholeFile: true, late: true }, false)).toMatch(/not at the top/);
});

test("a stet may name a rule by its id, or by those of its family", () => {
  for (const { id, stetFamily } of RULES) {
    const names = namesOfRule(RULES, id);
    expect(names[0]).toBe(id);
    const family = RULES.filter((one) => one.stetFamily === stetFamily).map((one) => one.id);
    expect([...names].sort()).toEqual(stetFamily === undefined ? [id] : family.sort());
  }
  expect(namesOfRule(RULES, "no-rule")).toEqual(["no-rule"]);
});
