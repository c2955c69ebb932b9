import { describe, expect, it } from "vitest";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { outline } from "./laws.ts";

const M = "\uFFFC";
const WRAPPED =
  "One of the lines of this text, which was wrapped at a column, ends here.\nSome words later it goes on to say what it says, and the rest of it is\nno longer than this.";

describe("blocks and prose", () => {
  it.each<[string, string[]]>([
    ["One *two* **three** ~~four~~.", ["paragraph One two three four."]],
    ["# Head *one* {#id}\n\nSet\n===", ["heading1 Head one", "heading1 Set"]],
    ["> > One\n> > line\n> > ===\n> > Two", ["heading1>> One\nline", "paragraph>> Two"]],
    ["---\ntitle: x\n---\nText", ["metadata ---\ntitle: x\n---", "paragraph Text"]],
    ["+++\na = 1\n+++\nText", ["metadata +++\na = 1\n+++", "paragraph Text"]],
    // Front matter that is never closed, or begins with a blank line, is not front matter.
    ["---\nt: a", ["break ---", "paragraph t: a"]],
    ["---\n\na\n---", ["break ---", "heading2 a"]],
    ["$$\na\n$$", ["code $$\na\n$$"]],
    ["[^1]:", ["definition [^1]:"]],
    ["<p>a</p>", ["paragraph a"]],
    ["<div>\n</div>", ["directive <div>\n</div>"]],
    ["> quoted\n> on", ["paragraph> quoted\non"]],
    ["> > deep", ["paragraph>> deep"]],
    ["> [!NOTE]\n> Mind it.", ["directive> [!NOTE]", "paragraph> Mind it."]],
    [
      "- one\n- two\n  more\n  - in\n-\n",
      ["paragraph- one", "paragraph- two\nmore", "paragraph-- in", "empty-item- -"],
    ],
    ["- [ ] to do", ["paragraph- to do"]],
    [">\n\nText", ["empty-quote >", "paragraph Text"]],
    ["| a | b |\n|---|---|\n| c | `d` |", ["cell a", "cell b", "cell c", `cell ${M}`]],
    ["```\ncode\n```\n\n    more", ["code ```\ncode\n```", "code more"]],
    ["<!-- stet -->\nText", ["comment <!-- stet -->", "paragraph Text"]],
    ["One\n\n***\n\nTwo", ["paragraph One", "break ***", "paragraph Two"]],
    [
      "A Vec<i32> and <Badge /> or <Tip>so</Tip> <b>bold</b>.",
      [`paragraph A Vec${M} and ${M} or so bold.`],
    ],
    [
      "Some `code`, ![an image](i.png) and https://a.bc/d.",
      [`paragraph Some ${M}, ${M} and ${M}.`],
    ],
    [
      "Press <kbd>x</kbd> in <code>a *b* c</code>, not <code> or <b>d</b>.",
      [`paragraph Press ${M} in ${M}, not ${M} or d.`],
    ],
    [
      "import A from 'b'\n\nIn <code>a {b} c</code> it is.",
      ["directive import A from 'b'", `paragraph In ${M} it is.`],
    ],
    ["A [text](u), [a ref][r], [r][] and [sic].", ["paragraph A text, a ref, r and [sic]."]],
    ["A <b>tag</b><br>and &amp; \\* here.", ["paragraph A tag\nand & * here."]],
    [
      "Said[^1] so.\n\n[^1]: A note\n    goes on.",
      ["paragraph Said so.", "paragraph A note\ngoes on."],
    ],
    ["[r]: http://a.bc", ["definition [r]: http://a.bc"]],
    ["See {{ name }} now{% if x %} and{% endif %}.", [`paragraph See ${M} now and.`]],
    ["{{< figure >}}\n\n{% raw %}", ["directive {{< figure >}}", "directive {% raw %}"]],
    ["{{< figure\n  src=x >}}\nText", ["directive {{< figure\n  src=x >}}", "paragraph Text"]],
    ["::: tip\nText here\n:::", ["directive ::: tip", "paragraph Text here", "directive :::"]],
    ['!!! note "T"\n    Text', ['directive !!! note "T"', "paragraph Text"]],
    [
      "import A from 'b'\n\nText {x} <A b={c} />.",
      ["directive import A from 'b'", `paragraph Text ${M} .`],
    ],
    ["Text {x}.", ["paragraph Text {x}."]],
    [
      "<Fares\n  rows={[\n    { text: 'What to pay for.' },\n  ]}\n/>\nText",
      [
        "directive <Fares\n  rows={[\n    { text: 'What to pay for.' },\n  ]}\n/>",
        "paragraph Text",
      ],
    ],
    [
      "<Fares rows={[\n  1,\n]}>\n\nText",
      ["directive <Fares rows={[\n  1,\n]}>", "paragraph Text"],
    ],
    ['Go to "https://a.bc/d" or (“https://a.bc/”).', [`paragraph Go to "${M}" or (“${M}”).`]],
    [
      "The [ old map ](u), and [the\nnew\n](u) one.",
      ["paragraph The  old map, and the\nnew\n one."],
    ],
    ["It costs $5 and $6, not $x^2$.", [`paragraph It costs $5 and $6, not ${M}.`]],
    ["<div>\n<p>In <i>it</i></p>\n</div>", ["paragraph In it"]],
    ["It ended.\nIt began.", ["paragraph It ended.", "paragraph It began."]],
    ["- It ended.\n  It began.", ["paragraph- It ended.", "paragraph- It began."]],
    ["> It ended.\n> It began.", ["paragraph> It ended.", "paragraph> It began."]],
    ["It ended.\r\nIt began.", ["paragraph It ended.", "paragraph It began."]],
    ["It ended.\rIt began.", ["paragraph It ended.", "paragraph It began."]],
    [WRAPPED, [`paragraph ${WRAPPED}`]],
    ["\uFEFF# Head", ["heading1 Head"]],
    ["", []],
    ["| a | b |\n| :-- |---|\n| c | d |", ["cell a", "cell b", "cell c", "cell d"]],
    ["> a | b\n> --|--\n> c | d", ["cell> a", "cell> b", "cell> c", "cell> d"]],
    ["| a | b |\n|---|---| \t\nc | d", ["cell a", "cell b", "cell c", "cell d"]],
    ["| a |\n|---|---|\nb", ["paragraph | a |\n|---|---|\nb"]],
    ["```\n|---|\n```", ["code ```\n|---|\n```"]],
    ["a\\\nb \nc", ["paragraph a\nb\nc"]],
    ["$$\nx\n$$\na", ["code $$\nx\n$$", "paragraph a"]],
  ])("%j", (text, expected) => {
    expect(outline(text, "markdown")).toEqual(expected);
    if (text.includes("\r")) return;
    const read = outline(text.replaceAll("\n", "\r\n"), "markdown");
    expect(read.map((one) => one.replaceAll("\r\n", "\n"))).toEqual(expected);
  });
});

