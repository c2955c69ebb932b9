import fc from "fast-check";
import { expect, test } from "vitest";
import { getFormat, FORMAT_IDS } from "../../server/src/formats/registry.ts";
import { difference } from "../../server/src/formats/support/difference.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b"), maxLength: 70 });

test("a change is narrowed to the smallest that does the same", () => {
  fc.assert(
    fc.property(text, text, text, text, (front, cut, put, back) => {
      const before = front + cut + back;
      const after = front + put + back;
      const { start, oldEnd, newEnd } = difference(before, after, front.length, back.length);
      const edit = { start, end: oldEnd, newText: after.slice(start, newEnd) };
      expect(applyEdits(before, [edit])).toBe(after);
      // Its ends differ, or one side of it is empty.
      const isNarrow =
        start === oldEnd ||
        start === newEnd ||
        (before[start] !== after[start] && before[oldEnd - 1] !== after[newEnd - 1]);
      expect(isNarrow).toBe(true);
    }),
    runs(1000),
  );
});

test("nothing is compared but the change and the units next to it", () => {
  expect(difference("1aabaa1", "2aacaa2", 3, 3)).toEqual({ start: 3, oldEnd: 4, newEnd: 4 });
  // What was a line feed to the parser is a carriage return now that one follows it, and the other way round.
  expect(difference("x\ny", "x\r\ny", 2, 1)).toEqual({ start: 1, oldEnd: 1, newEnd: 2 });
  expect(difference(" x", "ab\uFEFFx", 0, 2)).toEqual({ start: 0, oldEnd: 1, newEnd: 3 });
});

/** A change may alter what the units next to it are: line breaks, a byte order mark, the end of front matter. */
const piece = fc.constantFrom(
  ...["\uFEFF", "---\n", "---", "\n", "\r", "\r\n", "# A", "- b", "title: c"],
);

test.each(FORMAT_IDS)("%s reads again what a change next to it alters", (id) => {
  const format = getFormat(id);
  const pieces = fc.array(piece, { maxLength: 12 }).map((all) => all.join(""));
  fc.assert(
    fc.property(pieces, pieces, fc.nat(40), fc.nat(4), (before, put, at, cut) => {
      const start = Math.min(at, before.length);
      const end = Math.min(start + cut, before.length);
      const after = before.slice(0, start) + put + before.slice(end);
      const updated = format.update(format.parse(before), after, { start, end, newText: put });
      expect(updated).toEqual(format.parse(after));
    }),
    runs(1500),
  );
});
