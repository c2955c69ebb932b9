import { expect, test } from "vitest";
import { formatOf } from "../../../server/src/formats/registry.ts";

/** The only block of a text in Markdown, and what its format says of it. */
function only(text: string) {
  const { blocks, format } = formatOf("markdown").parse(text);
  const [block] = blocks;
  if (block === undefined) throw new Error("no block");
  return { block, markup: format.markup };
}

test.each([
  ["{% if page.beta %}", true],
  ["{%- endif %}", true],
  ["{{< version >}}", true],
  ["::: moniker range", true],
  ["<Hide>", true],
  ["{% include note.md %}", false],
  ["{{< figure >}}", false],
  ["If it rains, the bridge is closed.", false],
])("%s shows what follows to some readers only: %s", (text, expected) => {
  const { block, markup } = only(text);
  expect(markup.isVariantMark(block)).toBe(expected);
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
  const { block, markup } = only(text);
  expect(markup.opensAside(block)).toBe(expected);
});

test("tags of elements that hold blocks come in order, with their classes", () => {
  const { block, markup } = only('<div class="left">\n<section className="in">\n</section></div>');
  expect(markup.elementTags(block)).toEqual([
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
  const { blocks, format } = formatOf("html").parse(text);
  const [block] = blocks;
  expect(block && format.markup.classOf(block)).toBe(expected);
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
  const { block, markup } = only(text);
  expect(markup.openingLabel(block)).toEqual({ text: label, isAll });
});
