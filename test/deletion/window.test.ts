import fc from "fast-check";
import { expect, test } from "vitest";
import { windowAround } from "../../server/src/deletion/window.ts";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { pairsIn } from "../../server/src/formats/structure/pairs.ts";
import { SAMPLES } from "../support/format-samples.ts";
import { runs } from "../support/property.ts";

test.each(FORMAT_IDS)(
  "%s: a window is a part of its draft around the span, and splits no pair",
  (id) => {
    const format = getFormat(id);
    const { pieces, paragraph } = SAMPLES[id];
    const part = fc.oneof(
      fc.constant(`${paragraph("It ended here.")}\n\n`),
      fc.constantFrom(...pieces),
    );
    fc.assert(
      fc.property(fc.array(part, { maxLength: 70 }), fc.nat(), fc.nat(40), (parts, at, length) => {
        const text = parts.join("");
        const draft = format.parse(text);
        const start = at % (text.length + 1);
        const span = { start, end: Math.min(text.length, start + length) };
        const { draft: window, offset } = windowAround(draft, span);
        const end = offset + window.text.length;
        expect(text.slice(offset, end)).toBe(window.text);
        if (window === draft) return;
        expect(window.text.length).toBeLessThanOrEqual(text.length / 2);
        const first = draft.starts.findIndex((one) => one >= offset);
        expect(window.blocks.map(({ source }) => source)).toEqual(
          draft.blocks.slice(first, first + window.blocks.length).map(({ source }) => source),
        );
        const inside = new Set<number>();
        const outside = new Set<number>();
        for (const { group, start: from } of pairsIn(draft)) {
          (from >= offset && from < end ? inside : outside).add(group);
        }
        for (const group of inside) expect(outside.has(group)).toBe(false);
      }),
      runs(300),
    );
  },
);
