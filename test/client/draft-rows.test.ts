import fc from "fast-check";
import { expect, test } from "vitest";
import {
  countOf,
  type DraftRow,
  draftRows,
  draftsOfKind,
  kindRows,
  MOST_ROWS,
  type MoreRow,
} from "../../client/src/draft-rows.ts";
import type { UnreadyDraft } from "../../server/src/protocol.ts";
import { runs } from "../support/property.ts";

const START = { line: 0, character: 0 };
const KINDS = ["Lost words", "Repeated passages", "Leftovers", "__proto__"];

/** A draft with so many findings of each kind. */
function draftWith(number: number, counts: readonly number[]): UnreadyDraft {
  const kinds = KINDS.flatMap((kind, index) => {
    const count = counts[index] ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
  const warning = kinds.reduce((sum, { count }) => sum + count, 0);
  return {
    uri: `file:///d${number}.md`,
    counts: { error: 0, warning, information: 0, hint: 0 },
    kinds,
    first: { start: START, end: START },
  };
}

const shown = (rows: readonly (DraftRow | MoreRow)[]): DraftRow[] =>
  rows.filter((row) => row.type === "draft");
const left = (rows: readonly (DraftRow | MoreRow)[]): number =>
  rows.reduce((sum, row) => (row.type === "more" ? sum + row.count : sum), 0);

test("the rows by draft and by kind hold the same findings, whichever and however many there are", () => {
  const counts = fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(counts, counts, fc.integer({ min: 1, max: 40 }), (loud, quiet, most) => {
      const of = (all: readonly (readonly number[])[], from: number): UnreadyDraft[] =>
        all.map((one, index) => draftWith(from + index, one));
      const listed = { notReady: of(loud, 0), hinted: of(quiet, 100) };
      const all = [...listed.notReady, ...listed.hinted];
      const rows = draftRows(listed, most);
      expect(shown(rows).map(({ draft }) => draft)).toEqual(all.slice(0, most));
      expect(shown(rows).length + left(rows)).toBe(all.length);
      const total = all.reduce((sum, draft) => sum + countOf(draft), 0);
      const kinds = kindRows(listed);
      expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      for (const row of kinds) {
        const drafts = draftsOfKind(row, most);
        expect(shown(drafts).length + left(drafts)).toBe(row.drafts.length);
        const each = row.drafts.map((draft) => countOf(draft, row.kind));
        expect(each.every((count) => count > 0)).toBe(true);
        expect(shown(drafts).map(({ draft }) => countOf(draft, row.kind))).toEqual(
          each.sort((a, b) => b - a).slice(0, most),
        );
      }
    }),
    runs(100),
  );
});

test("of 10,000 drafts and 100,000 findings a screenful of rows is made, and no finding", () => {
  const notReady = Array.from({ length: 10_000 }, (_, number) => draftWith(number, [9, 1]));
  const listed = { notReady, hinted: [] };
  expect(draftRows(listed)).toHaveLength(MOST_ROWS + 1);
  const kinds = kindRows(listed);
  expect(kinds.map(({ kind, count }) => [kind, count])).toEqual([
    ["Lost words", 90_000],
    ["Repeated passages", 10_000],
  ]);
  for (const row of kinds) expect(draftsOfKind(row)).toHaveLength(MOST_ROWS + 1);
});
