import fc from "fast-check";
import { expect, test } from "vitest";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { titleSpan } from "../../server/src/repeats/title.ts";
import { SAMPLES } from "../support/format-samples.ts";
import { runs } from "../support/property.ts";
import { unmarked } from "../support/rules.ts";

test.each([
  ["markdown", "# ⟦The bridge⟧\n\nIt is closed.\n"],
  ["markdown", "---\ntitle: Bridge\n---\n\n<!-- stet -->\n\n## ⟦The *bridge⟧*\n\nIt is closed.\n"],
  // A line above the title is not the title.
  ["markdown", "By Ann Miller\n\n# ⟦The bridge⟧\n\nIt is closed.\n"],
  ["markdown", "⟦It is closed.⟧ \nSo it is.\n\nOn.\n\nAnd on.\n\n# The bridge\n"],
  ["markdown", "![](a.png)\n\n---\n\n⟦It is closed.⟧\n"],
  ["plaintext", "⟦The bridge⟧\n\nIt is closed.\n"],
  ["html", "<html><body>\n<h1>⟦The bridge⟧</h1>\n<p>It is closed.</p>\n"],
  [
    "html",
    "<h2>Keyboard shortcuts</h2>\n<p>Press S.</p>\n<main>\n<h1>⟦The bridge⟧</h1>\n<p>It is closed.</p>\n</main>\n",
  ],
  ["html", "<h2>Menu</h2>\n<article>\n<p>⟦It is closed.⟧</p>\n</article>\n"],
  [
    "html",
    "<header><h1>The Gazette</h1></header>\n<h2>News</h2>\n<aside>\n<h1>Weather</h1></aside>\n<h1>⟦The bridge⟧</h1>\n",
  ],
  [
    "html",
    "<h2>⟦The <b>bridge⟧</b></h2>\n<!-- <main> -->\n<header><h1>The Gazette</h1></header></header>\n<p>On.</p>\n",
  ],
  ["markdown", "⟦⟧"],
  ["markdown", "⟦⟧---\n\n***\n"],
] as const)("the title of a draft in %s: %j", (format, marked) => {
  const { text, spans } = unmarked(marked);
  const { start, end } = titleSpan(getFormat(format).parse(text));
  expect([start, end]).toEqual([spans[0]?.start, spans[0]?.end]);
});

test("the title of any draft is within its text", () => {
  fc.assert(
    fc.property(
      fc
        .constantFrom(...FORMAT_IDS)
        .chain((format) =>
          fc.tuple(
            fc.constant(format),
            fc.array(fc.constantFrom(...SAMPLES[format].pieces), { maxLength: 30 }),
          ),
        ),
      ([format, pieces]) => {
        const text = pieces.join("");
        const { start, end } = titleSpan(getFormat(format).parse(text));
        expect(start).toBeGreaterThanOrEqual(0);
        expect(end).toBeGreaterThanOrEqual(start);
        expect(end).toBeLessThanOrEqual(text.length);
      },
    ),
    runs(300),
  );
});