describe("containers within each other", () => {
  it.each(["> ", "- ", "1. ", "* > "])("%s is read 100 levels deep and no deeper", (marker) => {
    const kinds = (times: number): string[] =>
      getFormat("markdown")
        .parse(`${marker.repeat(times)}Words.\n\nMore.\n`)
        .blocks.map(({ kind }) => kind);
    for (let times = 0; times <= 30; times++) {
      expect(kinds(times)).toEqual(["paragraph", "paragraph"]);
    }
    for (let times = 101; times <= 140; times++) {
      expect(kinds(times)).toEqual(["directive", "paragraph"]);
    }
  });
});

// Those within words are tested in test/formats/markdown/inline.test.ts.
describe("marks", () => {
  it.each<[string, string[]]>([
    ["[](u)", ["link [](u) u"]],
    ["[text]()", ["link [text]() "]],
    ["[^n]: a *b*\n\n    c", ["footnote-definition [^n]: n", "emphasis *b* "]],
    ["[n]: u", ["definition [n]: u u"]],
    ['<a id="b"></a>', ['anchor <a id="b"> b']],
    ["> a *b\n> c*", ["emphasis *b\n> c* "]],
  ])("%j", (text, expected) => {
    const [block] = getFormat("markdown").parse(text).blocks;
    const marks = block?.marks.map(
      ({ kind, start, end, target, label }) =>
        `${kind} ${block.source.slice(start, end)} ${target ?? label ?? ""}`,
    );
    expect(marks).toEqual(expected);
  });
});

it("reads hostile texts to the end, without throwing", () => {
  for (const piece of [
    ">",
    "[",
    "![",
    "*a ",
    "*a **b ",
    "`a``b",
    "<a:",
    "<!--",
    "[a](<b",
    "{{ ",
    "- ",
    "_a__b ",
    "[a](",
    "](b)[a",
    "-\n",
    "<code>",
    "<b>",
    "<p>a",
    "</b>",
    "&amp;",
    "> > > > a\n",
    "a@b ",
    "[a]: b\n",
    "It ended here.\r\n",
  ]) {
    const text = piece.repeat(6000 / piece.length);
    for (const id of FORMAT_IDS) {
      const { blocks, starts } = getFormat(id).parse(text);
      expect((starts.at(-1) ?? 0) + (blocks.at(-1)?.source.length ?? 0)).toBeLessThanOrEqual(
        text.length,
      );
    }
  }
});
