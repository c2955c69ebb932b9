import { expect, test } from "vitest";
import { Cuts, NO_CUTS } from "../../server/src/deletion/cuts.ts";
import { getShape } from "../../server/src/deletion/shape.ts";
import { draftOf } from "../support/rules.ts";

/** The shape of a text without what is between ⟦ and ⟧, and that of the text that is left. */
function shapes(marked: string, left: string): readonly [readonly string[], readonly string[]] {
  const start = marked.indexOf("⟦");
  const end = marked.indexOf("⟧") - 1;
  const draft = draftOf(marked.replace(/[⟦⟧]/g, ""));
  return [getShape(draft, new Cuts([{ start, end }])), getShape(draftOf(left), NO_CUTS)];
}

test.each([
  ["white space", "One.\n\n⟦Two.\n\n⟧Three.\n", "One.\n\n\n   Three.\n"],
  ["an item that held nothing else", "- one\n⟦- two\n⟧- three\n", "- one\n- three\n"],
  ["a quotation that held nothing else", "One.\n\n⟦> Two.\n\n⟧Three.\n", "One.\n\nThree.\n"],
  ["lines of one paragraph", "One\n⟦two\n⟧three.\n", "One\nthree.\n"],
])("%s makes no difference", (_what, marked, left) => {
  const [one, other] = shapes(marked, left);
  expect(one).toEqual(other);
  expect(one.length).toBeGreaterThan(0);
});

test.each([
  ["a word", "One ⟦two ⟧three.\n", "One four.\n"],
  ["a heading for a paragraph", "One.\n\n⟦Two.\n\n⟧Three.\n", "One.\n\n# Three.\n"],
  [
    "a tag in a list or after it",
    "- one\n⟦- two\n⟧\n<div>\n\n</div>\n",
    "- one\n\n  <div>\n\n  </div>\n",
  ],
  ["an item for a paragraph", "- one\n⟦- two\n⟧- three\n", "- one\n\nthree\n"],
  ["a quotation's words outside it", "> One.\n\n⟦Two.\n\n⟧> Three.\n", "> One.\n\nThree.\n"],
])("%s does", (_what, marked, left) => {
  const [one, other] = shapes(marked, left);
  expect(one).not.toEqual(other);
});

test("an empty draft has no shape", () => {
  expect(getShape(draftOf(""), NO_CUTS)).toEqual([]);
});
