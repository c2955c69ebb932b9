import { expect, test } from "vitest";
import { type Finding, shiftedReport } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import {
  draftOf,
  findings,
  fixes,
  flags,
  getMessage,
  getTitles,
  leavesAlone,
} from "../support/rules.ts";

test.each([
  "See ⟦[the map]()⟧ and ⟦[](https://example.org)⟧.",
  "See ⟦[ ]()⟧.",
  "See ⟦[the map](https://)⟧, ⟦[the plan](http://)⟧ and ⟦[](https://)⟧, not [the port](https://a).",
  "⟦![the map](HTTP:)⟧",
  'Read ⟦<a href="https://">the report</a>⟧.',
  "See [the map][map].\n\n⟦[map]: https://⟧\n[plan]: https://example.org",
  "⟦![the map]()⟧",
  "See ⟦[](/minutes/may)⟧ and ⟦[](minutes/may?n=1)⟧, not ⟦[]()⟧.",
  "⟦[![the map](map.png)]()⟧",
  "See ⟦[the map][maps]⟧ and ⟦[the plan][]⟧ and [the port][port].\n\n[port]: https://example.org",
  "⟦![the map][map one]⟧",
  "See ⟦[the plan][my-plan]⟧.\n\n[port]: https://example.org",
  "It cost two million⟦[^2]⟧ in all.[^1]\n\n[^1]: A note.",
  "It cost two million⟦[^note]⟧ in all.[^1]\n\n[^1]: A note.",
  "It cost two million in all.[^1]\n\n[^1]: A note.\n\n⟦[^old]:⟧ Another.",
  "It cost two million.[^4]\n\n⟦[^4]⟧ <https://example.org/costs>",
  "One.[^1] Two.[^2]\n\n[^1]: A.\n⟦[^2]⟧ https://example.org/two",
  "One.[^a]\n\n> ⟦[^a]⟧ <http://example.org/a>, page 3",
  "One.⟦[^3]⟧\n\n```md\n[^4]: In code.\n```",
  "Read ⟦<a href=\"\">the report</a>⟧ and ⟦<a target=_blank href=''>the <b>map</b></a>⟧.",
  "| a | b |\n| - | - |\n| ⟦[c]()⟧ | d |",
  "Read ⟦<a href=\"https://example.org/report\"></a>⟧ and ⟦<a href='/minutes/may'> </a>⟧.",
])("flags %s", (marked) => void flags(emptyLink, marked));

test.each([
  "[comment]: <> (not printed)\n\nSee [the map](https://a) and [the plan](mailto:).",
  "[](#top) named anchor, and <a name=\"top\"></a> another, and <a id='x' href=''></a>.",
  'Read <a href="#">the top</a>, <a>this</a>, <a href="x"></a>, <a href=""><b></b></a>.',
  'Press <a href="" class="go">go</a>, <a href="" onclick="go()">go</a>, <a id="a" href="">go</a>.',
  'Read <a href="{{ link }}">the report</a>.',
  'See <a href="/map" class="icon"></a>, <a href="/map" title="The map"></a>, <a href="/map"><img src="map.png"></a>.',
  "[](other-page.md) gets its title from the page, [](a-label) and [](doc:a b) from a tool.",
  "[](){: #top } and [](){#place} are places, and [](guide/install) is filled in by a tool.",
  "Set [](Bridge.toll_url), which a tool calls by its name.",
  "![](map.png) has no words.",
  "The array options[key]() is code.",
  "It cost two [^note] here, [^note] there, two[^note]* and x[^abc](y), two[^ab].",
  "Patterns are [^1]* and [^1]+ and, with notes, [^a-z].[^2]\n\n[^2]: A note.",
  "See [the plan][my-plan].",
  "Cited by [Smith][two][three].\n\n[port]: https://example.org",
  "A matrix [1][2], [a][`b`], [b][c](d) and [][one].\n\n[port]: https://example.org",
  "[](https://example.org){.icon}",
  "[![the map](map.png)](https://example.org)",
  "He said [sic] that [the bridge] was [1] open [x] and [who?].",
  "The array a[i][j] and the type string[][] and `[text][label]`.",
  "See [the plan][The Plan].\n\n# The plan\n\nText.",
  "See [`Vec`][std::vec::Vec] and [Smith][@smith2004].",
  "Call sail(boat[, crew][,captain]) or sail([boat][,crew]).\n\n[port]: https://example.org",
  "A pattern [^a-z] and [^0-9]+ in prose.",
  "See [the map][MAP  one] and [it][two].\n\n[map one]: https://example.org\n[Two]: /two",
  "It cost two.[^1]\n\n```md\n[^1]: The footnotes are built from here.\n```",
  '<Chart note="two million[^1]" />\n\n[^1]: In 1931 dollars.',
  "```text\nIt cost two million[^cost]\n```\n\n[^cost]: In 1931 dollars.",
  "It cost two.[^1]\n\n<!--\n[^1]: To be checked.\n-->",
  "It cost two.[^1]\n\n[^1] <https://example.org>\n\n[^1]: Said above.",
  "See [the line][line!] and [the type][grammar-TypePath].\n\n[port]: https://example.org",
  "See [Foo][struct@Foo].\n\n[port]: https://example.org",
  "{% include links.md %}\n\nSee [the map][maps].[^1]",
  '--8<-- "links.md"\n\nSee [the map][maps].',
])("leaves alone: %s", (text) => {
  leavesAlone(emptyLink, text);
});

