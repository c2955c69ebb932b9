import { describe, expect, test } from "vitest";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { expectExamples, findings, fixes, flags, leavesAlone } from "../support/rules.ts";

describe("empty-link", () => {
  test("its documentation holds", () => {
    expectExamples(emptyLink);
  });

  test.each([
    "See ⟦[the map]()⟧ and ⟦[](https://example.org)⟧.",
    "See ⟦[ ]()⟧.",
    "⟦![the map]()⟧",
    "⟦[![the map](map.png)]()⟧",
    "See ⟦[the map][maps]⟧ and ⟦[the plan][]⟧ and [the port][port].\n\n[port]: https://example.org",
    "⟦![the map][map one]⟧",
    "It cost two million⟦[^2]⟧ in all.[^1]\n\n[^1]: A note.",
    "It cost two million in all.[^1]\n\n[^1]: A note.\n\n⟦[^old]:⟧ Another.",
    "| a | b |\n| - | - |\n| ⟦[c]()⟧ | d |",
  ])("flags %s", (marked) => {
    flags(emptyLink, marked);
  });

  test.each([
    "[](#top) named anchor, and <a name=\"top\"></a> another, and <a id='x' href=''></a>.",
    "[](other-page.md) gets its title from the page.",
    "[](https://example.org){.icon}",
    "[![the map](map.png)](https://example.org)",
    "He said [sic] that [the bridge] was [1] open [x] and [who?].",
    "The array a[i][j] and the type string[][] and `[text][label]`.",
    "See [the plan][The Plan].\n\n# The plan\n\nText.",
    "See [`Vec`][std::vec::Vec] and [Smith][@smith2004].",
    "A pattern [^a-z] and [^0-9]+ in prose.",
    "See [the map][MAP  one].\n\n[map one]: https://example.org",
    "{% include links.md %}\n\nSee [the map][maps].[^1]",
    '--8<-- "links.md"\n\nSee [the map][maps].',
  ])("leaves alone: %s", (text) => {
    leavesAlone(emptyLink, text);
  });

  test("says nothing of plain text", () => {
    leavesAlone(emptyLink, "See [the map]() and [the plan][plan].[^1]", { format: "plaintext" });
  });

  test.each([
    ["See [the map]().", "Keep the text", "See the map."],
    ["See [the map][maps].", "Keep the text", "See the map."],
  ])("mends %j", (before, title, after) => {
    expect(fixes(emptyLink, before, title, after)).toEqual([]);
  });

  test.each([
    ["See [the map]().", "Put TK for the target", "See [the map](TK)."],
    ["See [](https://example.org).", "Put TK for the text", "See [TK](https://example.org)."],
    ["It cost two.[^1]\n", "Add the footnote", "It cost two.[^1]\n\n[^1]: TK\n"],
  ])("marks what is lost in %j", (before, title, after) => {
    fixes(emptyLink, before, title, after);
  });

  test("never drops a link that has nothing but its address", () => {
    const titles = findings(emptyLink, "See [](https://example.org).").flatMap((found) =>
      (found.fixes ?? []).map((fix) => fix.title),
    );
    expect(titles).toEqual(["Put TK for the text"]);
  });
});
