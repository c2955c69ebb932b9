import { describe, expect, test } from "vitest";
import { emptySection } from "../../server/src/rules/empty-section.ts";
import { expectExamples, fixes, flags, leavesAlone } from "../support/rules.ts";

describe("empty-section", () => {
  test("its documentation holds", () => {
    expectExamples(emptySection);
  });

  test.each([
    "# Title\n\nText.\n\n## ⟦One⟧\n\n## ⟦Two⟧\n",
    "# Title\n\nText.\n\n### ⟦One⟧\n\n## Two\n\nText.\n",
    "# Title\n\nText.\n\n## ⟦*One* and [two](x)⟧ ##\n\n---\n\n## Two\n\nText.\n",
    "Text.\n\n## ⟦One⟧\n\n<!-- TODO: write this -->\n\n## Two\n\nText.\n",
    "Text.\n\n⟦One⟧\n---\n\nTwo\n---\n\nText.\n",
    "- one\n⟦-⟧\n- three\n",
    "Text.\n\n⟦>⟧\n\nText.\n",
  ])("flags %j", (marked) => {
    flags(emptySection, marked);
  });

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

  test("knows no sections in plain text", () => {
    leavesAlone(emptySection, "One\n\nTwo\n\nText of the second.\n", { format: "plaintext" });
  });

  test.each([
    ["Text.\n\n## One\n\n## Two\n\nText.\n", "Text.\n\n## One\n\nTK\n\n## Two\n\nText.\n"],
    ["- one\n-\n- three\n", "- one\n- TK\n- three\n"],
  ])("marks what is lost in %j", (before, after) => {
    expect(fixes(emptySection, before, "Mark the loss", after)).toEqual([]);
  });
});

test("in HTML the placeholder stands within the item, and in a paragraph of its own under a heading", () => {
  const html = { format: "html" } as const;
  const list = "<p>What it needs:</p><ul><li></li><li>Paint</li></ul>";
  fixes(emptySection, list, "Mark", list.replace("<li>", "<li>TK"), html);
  const page = "<h2>Cost</h2><h2>Time</h2><p>It took a year.</p>";
  fixes(emptySection, page, "Mark", page.replace("</h2>", "</h2>\n<p>TK</p>"), html);
});