test.each([
  "Everything is new.⟦[^log]⟧",
  "It cost two⟦[^note]⟧ in all, he said,⟦[^note]⟧ and “more.”⟦[^my-note2]⟧",
])("a footnote with a name may be defined elsewhere: %s", (marked) => {
  for (const { severity } of flags(emptyLink, marked)) expect(severity).toBe("information");
});

test("flags an empty link in a page", () => {
  const page =
    '<p>Read ⟦<a href="">the report</a>⟧, ⟦<a href="http://">this</a>⟧ or the <a href="#">top</a>.</p>';
  flags(emptyLink, page, { format: "html" });
  leavesAlone(emptyLink, '<p>Read <a href="{{ url }}">the report</a>.</p>', { format: "html" });
});

test("is quiet about a badge, which is visible anyway", () => {
  const text = "[![tests](a.svg)]() [the map]() [![tests](a.svg) passed]()";
  const found = findings(emptyLink, text).map(({ severity }) => severity);
  expect(found).toEqual(["hint", "warning", "warning"]);
});

test.each([
  "See [the map][maps] and [Vec][std::vec::Vec].\n\n[port]: https://example.org",
  "See [the map][maps] and [a line][line!].\n\n[port]: https://example.org",
  "r[items.fn]\n\nr[items.fn.intro]\nSee [the map][maps].\n\n[port]: https://example.org",
])("is quiet about labels if a tool looks some up: %s", (text) => {
  expect(findings(emptyLink, text).map(({ severity }) => severity)).toEqual(["hint"]);
});

test("reports nothing in plain text", () => {
  leavesAlone(emptyLink, "See [the map]() and [the plan][plan].[^1]", { format: "plaintext" });
});

test.each([
  ["See [the map]().", "Keep the text", "See the map."],
  ['See <a href="">the *map*</a>.', "Keep the text", "See the *map*."],
  [
    "A.[^1]\n\n[^1] <https://example.org>\n",
    "Add the colon",
    "A.[^1]\n\n[^1]: <https://example.org>\n",
  ],
  ["A.\n\n[^1]: Note.\n", "Delete the footnote", "A.\n"],
  ["A.\n\n[^1]: Note.\n\nB.\n", "Delete the footnote", "A.\n\nB.\n"],
  ["A.[^2]\n\n[^1]: Note.\n[^2]: Other.\n", "Delete the footnote", "A.[^2]\n\n[^2]: Other.\n"],
  [
    "A.\n\n[^1]: A note.\n    Its second line.\n\n    Its next paragraph.\n\nB.\n",
    "Delete the footnote",
    "A.\n\nB.\n",
  ],
  ["A.\n\n[^1]: A note.\nIts second line.\n\n- B.\n", "Delete the footnote", "A.\n\n- B.\n"],
  [
    "A.\n\n[^1]: A note.\n\n    - Its list\n    - of two\n\n    | a | b |\n    | - | - |\n    | c | d |\n\nB.\n",
    "Delete the footnote",
    "A.\n\nB.\n",
  ],
  // Text after a footnote doesn't belong to it because of the space after a mark.
  ["A.\n\n[^1]: Note.\n\n-   B.\n-   C.\n", "Delete the footnote", "A.\n\n-   B.\n-   C.\n"],
  ["A.\n\n[^1]: Note.\n\n  B.\n", "Delete the footnote", "A.\n\n  B.\n"],
  ["A.\n\n[^1]: Note.\n\n>  B.\n", "Delete the footnote", "A.\n\n>  B.\n"],
  ["A.\n\n[^1]: Note.\n> B.\n", "Delete the footnote", "A.\n\n> B.\n"],
  [
    "A.\n\n[^1]: Note.\n\n|  a | b |\n| -- | - |\n|  c | d |\n",
    "Delete the footnote",
    "A.\n\n|  a | b |\n| -- | - |\n|  c | d |\n",
  ],
  ["1.  A.\n\n    [^1]: Note.\n\n    B.\n", "Delete the footnote", "1.  A.\n\n    B.\n"],
  ["See [the map][maps].", "Keep the text", "See the map."],
  ["See [the map](<>).", "Keep the text", "See the map."],
  ["See <a href>the map</a>.", "Keep the text", "See the map."],
])("fixes %j", (before, title, after) => {
  expect(fixes(emptyLink, before, title, after)).toEqual([]);
});

