import { expect, test } from "vitest";
import { normalLabel } from "../../../server/src/draft/draft.ts";
import { getLabels } from "../../../server/src/rules/support/labels.ts";
import { getReferences } from "../../../server/src/rules/support/lost-references.ts";
import { draftOf } from "../../support/rules.ts";

test.each([
  ["A", "a"],
  [" a \n\t B ", "a b"],
  ["", ""],
  [undefined, ""],
])("%j is matched as “%s”", (label, expected) => {
  expect(normalLabel(label)).toBe(expected);
});

test("finds the labels of a draft with a reference to one", () => {
  const labels = getLabels(
    draftOf("# My  *Title*\n\na [b][One] [^1]\n\n[one]: c\n[Two]: d\n\n[^1]: e\n\n[^2]: f\n"),
  );
  expect({ ...labels, headings: [...labels.headings] }).toMatchObject({
    defined: new Set(["one", "two"]),
    headings: ["my title"],
    notesDefined: new Set(["1", "2"]),
    notesUsed: new Set(["1"]),
    isWhole: true,
  });
});

test.each([
  ["nothing refers to one", "# Title\n\n[one]: c\n"],
  ["another file is included", "a [b][One]\n\n{% include 'b.md' %}\n\n[one]: c\n"],
])("if %s, none are searched for", (_what, text) => {
  expect(getLabels(draftOf(text))).toEqual({
    defined: new Set(),
    headings: new Set(),
    notesDefined: new Set(),
    notesUsed: new Set(),
    notesUnread: new Set(),
    notesBare: new Set(),
    isWhole: false,
  });
});

test("labels are counted once, by their owner", () => {
  const text = "[a][one] [b][One] [c][two] [d][x::y] [e][three] [f][three]\n\n[three]: g\n";
  expect(getReferences(draftOf(text))).toMatchObject({
    lostLabels: new Set(["one", "two"]),
    hasTool: true,
    hasDefined: true,
  });
});
