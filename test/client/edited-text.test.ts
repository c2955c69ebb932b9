import fc from "fast-check";
import { expect, test } from "vitest";
import { editedText, isSameText } from "../../client/src/edited-text.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { lineIndex, positionAt } from "../../server/src/text/lines.ts";
import { runs } from "../support/property.ts";

test("edits by position and the same edits by offset give the same text", () => {
  const text = fc.string({
    unit: fc.constantFrom("a", "b", "\n", "\r\n", "\r", "😀"),
    maxLength: 70,
  });
  const places = fc.array(fc.nat(70), { maxLength: 8 });
  fc.assert(
    fc.property(text, places, (before, offsets) => {
      const lines = lineIndex(before);
      // Never inside a line break, where there is no position.
      const valid = [...new Set(offsets.map((offset) => Math.min(offset, before.length)))]
        .filter((offset) => !(before[offset - 1] === "\r" && before[offset] === "\n"))
        .sort((a, b) => a - b);
      const edits = valid.flatMap((start, index) => {
        const end = valid[index + 1];
        return index % 2 === 1 || end === undefined ? [] : [{ start, end, newText: `<${index}>` }];
      });
      const changes = edits.map(({ start, end, newText }) => ({
        range: { start: positionAt(lines, start), end: positionAt(lines, end) },
        newText,
      }));
      expect(editedText(before, changes.reverse())).toBe(applyEdits(before, edits));
    }),
    runs(500),
  );
});

test("texts that differ only in line endings count as the same", () => {
  expect(isSameText("a\nb\n", "a\r\nb\r")).toBe(true);
  expect(isSameText("a\n\nb", "a\nb")).toBe(false);
  expect(isSameText("a b", "a  b")).toBe(false);
});
