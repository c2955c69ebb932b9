import { expect, test } from "vitest";
import { emptySection } from "../../server/src/rules/empty-section.ts";
import { findings, fixes, flags, leavesAlone, getMessage } from "../support/rules.ts";

test.each([
  "# Title\n\nText.\n\n## ⟦One⟧\n\n## ⟦Two⟧\n",
  "# Title\n\nText.\n\n### ⟦One⟧\n\n## Two\n\nText.\n",
  "# Title\n\nText.\n\n## ⟦*One* and [two](x)⟧ ##\n\n---\n\n## Two\n\nText.\n",
  "Text.\n\n## ⟦One⟧\n\n<!-- TODO: write this -->\n\n## Two\n\nText.\n",
  "Text.\n\n⟦One⟧\n---\n\nTwo\n---\n\nText.\n",
  "# Title\n\nText.\n\n## ⟦What does it cost?⟧\n\n## ⟦Acme Bridge Works Inc.⟧\n\n## Two\n\nText.\n",
  "Text.\n\n## ⟦Example⟧\n\n## The file `src/toll.js`\n\n```js\ncount();\n```\n",
  "- one\n⟦-⟧\n- three\n",
  "Text.\n\n⟦>⟧\n\nText.\n",
  "Text.\n\n## ⟦[Setup](setup.md) of the bridge⟧\n\n## ⟦Setup: [an](x) [old](old.md) bridge⟧\n\n## Two\n\nText.\n",
  'Text.\n\n## ⟦“The budget”⟧\n\n## ⟦"The old stone bridge" today⟧\n\n## Two\n\nText.\n',
  "Text.\n\n## ⟦[A](a.md) and the budget of [B](b.md)⟧\n\n## ⟦[An: old](a.md) bridge⟧\n\n## Two\n\nText.\n",
  "It needs:\n\n1. paint\n⟦2.⟧\n3. nails\n",
])("flags %j", (marked) => void flags(emptySection, marked));

test.each([
  "# Title\n\n## One\n\nText.\n",
  "# Title\n\n## One\n\n## Two\n",
  "# Title\n",
  "Text.\n\n## One\n\n```\ncode\n```\n\n## Two\n\n| a |\n| - |\n| b |\n",
  "Text.\n\n## One\n\n{% include one.html %}\n\n## Two\n\n<Component />\n",
  "Text.\n\n## One\n\n<!-- AUTO-GENERATED -->\n\n## Two\n\n![A map](map.png)\n",
  "- [ ] one\n- two\n",
  "Text.\n\n### add(one)\n\n### add(one, two)\n\nText.\n",
  "Text.\n\n## [1.2.0] - 2020-01-01\n\n## [1.1.0] - 2019-01-01\n\nText.\n",
])("leaves alone: %j", (text) => {
  leavesAlone(emptySection, text);
});

test.each([
  "Text.\n\n### System.String\n\n### System.IO.Stream[]\n\nText.\n",
  "Text.\n\n## Output\n\n### None\n\n## Notes\n\nText.\n",
  "Text.\n\n## 4. You get a list of forms.\n\n## 5. Security reviews your form.\n\n## After\n\nText.\n",
  "Text.\n\n## It opens again in May (or in June).\n\n## Then\n\nText.\n",
  "Text.\n\n## 1,200\n\n## 35 %\n\n## 1931\n\nText.\n",
  "### Chapter 3\n\n# The old bridge\n\nText.\n\n## One\n\nText.\n",
  "#### Chapter 3\n\n---\n\n# The old bridge\n\nText.\n",
  "---\ntitle: A\n---\n\n## Part two\n\n# The ferry\n\nText.\n",
  "Text.\n\n## [Register here](https://example.org)\n\n## Two\n\nText.\n",
  "Text.\n\n## [Register here][1]\n\n## [Read on][]\n\n## Two\n\nText.\n\n[1]: https://example.org\n",
  "Text.\n\n## **Setup:** [the guide](setup.md)\n\n## To build it, see: [BUILD.md](BUILD.md)\n\n## Two\n\nText.\n",
  "Text.\n\n## Crew: [Ann](ann.md), [Ben](ben.md)\n\n## Two\n\nText.\n",
  "Text.\n\n## [A](a.md) and [the *old* bridge](b.md)\n\n## See: [A: one](a.md), [B](b.md), or [C](c.md)\n\n## Two\n\nText.\n",
  'Text.\n\n### “We never had a choice”\n\n### "Sharing is caring!"\n\n### Two\n\nText.\n',
  "> ##### Stability: 2\n\nText.\n",
  "Text.\n\n## Part two\n\nText.\n\n## Q&A\n",
  "Text.\n\n## Thank you!\n",
  "Text.\n\n## ::: bridge.Toll\n\n## Two\n\nText.\n",
  "Text.\n\n## Example\n\n## `src/toll.js`\n\n```js\ncount();\n```\n",
])("leaves alone headings that need nothing below: %j", (text) => {
  leavesAlone(emptySection, text);
});