test.each([
  ["See [the map]().", "Put TK for the target", "See [the map](TK)."],
  ["See <a href=''>the map</a>.", "Put TK for the target", "See <a href='TK'>the map</a>."],
  ["See [the map](https://).", "Put TK for the target", "See [the map](https://TK)."],
  ["<a href='http://'>The map</a>", "Put TK for the target", "<a href='http://TK'>The map</a>"],
  ["See [](https://example.org).", "Put TK for the text", "See [TK](https://example.org)."],
  ["See []() here.", "Put TK for both", "See [TK](TK) here."],
  ["See ![the map]().", "Put TK for the target", "See ![the map](TK)."],
  ["It cost two.[^1]", "Add the footnote", "It cost two.[^1]\n\n[^1]: TK\n"],
  ["It cost two.[^1]\n", "Add the footnote", "It cost two.[^1]\n\n[^1]: TK\n"],
  ["It cost two.[^1]\n\n", "Add the footnote", "It cost two.[^1]\n\n[^1]: TK\n"],
  ["It cost two.[^1]\r\n", "Add the footnote", "It cost two.[^1]\r\n\r\n[^1]: TK\r\n"],
  ["See [the map][maps].\n", "Add the address", "See [the map][maps].\n\n[maps]: TK\n"],
])("marks the loss in %j", (before, title, after) => void fixes(emptyLink, before, title, after));

test.each([
  [
    "a link that has nothing but its address",
    "See [](https://example.org).",
    "Put TK for the text",
  ],
  ["an image", "See ![the map][map].", "Add the address with TK"],
  ["a tag without room for an address", "<a href>The map</a>", "Keep the text, drop the link"],
])("offers one fix for %s", (_what, text, title) => {
  const [found] = findings(emptyLink, text);
  expect(getTitles(found)).toEqual([title]);
});

test("the cursor selects each placeholder", () => {
  const [fix] = findings(emptyLink, "See []() here.").flatMap((found) => found.fixes ?? []);
  const selected = fix?.edits.map(({ newText }, index) => {
    const stop = fix.stops?.[index];
    return newText.slice(stop?.start, stop?.end);
  });
  expect(selected).toEqual(["TK", "TK"]);
});

test.each(["[](/may)", "[](may.html)", "[](https://example.org)", "[`sail`]()", "[the minutes]()"])(
  "each %s is a warning of its own, whatever a stet does to the first",
  (link) => {
    const found = (text: string): Finding[] => lint(draftOf(text), [emptyLink], settingsFrom({}));
    for (const count of [1, 2, 6, 70]) {
      const text = `See ${link} of the town.\n\n`.repeat(count);
      const all = found(text);
      expect(all.map(({ severity }) => severity)).toEqual(Array<string>(count).fill("warning"));
      const stet = "<!-- stet: empty-link -->\n";
      const moved = all.slice(1).map((one) => shiftedReport(one, stet.length));
      expect(found(stet + text)).toEqual(moved);
    }
  },
);

test("code without a target is a topic, which a tool may fill in, and what no reader sees is none", () => {
  const topics = (text: string): readonly string[] =>
    emptyLink.acrossDrafts?.topics(draftOf(text), {}) ?? [];
  expect(topics("Call [`sail`]() and [`row`]() then.")).toEqual(["code without target"]);
  expect(topics("See [](/minutes/may) and [the minutes]().")).toEqual([]);
});

test("the message says which line gives a link or an image its address", () => {
  const message = (text: string) => getMessage(findings(emptyLink, text)[0]);
  expect(message("See [the map][map].\n")).toBe(
    "“[map]: https://…” is not in this draft, so the link shows as brackets. Add it.",
  );
  expect(message("See ![the map][map].\n")).toContain("so the image shows");
});
