import { describe, expect, test } from "vitest";
import { findTopics } from "../../server/src/engine/topics.ts";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { emptySection } from "../../server/src/rules/empty-section.ts";
import { draftRule, type Rule } from "../../server/src/rules/rule.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf } from "../support/rules.ts";

/** The topics of a text, one line for each. */
function topicsIn(text: string, rules: readonly Rule[], settings = DEFAULT_SETTINGS): string[] {
  return findTopics(draftOf(text), rules, settings).map(({ rule, topic }) => `${rule} ${topic}`);
}

const SECTIONS =
  "Text.\n\n## Notes\n\n## Inputs\n\n### Notes\n\n## Outputs\n\nText.\n\n## ---\n\n##\n\n## NOTES\n";

describe("empty-section", () => {
  test("contributes each empty section once, suppressed or not", () => {
    const expected = ["empty-section notes", "empty-section inputs"];
    // A heading whose sections are below it is not empty.
    const texts = [SECTIONS, `<!-- stet-file -->\n\n${SECTIONS}`];
    for (const text of texts) {
      expect(topicsIn(text, [emptySection])).toEqual([expected[0]]);
    }
    const flat = SECTIONS.replace("###", "##");
    expect(topicsIn(flat, [emptySection])).toEqual(expected);
  });

  test("contributes no heading that is a sentence", () => {
    const long = (length: number): string => `Text.\n\n## ${"a".repeat(length)}\n`;
    expect(topicsIn(long(80), [emptySection])).toHaveLength(1);
    expect(topicsIn(long(81), [emptySection])).toEqual([]);
  });
});

describe("empty-link", () => {
  test.each([
    ["See [it][one], [it][two] and [it][Two].\n\n[one]: /one\n", ["two"]],
    ["See [it][two].\n\n[one]: /one\n", []],
    ["See [it][one].", []],
    ["See [it][one], [it][One] and [that][one].\n", []],
    ["See [it][one] and [it][2].\n\n[one]: /one\n", []],
    // A reference for a tool is defined by the tool.
    ["See [it][one] and [`Vec`][std::vec::Vec].\n\n[one]: /one\n", []],
    ["The array a[i][j], [1][2] and [sic].\n\n[i]: /i\n", []],
  ])(
    "contributes the labels without a definition beside others that have one: %j",
    (text, lost) => {
      const each = lost.map((label) => `empty-link label ${label}`);
      expect(topicsIn(text, [emptyLink])).toEqual(each);
    },
  );

  test("contributes that a draft defines none of its several labels", () => {
    const topics = topicsIn("See [it][one], [that][one], [it][two] and [it][3].", [emptyLink]);
    expect(topics).toEqual(["empty-link no definitions"]);
  });

  test("takes a label for a tool's once four drafts leave it undefined", () => {
    for (let drafts = 0; drafts <= 9; drafts++) {
      expect(emptyLink.acrossDrafts?.isIntended(drafts)).toBe(drafts >= 4);
    }
  });
});

test("a rule that is off or throws contributes nothing", () => {
  const off = settingsFrom({ rules: { "empty-section": { severity: "off" } } });
  expect(topicsIn(SECTIONS, [emptySection], off)).toEqual([]);
  const throwing = draftRule({
    ...emptySection,
    scope: "draft",
    check: () => [],
    acrossDrafts: {
      topics: () => {
        throw new Error("no such thing");
      },
      isIntended: () => true,
    },
  });
  const text = "See [it][one] and [it][two].\n\n[two]: /two\n";
  expect(topicsIn(text, [throwing, emptyLink])).toEqual(["empty-link label one"]);
});
