import fc from "fast-check";
import { expect, test } from "vitest";
import { countOf, draftsOfKind, kindsOf } from "../../client/src/drafts-view.ts";
import type { UnreadyDraft } from "../../server/src/protocol.ts";
import { runs } from "../support/property.ts";

const KINDS = ["Lost words", "Repeated passages", "Leftovers", "__proto__"];

/** A draft with this many findings of each kind. */
function draftWith(number: number, counts: readonly number[]): UnreadyDraft {
  const kinds = KINDS.flatMap((kind, index) => {
    const count = counts[index] ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
  const warning = kinds.reduce((sum, { count }) => sum + count, 0);
  const counted = { error: 0, warning, information: 0, hint: 0 };
  return { uri: `file:///d${number}.md`, counts: counted, kinds };
}

test("the lists by draft and by kind have the same findings", () => {
  const counts = fc.array(fc.array(fc.nat(3), { maxLength: 4 }), { maxLength: 30 });
  fc.assert(
    fc.property(counts, (each) => {
      const all = each.map((one, index) => draftWith(index, one));
      const total = all.reduce((sum, draft) => sum + countOf(draft), 0);
      const kinds = kindsOf(all);
      expect(kinds.reduce((sum, { count }) => sum + count, 0)).toBe(total);
      expect(kinds.map(({ count }) => count)).toEqual(
        kinds.map(({ count }) => count).sort((a, b) => b - a),
      );
      for (const one of kinds) {
        const drafts = draftsOfKind(one);
        expect(new Set(drafts)).toEqual(new Set(all.filter((draft) => countOf(draft, one.kind))));
        const numbers = drafts.map((draft) => countOf(draft, one.kind));
        expect(numbers).toEqual(numbers.toSorted((a, b) => b - a));
      }
    }),
    runs(100),
  );
});
