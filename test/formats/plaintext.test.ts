import { expect, it } from "vitest";
import { outline } from "./laws.ts";

const WRAPPED =
  "One of the lines of this text, which was wrapped at a column, ends here.\nSome words later it goes on to say what it says, and the rest of it is\nno longer than this.";

it.each<[string, string[]]>([
  ["A first one.\n\nA second one.", ["paragraph A first one.", "paragraph A second one."]],
  ["A first one.\r\nA second one.", ["paragraph A first one.", "paragraph A second one."]],
  ["A first one.\rA second one.", ["paragraph A first one.", "paragraph A second one."]],
  ["\uFEFFIt is so.", ["paragraph It is so."]],
  ["The Bridge\n\nIt is so.", ["heading2 The Bridge", "paragraph It is so."]],
  ["The Bridge\n==========\nIt is so.", ["heading1 The Bridge", "paragraph It is so."]],
  ["One is here.\nTwo is there.", ["paragraph One is here.", "paragraph Two is there."]],
  ["One is\n  here.", ["paragraph One is\nhere."]],
  ["THE TITLE\n\nOne is here.", ["heading1 THE TITLE", "paragraph One is here."]],
  ["the title\n---\n", ["heading2 the title"]],
  // It ends a sentence, begins with a small letter, or has text right above: not headings.
  ["The title.\n\nOne is here.", ["paragraph The title.", "paragraph One is here."]],
  ["the title\n\nOne is here.", ["paragraph the title", "paragraph One is here."]],
  ["The title\nis not.", ["paragraph The title\nis not."]],
  ["a\t1\tb", ["directive a\t1\tb"]],
  ["a    1    b", ["directive a    1    b"]],
  [
    "From: a@b.c\nSubject: d\n\nOne is here.",
    ["metadata From: a@b.c\nSubject: d", "paragraph One is here."],
  ],
  [
    "- one thing\n- another\n  goes on\n-\n",
    ["paragraph- one thing", "paragraph- another\ngoes on", "empty-item- -"],
  ],
  ["- one thing\na)\n", ["paragraph- one thing", "paragraph a)"]],
  [">> a\n\nb", ["paragraph>> a", "paragraph b"]],
  ["- a\n  - b", ["paragraph- a", "paragraph-- b"]],
  ["\t\t- a", ["paragraph----- a"]],
  [`${" ".repeat(40)}- a`, ["paragraph------ a"]],
  ["> It was said\n> and so.", ["paragraph> It was said\nand so."]],
  ["See https://a.bc/d. So it is.", ["paragraph See \uFFFC. So it is."]],
  ["a | b | c | d\n1 | 2 | 3 | 4", ["directive a | b | c | d\n1 | 2 | 3 | 4"]],
  ["One.\n\n* * *\n\nTwo.", ["paragraph One.", "break * * *", "paragraph Two."]],
  ["One.\n[TOC]\nTwo.", ["paragraph One.", "directive [TOC]", "paragraph Two."]],
  ["One.\n\n{% a %}\n<b>One</b>", ["paragraph One.", "directive {% a %}", "paragraph <b>One</b>"]],
  [
    "\\vspace{1cm}\n![A](a.png)\n<br>",
    ["\\vspace{1cm}", "![A](a.png)", "<br>"].map((line) => `directive ${line}`),
  ],
  ["One.\n```js\na\n```\nTwo.", ["paragraph One.", "code ```js\na\n```", "paragraph Two."]],
  ["```\n\nOne.", ["code ```", "paragraph One."]],
  ["<https://a.bc/d>", ["paragraph <\uFFFC>"]],
  [
    "The rain it falls\nThe wind it blows\nAnd no one calls\nAnd no one knows",
    ["verse The rain it falls\nThe wind it blows\nAnd no one calls\nAnd no one knows"],
  ],
  [WRAPPED, [`paragraph ${WRAPPED}`]],
  ["", []],
  [" \n\t\n", []],
  ["\v", []],
  ["\u00A0\n\u2028\n", []],
  ["\v\n\u00A0It is so.", ["paragraph It is so."]],
])("%j", (text, expected) => {
  expect(outline(text, "plaintext")).toEqual(expected);
  // Other line endings make no difference.
  for (const end of text.includes("\r") ? [] : ["\r", "\r\n"]) {
    const read = outline(text.replaceAll("\n", end), "plaintext");
    expect(read.map((one) => one.replaceAll(end, "\n"))).toEqual(expected);
  }
});