test.each([
  "It is shown:\n\n>\n```\ncode\n```\n",
  "It is shown:\n\n>\n    code\n",
  "- It has a limit of\n  1.\n\nText.\n",
  ">\nQuoted words of a citizen.\n",
])("leaves alone a mark that quotes code, and a number at the end of a sentence: %j", (text) => {
  leavesAlone(emptySection, text);
  leavesAlone(emptySection, text.replaceAll("\n", "\r\n"));
});

test("leaves alone the title of a row of slides, but not an empty section among them", () => {
  for (const slides of [3, 4, 9, 70]) {
    const row = Array.from({ length: slides }, (_, at) => `---\n\n## Slide ${at}\n\nText.\n\n`);
    leavesAlone(emptySection, `## The course\n\n${row.join("")}`);
    leavesAlone(
      emptySection,
      `## The course\n\n${row.join("")}---\n\n## Part two\n\n${row.join("")}`,
    );
    flags(emptySection, `## The course\n\n${row.join("")}---\n\n## ⟦Lost⟧\n\n## Next\n\nText.\n`);
  }
  for (const slides of [1, 2]) {
    const row = Array.from({ length: slides }, (_, at) => `---\n\n## Part ${at}\n\nText.\n\n`);
    flags(emptySection, `Text.\n\n## ⟦The course⟧\n\n${row.join("")}`);
  }
});

test("says where the next heading of the same level is", () => {
  const message = (text: string): string | undefined => getMessage(findings(emptySection, text)[0]);
  expect(message("Text.\n\n## One\n\n## Two\n\nText.\n")).toContain("same level");
  expect(message("Text.\n\n### One\n\n## Two\n\nText.\n")).not.toContain("same level");
  expect(message("Text.\n\n## One\n")).not.toContain("same level");
});

test("three in a row, or three with one name, are one hint at the first", () => {
  const severities = (text: string): string[] =>
    findings(emptySection, text).map(({ severity }) => severity);
  const part = (name: string): string => `## ${name}\n\nText.\n\n### Removals\n\n`;
  for (const count of [1, 2, 3, 7, 70]) {
    const text = Array.from({ length: count }, (_, index) => part(`Part ${index}`)).join("");
    const expected = count < 3 ? Array<string>(count).fill("information") : ["hint"];
    expect(severities(`Text.\n\n${text}`)).toEqual(expected);
    const row = Array.from({ length: count }, (_, index) => `## Part ${index}\n\n`).join("");
    expect(severities(`Text.\n\n${row}`)).toEqual(expected);
    if (count > 2) {
      const [finding] = findings(emptySection, `Text.\n\n${row}`);
      expect(getMessage(finding)).toContain(`nor under the next ${count - 1} headings`);
    }
    // A section with content separates two rows.
    const parted = `${row}## Full\n\nText.\n\n## Other\n`;
    expect(severities(`Text.\n\n${parted}`).at(-1)).toBe("information");
  }
});

test("finds no sections in plain text", () => {
  leavesAlone(emptySection, "One\n\nTwo\n\nText of the second.\n", { format: "plaintext" });
});

test.each([
  ["Text.\n\n## One\n\n## Two\n\nText.\n", "Text.\n\n## One\n\nTK\n\n## Two\n\nText.\n"],
  ["- one\n-\n- three\n", "- one\n- TK\n- three\n"],
  ["- one\n- \n- three\n", "- one\n- TK\n- three\n"],
  ["- one\n-   ", "- one\n- TK"],
  ["Text.\n\n> \n\nText.\n", "Text.\n\n> TK\n\nText.\n"],
])("marks the loss in %j", (before, after) => {
  expect(fixes(emptySection, before, "Mark the loss", after)).toEqual([]);
});

test("in HTML the placeholder is within the item, and in a paragraph of its own under a heading", () => {
  const html = { format: "html" } as const;
  const list = "<p>What it needs:</p><ul><li></li><li>Paint</li></ul>";
  fixes(emptySection, list, "Mark", list.replace("<li>", "<li>TK"), html);
  const page = "<h2>Cost</h2><h2>Time</h2><p>It took a year.</p>";
  fixes(emptySection, page, "Mark", page.replace("</h2>", "</h2>\n<p>TK</p>"), html);
});
