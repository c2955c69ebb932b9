import { expect, test } from "vitest";
import { parseHtml, updateHtml } from "../../../server/src/formats/html/update.ts";
import { getFormat } from "../../../server/src/formats/registry.ts";

// Of shorter texts test/formats/incremental.test.ts holds the same, and which blocks are kept.

const HTML = getFormat("html");
const PARAGRAPHS = Array.from(
  { length: 60 },
  (_, index) => `<p>The bridge of the ${index}th street is open again.</p>\n`,
);

function changed(at: string, newText: string, text: string) {
  const before = parseHtml(HTML, text);
  const start = text.indexOf(at);
  const change = { start, end: start + at.length, newText };
  const now = text.slice(0, start) + newText + text.slice(change.end);
  const after = updateHtml(before, now, change);
  return { after, afresh: parseHtml(HTML, now) };
}

test.each([
  ["an element that opens over all that follows", "<p>The bridge of the 30th", "<ul><li>30th"],
  ["a comment that opens", "30th street", "30th <!-- street"],
  ["a template that opens before the change", "30th", "{{ 30th"],
])("%s is read to where all is as it was", (_what, at, newText) => {
  const text = PARAGRAPHS.join("").replace("50th street", "50th }} --> </ul> street");
  const { after, afresh } = changed(at, newText, text);
  expect(after.blocks).toEqual(afresh.blocks);
  expect(after.starts).toEqual(afresh.starts);
});

test("many changes in a row give what reading afresh gives", () => {
  let draft = parseHtml(HTML, PARAGRAPHS.join(""));
  for (let step = 0; step < 40; step++) {
    const start = (step * 997) % draft.text.length;
    const end = Math.min(draft.text.length, start + (step % 7));
    const newText = ["<ul>", "</ul>", "x", "<p>", "", "{{", "}}"][step % 7] ?? "";
    const now = draft.text.slice(0, start) + newText + draft.text.slice(end);
    draft = updateHtml(draft, now, { start, end, newText });
    const afresh = parseHtml(HTML, now);
    expect(draft.starts).toEqual(afresh.starts);
    expect(draft.blocks).toEqual(afresh.blocks);
  }
});
