import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../server/src/text/edits.ts";
import { fingerprint } from "../../server/src/repeats/fingerprints.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { draftOf } from "../support/rules.ts";
import { runs } from "../support/property.ts";

const OPTIONS = { minWords: 12 };

/** Few words, so that much occurs twice by chance, in all kinds of blocks. */
const word = fc.constantFrom(
  "the",
  "old",
  "bridge",
  "was",
  "closed",
  "again.",
  "Shops",
  "`x y`",
  "“no”",
  "is",
);
const line = fc.array(word, { maxLength: 30 }).map((words) => words.join(" "));
const block = fc
  .tuple(fc.constantFrom("", "- ", "> ", "## ", "1. ", "    ", "<p>", "> [!NOTE]\n> "), line)
  .map(([mark, text]) => mark + text);
const anyDraft = fc.oneof(
  fc
    .array(fc.tuple(block, fc.constantFrom("\n\n", "\n", "\r\n\r\n")), { maxLength: 12 })
    .map((parts) => parts.flat().join("")),
  fc.string({ unit: "binary", maxLength: 80 }),
);
const format = fc.constantFrom("markdown" as const, "plaintext" as const);

test("in any text, repeats are within it, later copies after earlier ones", () => {
  fc.assert(
    fc.property(anyDraft, format, (text, kind) => {
      const draft = draftOf(text, kind);
      const sequence = getSequence(draft);
      for (const repeat of findRepeats(sequence, sequence)) {
        expect(repeat.bEnd).toBeLessThanOrEqual(repeat.aStart);
        expect(repeat.aEnd).toBeLessThanOrEqual(sequence.words.length);
        expect(repeat.aStart).toBeLessThan(repeat.aEnd);
      }
      const { repeats } = repeatsWithin(draft, OPTIONS);
      for (const report of reportsWithin(sequence, repeats)) {
        const other = report.related?.[0];
        expect(other?.end).toBeLessThanOrEqual(report.start);
        expect(report.start).toBeLessThan(report.end);
        expect(report.end).toBeLessThanOrEqual(text.length);
        for (const fix of report.fixes ?? []) {
          for (const edit of fix.edits) {
            expect(edit.start).toBeGreaterThanOrEqual(0);
            expect(edit.end).toBeLessThanOrEqual(text.length);
          }
        }
      }
      const prints = fingerprint(draft);
      expect(prints.places.length).toBe(prints.hashes.length);
    }),
    runs(500),
  );
});

/** Paragraphs with sentences of these lengths, all words different. */
const paragraphs = fc
  .array(fc.array(fc.integer({ min: 13, max: 20 }), { minLength: 1, maxLength: 3 }), {
    minLength: 3,
    maxLength: 7,
  })
  .map((lengths) => {
    let words = 0;
    const next = (): string => `word${String.fromCharCode(97 + (words % 26))}${words++}`;
    const sentence = (length: number): string =>
      `The ${Array.from({ length: length - 1 }, next).join(" ")}.`;
    return lengths.map((sentences) => sentences.map(sentence).join(" "));
  });

test("a pasted run of paragraphs is one finding, and deleting either copy leaves none", () => {
  fc.assert(
    fc.property(
      paragraphs,
      fc.nat(),
      fc.nat(),
      fc.nat(),
      fc.constantFrom("\n\n", "\n", "\r\n\r\n", "\n\n\n"),
      format,
      (blocks, from, size, place, gap, kind) => {
        const start = from % blocks.length;
        const end = start + 1 + (size % (blocks.length - start));
        const at = end + (place % (blocks.length - end + 1));
        const repeat = blocks.slice(start, end);
        const ending = gap.startsWith("\r") ? "\r\n" : "\n";
        const text = [...blocks.slice(0, at), ...repeat, ...blocks.slice(at)].join(gap) + ending;
        const { sequence, repeats } = repeatsWithin(draftOf(text, kind), OPTIONS);
        const reports = reportsWithin(sequence, repeats);
        expect(reports).toHaveLength(1);
        const [report] = reports;
        expect(text.slice(report?.start, report?.end)).toBe(repeat.join(gap));
        expect(report?.unnecessary).toBe(true);
        const clean = blocks.join(gap) + ending;
        const [here, there] = report?.fixes ?? [];
        expect(applyEdits(text, here?.edits ?? [])).toBe(clean);
        const left = applyEdits(text, there?.edits ?? []);
        expect(repeatsWithin(draftOf(left, kind), OPTIONS).repeats).toEqual([]);
      },
    ),
    runs(150),
  );
});
