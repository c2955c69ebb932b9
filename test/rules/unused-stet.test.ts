import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { RULES } from "../../server/src/rules/index.ts";
import type { SuppressionComment } from "../../server/src/rules/rule.ts";
import { unusedStet } from "../../server/src/rules/unused-stet.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import {
  draftOf,
  expectExamples,
  fixes,
  flags,
  leavesAlone,
  getMessage,
} from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const TEXT = "The council met on Monday and approved the budget.\n";
const WRONG = "The council met on the the Monday of the feast.\n";

function messages(text: string, rules: Readonly<Record<string, "off">> = {}): string[] {
  return lint(draftOf(text), RULES, settingsFrom({ rules }), { rethrow: true })
    .filter((finding) => finding.rule === unusedStet.id)
    .map((finding) => say(finding.message));
}

describe("unused-stet", () => {
  test("obeys its documentation", () => {
    expectExamples(unusedStet);
  });

  test("flags each unused stet separately", () => {
    flags(
      unusedStet,
      `⟦<!-- stet -->⟧\n\n${TEXT}\n⟦<!-- stet: he says so -->⟧\n\n${TEXT}\n⟦<!-- stet -->⟧\n`,
    );
  });

  test.each([
    ["a name that is no rule", `⟦<!-- stet repeated-wrd -->⟧\n\n${TEXT}`, "Did you mean"],
    ["a name like no other", `⟦<!-- stet qqqqqqqqqqq -->⟧\n\n${TEXT}`, "which is not a rule."],
    ["a stet-file below the top", `${TEXT}\n⟦<!-- stet-file -->⟧\n`, "not at the top"],
    ["a clean passage", `⟦<!-- stet -->⟧\n\n${TEXT}`, "its passage is clean"],
  ])("says what is wrong with %s", (_what, marked, words) => {
    const [found] = flags(unusedStet, marked);
    expect(getMessage(found)).toContain(words);
  });

  test("a stet-file that names rules covers the whole draft, and needs one of their findings", () => {
    const file = "<!-- stet-file repeated-word -->\n\n";
    expect(messages(file + TEXT)).toEqual([
      "This stet-file is not needed: the draft has no such findings. Delete it.",
    ]);
    expect(messages(file + TEXT + "\n" + WRONG)).toEqual([]);
  });

  test.each([
    `<!-- stet-file -->\n\n${TEXT}`,
    `<!-- stet unused-stet -->\n\n${TEXT}`,
    `<!-- stet repeated-elsewhere -->\n\n${TEXT}`,
    `<!-- a stet -->\n\n${TEXT}`,
  ])("leaves alone: %j", (text) => {
    leavesAlone(unusedStet, text);
    expect(messages(text)).toEqual([]);
  });

  test("a stet of a rule that is off is not reported", () => {
    const text = `<!-- stet repeated-word -->\n\n${TEXT}`;
    expect(messages(text)).toHaveLength(1);
    expect(messages(text, { "repeated-word": "off" })).toEqual([]);
    expect(messages(text, { "unused-stet": "off" })).toEqual([]);
  });

  test.each([
    [`<!-- stet -->\n\n${TEXT}`, TEXT],
    [`${TEXT}\n<!-- stet -->\n\n${TEXT}`, `${TEXT}\n${TEXT}`],
    [`<!-- stet -->\r\n\r\n${TEXT}`, TEXT],
    [`The council <!-- stet -->met.\n`, "The council met.\n"],
    [`${TEXT}\n<!-- stet -->`, `${TEXT}\n`],
  ])("deletes the comment of %j with its line", (text, after) => {
    expect(fixes(unusedStet, text, "Delete this stet", after)).toEqual([]);
  });

  test("for any comments, a used one is never flagged", () => {
    const draft = draftOf(TEXT);
    const flagged = (comment: Partial<SuppressionComment>): number =>
      unusedStet.check(
        {
          draft,
          comments: [
            { start: 0, end: 3, rules: [], wholeFile: false, late: false, used: false, ...comment },
          ],
          ruleIds: RULES.map(({ id }) => id),
          isComplete: () => true,
          isCompared: true,
        },
        {},
      ).length;
    for (const wholeFile of [false, true]) {
      for (const rules of [[], ["repeated-word"], ["no-rule"], ["broken-off", "no-rule"]]) {
        expect(flagged({ wholeFile, rules, used: true })).toBe(0);
        expect(flagged({ wholeFile, rules, late: true })).toBe(1);
        expect(flagged({ wholeFile, rules })).toBe(wholeFile && rules.length === 0 ? 0 : 1);
      }
    }
  });
});
