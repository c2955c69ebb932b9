import { expect, test } from "vitest";
import {
  getClass,
  elementTags,
  isInclude,
  isVariantMark,
  openingLabel,
  opensAside,
  tabMark,
} from "../../../server/src/formats/support/block-marks.ts";
import { bareBlock } from "../../../server/src/formats/support/blocks.ts";
import { firstBlock, onlyBlock } from "../../support/rules.ts";

test.each([
  ["{% if page.beta %}", true],
  ["{%- endif %}", true],
  ["{{< version >}}", true],
  ["::: moniker range", true],
  ["<Hide>", true],
  ["{% include note.md %}", false],
  ["{{< figure >}}", false],
  ["If it rains, the bridge is closed.", false],
])("%s shows the following to some readers only: %s", (text, expected) => {
  expect(isVariantMark(onlyBlock(text))).toBe(expected);
});

test.each([
  ["::: warning", true],
  ["::: {note}", true],
  [":::", false],
  ["{{< alert >}}", true],
  ["{{% callout %}}", true],
  ["<Note>", true],
  ["{{< figure >}}", false],
  ["<Notes>", false],
  [":: note", false],
  ["Note that it is closed.", false],
])("%s opens an aside: %s", (text, expected) => {
  expect(opensAside(onlyBlock(text))).toBe(expected);
});

test("tags of block elements come in order, with their classes", () => {
  const block = onlyBlock('<div class="left">\n<section className="in">\n</section></div>');
  expect(elementTags(block)).toEqual([
    { closes: false, className: "left" },
    { closes: false, className: "in" },
    { closes: true, className: "" },
    { closes: true, className: "" },
  ]);
});

test.each([
  ['<p class="lead">The council met.</p>', "lead"],
  ["<p>The council met.</p>", ""],
  ["The council met.", ""],
])("the class of %s is “%s”", (text, expected) => {
  expect(getClass(firstBlock(text, "html"))).toBe(expected);
});

test.each([
  ["**Windows**", "**windows**", true],
  ["**Windows:** open the door.", "**windows:**", false],
  ["`npm start` starts it.", "`npm start`", false],
  ["*Windows* are open.", "", false],
  ["# **Windows**", "", false],
  ["The **windows** are open.", "", false],
  [`**${"long ".repeat(20)}label** is none.`, "", false],
])("%s begins with the label “%s”", (text, label, isAll) => {
  expect(openingLabel(onlyBlock(text))).toEqual({ text: label, isAll });
});

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
