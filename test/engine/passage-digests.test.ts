import fc from "fast-check";
import { expect, test } from "vitest";
import { passageDigests, stetEntry } from "../../server/src/engine/suppression/suppress.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { runs } from "../support/property.ts";

test("a digest is that of the finding's stet entry, whatever was asked before", () => {
  const block = fc.constantFrom("The mayor spoke.", "- \n- ", "# Head", "Two\nlines.", "", "***");
  const span = fc.tuple(fc.nat(), fc.nat(), fc.boolean());
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 8 }),
      fc.array(span, { minLength: 1, maxLength: 8 }),
      (blocks, spans) => {
        const draft = getFormat("markdown").parse(blocks.join("\n\n"));
        const size = draft.text.length + 1;
        const digestOf = passageDigests(draft);
        for (const [one, other, isEmpty] of spans) {
          const start = Math.min(one % size, other % size);
          const end = isEmpty ? start : Math.max(one % size, other % size);
          const finding = { rule: "a", severity: "hint" as const, message: "", start, end };
          expect(digestOf(finding)).toBe(stetEntry(draft, finding).hash);
        }
      },
    ),
    runs(500),
  );
});
