import { expect, test } from "vitest";
import { isLabelLine, labelIn, opensCallout } from "../../../server/src/formats/markdown/labels.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";

test.each([
  ["[!NOTE]", "plain"],
  ["[!NOTE]-", "plain"],
  ["!!! note", "plain"],
  ["???+ note", "plain"],
  ['!!! note "Words"', "worded"],
  ['=== "Tab"', "worded"],
  ["[!INCLUDE [a](b)]", "worded"],
  [":::note", undefined],
  ["!note", undefined],
])("%s is a label: %s", (source, expected) => {
  expect(labelIn(bareBlock("directive", source))).toBe(expected);
  expect(labelIn(bareBlock("code", source))).toBeUndefined();
  expect(opensCallout(bareBlock("directive", source))).toBe(source.startsWith("[!"));
});

test.each([
  ["> [!NOTE]", true],
  [" > > [!tip]+ words", true],
  ["[!NOTE]", true],
  ["> words [!NOTE]", false],
  ["> [NOTE]", false],
  ["", false],
])("“%s” is a line with a callout's label: %s", (line, expected) => {
  expect(isLabelLine(line)).toBe(expected);
});
