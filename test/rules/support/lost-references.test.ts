import { describe, expect, test } from "vitest";
import {
  getReferences,
  undefinedReference,
} from "../../../server/src/rules/support/lost-references.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { draftOf, withMarks } from "../../support/rules.ts";

test.each([
  "See ⟦[the map][one]⟧ and ⟦[more][two]⟧.",
  "See [the map][one].\n\n[one]: a.html\n",
  "See ⟦[the map][one]⟧.\n\n[two]: a.html\n",
  "⟦![the map][one]⟧",
  "See [the map][The Map].\n\n# The map\n",
  // Code, citations, bare brackets, a matrix.
  "a[i][one] [b][c](d) [a][@one] [a][`b`] [one] [1][2] [][one]",
  // Names that a documentation tool looks up.
  "See [the map][a::b] and [it][a.b] and [this][my-map].",
  "See ⟦[this][my-map]⟧.\n\n[two]: a\n",
  // The definitions may be in another file.
  "See [the map][one].\n\n{% include 'a.md' %}\n",
])("lost: %j", (marked) => {
  const text = marked.replace(/[⟦⟧]/g, "");
  const { lost } = getReferences(draftOf(text));
  expect(
    withMarks(
      text,
      lost.map(({ place }) => place),
    ),
  ).toBe(marked);
});

test("labels are counted once, by whose they are", () => {
  const text = "[a][one] [b][One] [c][two] [d][x::y] [e][three] [f][three]\n\n[three]: g\n";
  expect(getReferences(draftOf(text))).toMatchObject({
    lostLabels: new Set(["one", "two"]),
    toolLabels: 1,
    foundLabels: 1,
  });
});

describe("the report", () => {
  const reported = (text: string) => {
    const draft = draftOf(text);
    const [first] = getReferences(draft).lost;
    if (first === undefined) throw new Error("nothing is lost");
    return undefinedReference(draft, first, "TK");
  };

  test("of a link: add the address, or keep the text", () => {
    const text = "See [the map][one].\n";
    const report = reported(text);
    expect(report.message).toMatch(/^“one”: .* link /);
    expect(report.severity).toBeUndefined();
    expect(report.fixes?.map(({ edits }) => applyEdits(text, edits))).toEqual([
      "See [the map][one].\n\n[one]: TK\n",
      "See the map.\n",
    ]);
  });

  test("of an image: add the address", () => {
    const report = reported("See ![the map][one].\n");
    expect(report.message).toMatch(/ image /);
    expect(report.fixes).toHaveLength(1);
  });

  test("of a badge: a hint, as it is seen anyway", () => {
    expect(reported("[![a](b.svg)][one]\n").severity).toBe("hint");
    expect(reported("[![a][one]](b.html)\n").severity).toBe("hint");
  });
});
