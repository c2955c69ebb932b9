import { expect, test } from "vitest";
import type { Mark } from "../../../server/src/draft/draft.ts";
import { MASK } from "../../../server/src/draft/prose.ts";
import { readHtml } from "../../../server/src/formats/html/html.ts";

// Which blocks there are is tested in test/formats/html.test.ts.

test("blocks know their lists and quotations and whether they begin an item; elements separate them like blank lines", () => {
  const { blocks } = readHtml(
    "<blockquote><ul><li><p>a</p><p>b</p><li>c</ul></blockquote>\n\n<p>d",
  );
  expect(
    blocks.map((one) => [one.listDepth, one.quoteDepth, one.startsItem, one.continues]),
  ).toEqual([
    [1, 1, true, false],
    [1, 1, false, false],
    [1, 1, true, false],
    [0, 0, false, false],
  ]);
});

test("marks: their targets, and the text between their tags", () => {
  const source =
    '<p id="i">a <a href="b.html">c</a> <img src="d"> <a name="e"></a>f <code>g</code>';
  const [block] = readHtml(source).blocks;
  const words = ({ start, end }: { start: number; end: number }): string =>
    (block?.source ?? "").slice(start, end);
  const marks = (block?.marks ?? []).map((mark: Mark) => [
    mark.kind,
    mark.label ?? mark.target,
    mark.text && words(mark.text),
  ]);
  expect(marks).toEqual([
    ["anchor", "i", undefined],
    ["link", "b.html", "c"],
    ["image", "d", undefined],
    ["anchor", "e", undefined],
    ["code", undefined, undefined],
  ]);
});

test("code in code ends with the outer", () => {
  const source = "<p>see <code>CAST(<i><code>x</code></i> AS y)</code> for it";
  const [block] = readHtml(source).blocks;
  expect(block?.prose.text).toBe(`see ${MASK} for it`);
  expect(block?.marks.map(({ start, end }) => source.slice(start, end))).toEqual([
    "<code>CAST(<i><code>x</code></i> AS y)</code>",
  ]);
});

test("a start tag instead of an end tag hides no more than the code", () => {
  const [block] = readHtml("<p>see <code>a<code> and <code>b</code>, the rest").blocks;
  expect(block?.prose.text).toBe(`see ${MASK}, the rest`);
});

test("a term is the caption of its definition", () => {
  const { blocks } = readHtml("<dl><dt>a<dd><p>b<p>c</dd><dt><b>d</b><dd>e</dl>");
  expect(blocks.map(({ kind }) => kind)).toEqual([
    ...["caption", "paragraph", "paragraph", "caption", "paragraph"],
  ]);
});
