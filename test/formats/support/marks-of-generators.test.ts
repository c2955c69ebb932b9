import { expect, test } from "vitest";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";
import { isInclude } from "../../../server/src/formats/support/includes.ts";
import { tabMark } from "../../../server/src/formats/support/tabs.ts";

test.each([
  ['--8<-- "a.md"', true],
  ["{% include a.html %}", true],
  ["{%- render 'a' %}", true],
  ["{{ partial a }}", true],
  ["{{< readfile a >}}", true],
  ["words\nimport A from 'a'", true],
  ["include::a.adoc[]", true],
  ["!!!include(a.md)!!!", true],
  ["{!a.md!}", true],
  ["<!-- #include a -->", true],
  ["[!include[a](b)]", true],
  ["```{include} a.md", true],
  ["We import wine from Spain.", false],
  ["It includes a map.", false],
  ["{{ title }}", false],
  ["", false],
])("%j includes another file: %s", (source, expected) => {
  expect(isInclude(bareBlock("directive", source))).toBe(expected);
});

test.each([
  ['=== "One"', '=== "One"', false],
  ["{{< tab One >}}", "{{< tab One >}}", false],
  ["{{< /tab >}}", undefined, true],
  ["<TabItem value='a'>", "<TabItem value='a'>", false],
  ["</Tabs>", undefined, true],
  [":::tab one", ":::tab one", false],
  ["{% endtab %}", undefined, true],
  ["## [One](#tab/one)", "## [One](#tab/one)", false],
  ["<Table>", undefined, false],
  ["words about a tab", undefined, false],
  ["", undefined, false],
])("%j opens the tab %j, and closes one: %s", (source, opens, closes) => {
  expect(tabMark(bareBlock("directive", source))).toEqual({ opens, closes });
});
