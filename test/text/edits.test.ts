import fc from "fast-check";
import { expect, test } from "vitest";
import {
  applyEdits,
  followedBy,
  joinEdits,
  movedSpan,
  spanBefore,
  spanningEdit,
  type Edit,
} from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "\r", "\n", "😀"), maxLength: 70 });

/** An edit of a text, by its start and how much it deletes. */
function editOf(before: string, at: number, count: number, newText: string): Edit {
  const start = Math.min(at, before.length);
  return { start, end: Math.min(start + count, before.length), newText };
}

test("consecutive edits make one edit of the first text", () => {
  const edits = fc.array(fc.tuple(fc.nat(70), fc.nat(70), text), { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(text, edits, (before, changes) => {
      let after = before;
      let joined: Edit | undefined;
      for (const [at, count, newText] of changes) {
        const edit = editOf(after, at, count, newText);
        after = applyEdits(after, [edit]);
        joined = joinEdits(joined, edit, after);
      }
      expect(joined && applyEdits(before, [joined])).toBe(after);
    }),
    runs(2000),
  );
});

test("a span that some edits left alone is found in the text before them", () => {
  const edits = fc.array(fc.tuple(fc.nat(70), fc.nat(9), text), { maxLength: 5 });
  const property = fc.property(text, edits, fc.nat(70), fc.nat(9), (before, changes, at, count) => {
    const all: Edit[] = [];
    for (const [start, length, newText] of changes.sort(([a], [b]) => a - b)) {
      const edit = editOf(before, start, length, newText);
      if (edit.start > (all.at(-1)?.end ?? -1)) all.push(edit);
    }
    const span = editOf(before, at, count, "");
    const moved = all.reduceRight<Edit | undefined>(
      (one, edit) => one && movedSpan(one, edit),
      span,
    );
    const isApart = all.every((edit) => edit.end < span.start || span.end < edit.start);
    if (moved !== undefined && isApart) expect(spanBefore(moved, all)).toEqual(span);
  });
  fc.assert(property, runs(2000));
  const word = [{ start: 2, end: 3, newText: "word" }];
  expect(spanBefore({ start: 3, end: 5 }, word)).toBeUndefined();
});

test("several edits of one text make one edit, no wider than they are together", () => {
  const edits = fc.array(fc.tuple(fc.nat(70), fc.nat(9), text), { maxLength: 5 });
  fc.assert(
    fc.property(text, edits, (before, changes) => {
      const all = changes.map(([at, count, newText]) => editOf(before, at, count, newText));
      const after = applyEdits(before, all);
      const spanning = spanningEdit(all, before, after);
      expect(applyEdits(before, [spanning])).toBe(after);
      const reached = all.reduce((end, one) => Math.max(end, one.end), 0);
      expect(spanning.end).toBe(reached);
    }),
    runs(2000),
  );
});

test("without edits the result is an edit that changes nothing", () => {
  expect(spanningEdit([], "abc", "abc")).toEqual({ start: 0, end: 0, newText: "" });
});

test("edits of a text, and then of the result, make edits of the first text", () => {
  const changes = fc.array(fc.tuple(fc.nat(70), fc.nat(9), text), { maxLength: 3 });
  const toEdits = (before: string, all: readonly [number, number, string][]): Edit[] =>
    all.map(([at, count, newText]) => editOf(before, at, count, newText));
  fc.assert(
    fc.property(text, changes, changes, (before, first, second) => {
      const edits = toEdits(before, first);
      const between = applyEdits(before, edits);
      const more = toEdits(between, second);
      const after = applyEdits(before, followedBy(edits, more, before));
      expect(after).toBe(applyEdits(between, more));
    }),
    runs(2000),
  );
});
