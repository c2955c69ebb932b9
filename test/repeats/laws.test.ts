import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits, type Edit } from "../../server/src/text/edits.ts";
import { formatOf } from "../../server/src/formats/registry.ts";
import { fingerprintsOf } from "../../server/src/repeats/fingerprints.ts";
import { reportsWithin } from "../../server/src/repeats/report.ts";
import { findRunsWithin } from "../../server/src/repeats/runs.ts";
import { seedsWithin } from "../../server/src/repeats/seeds.ts";
import { sequenceOf } from "../../server/src/repeats/sequence.ts";
import { repeatsWithin } from "../../server/src/repeats/judge.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { draftOf } from "../support/rules.ts";
import { runs } from "../support/property.ts";

const OPTIONS = { minWords: 12 };
const PASTED = "The council voted on Monday to close the old bridge to lorries until the spring.";
/** More words than may stand between two parts of one passage, each another. */
const filler = (word: string): string =>
  Array.from({ length: 300 }, (_, at) => `${word}${at}`).join(" ");

/** Few words, so that much stands twice by chance, in all kinds of blocks. */
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

test("any text has its places in it, later copies after earlier ones", () => {
  fc.assert(
    fc.property(anyDraft, format, (text, kind) => {
      const draft = draftOf(text, kind);
      const sequence = sequenceOf(draft);
      for (const run of findRunsWithin(sequence)) {
        expect(run.bEnd).toBeLessThanOrEqual(run.aStart);
        expect(run.aEnd).toBeLessThanOrEqual(sequence.words.length);
        expect(run.aStart).toBeLessThan(run.aEnd);
      }
      const { runs } = repeatsWithin(draft, OPTIONS);
      for (const report of reportsWithin(sequence, runs)) {
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
      const prints = fingerprintsOf(draft);
      expect(prints.places.length).toBe(prints.hashes.length);
    }),
    runs(500),
  );
});

/** Paragraphs by the lengths of their sentences, each word another. */
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

test("a pasted run is one finding, and deleting either copy leaves a draft without", () => {
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
        const run = blocks.slice(start, end);
        const ending = gap.startsWith("\r") ? "\r\n" : "\n";
        const text = [...blocks.slice(0, at), ...run, ...blocks.slice(at)].join(gap) + ending;
        const { sequence, runs } = repeatsWithin(draftOf(text, kind), OPTIONS);
        const reports = reportsWithin(sequence, runs);
        expect(reports).toHaveLength(1);
        const [report] = reports;
        expect(text.slice(report?.start, report?.end)).toBe(run.join(gap));
        expect(report?.unnecessary).toBe(true);
        const clean = blocks.join(gap) + ending;
        const [here, there] = report?.fixes ?? [];
        expect(applyEdits(text, here?.edits ?? [])).toBe(clean);
        const left = applyEdits(text, there?.edits ?? []);
        expect(repeatsWithin(draftOf(left, kind), OPTIONS).runs).toEqual([]);
      },
    ),
    runs(150),
  );
});

/** The one edit that makes a text of another. */
function editBetween(before: string, after: string): Edit {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before[start] === after[start]) start++;
  let same = 0;
  while (same < shorter - start && before.at(-1 - same) === after.at(-1 - same)) same++;
  const newText = after.slice(start, after.length - same);
  return { start, end: before.length - same, newText };
}

test("a changed draft gives the same row of words as one read afresh", () => {
  const format = formatOf("markdown");
  fc.assert(
    fc.property(
      fc.array(block, { maxLength: 60 }),
      fc.array(fc.tuple(fc.nat(60), fc.nat(3), fc.array(block, { maxLength: 2 }), fc.boolean()), {
        maxLength: 3,
      }),
      (lines, changes) => {
        const changed = [...lines];
        let draft = format.parse(changed.join("\n\n"));
        seedsWithin(sequenceOf(draft));
        for (const [at, count, put, isAsked] of changes) {
          changed.splice(at, count, ...put);
          const text = changed.join("\n\n");
          draft = format.update(draft, text, editBetween(draft.text, text));
          if (isAsked) seedsWithin(sequenceOf(draft));
        }
        const afresh = format.parse(draft.text);
        expect(sequenceOf(draft)).toEqual(sequenceOf(afresh));
        expect(seedsWithin(sequenceOf(draft))).toEqual(seedsWithin(sequenceOf(afresh)));
      },
    ),
    runs(300),
  );
});

/** What can happen to a draft's paragraphs; the numbers choose which, and where in it. */
const CHANGES: Record<string, (blocks: string[], one: number, other: number) => void> = {
  copied: (blocks, one, other) => blocks.splice(other, 0, blocks[one] ?? ""),
  deleted: (blocks, one) => blocks.splice(one, 1),
  moved: (blocks, one, other) => blocks.splice(other, 0, ...blocks.splice(one, 1)),
  joined: (blocks, one) => blocks.splice(one, 2, blocks.slice(one, one + 2).join(" ")),
  split: (blocks, one) => blocks.splice(one, 1, ...(blocks[one] ?? "").split(". ")),
  "several cut": (blocks, one, other) => blocks.splice(one, 2 + (other % 4)),
  "several pasted": (blocks, one, other) =>
    blocks.splice(other, 0, ...blocks.slice(one, one + 2 + (other % 4))),
  "a word replaced everywhere": (blocks, one, other) => {
    const words = (blocks[one] ?? "").split(" ");
    const word = ` ${words[other % words.length] ?? ""} `;
    blocks.splice(0, Infinity, ...blocks.map((text) => text.replaceAll(word, " the ")));
  },
  quoted: (blocks, one) => blocks.splice(one, 1, `> ${blocks[one] ?? ""}`),
  "with a comment before": (blocks, one) => blocks.splice(one, 0, "<!-- later -->"),
  "with a word more": (blocks, one, other) =>
    blocks.splice(
      one,
      1,
      edited(blocks[one] ?? "", other, (word) => [word, "indeed"]),
    ),
  "with a word less": (blocks, one, other) =>
    blocks.splice(
      one,
      1,
      edited(blocks[one] ?? "", other, () => []),
    ),
  "with a sentence more": (blocks, one, other) =>
    blocks.splice(
      one,
      1,
      edited(blocks[one] ?? "", other, (word) => [`${word}.`]),
    ),
};

/** A paragraph with other words in place of one of its own. */
function edited(text: string, at: number, make: (word: string) => string[]): string {
  const words = text.split(" ");
  const index = at % words.length;
  words.splice(index, 1, ...make(words[index] ?? ""));
  return words.join(" ");
}

/** Words of which each stands once in a block, about as many as part pieces from each other, or runs. */
const distinct = fc
  .tuple(fc.nat(9), fc.oneof(fc.integer({ min: 40, max: 60 }), fc.integer({ min: 210, max: 230 })))
  .map(([name, count]) => Array.from({ length: count }, (_, at) => `n${name}x${at}`).join(" "));
/** Few paragraphs as people write them, each again and again. */
const fewParagraphs = fc
  .tuple(fc.nat(), fc.array(fc.oneof(fc.nat(2), distinct), { maxLength: 8 }))
  .map(([seed, order]) => {
    const made = madeUp(seed).draft(600).split("\n\n");
    return order.map((one) => (typeof one === "string" ? one : (made[one] ?? "")));
  });
/** Paragraphs as people write them, and few words again and again, near each other and not. */
const paragraphsToChange = fc.oneof(
  fc.nat().map((seed) => madeUp(seed).draft(3000).split("\n\n")),
  fewParagraphs,
  fc.array(fc.oneof(block, block, distinct), { maxLength: 30 }),
  fc.array(fc.oneof(line, line, distinct), { maxLength: 30 }),
  anyDraft.map((text) => text.split("\n\n")),
);

test("a changed draft has the same repeats as one read afresh", () => {
  const change = fc.tuple(fc.constantFrom(...Object.keys(CHANGES)), fc.nat(), fc.nat());
  const changes = fc.array(change, { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(paragraphsToChange, changes, format, (paragraphs, changes, kind) => {
      const format = formatOf(kind);
      const blocks = [...paragraphs];
      let draft = format.parse(blocks.join("\n\n"));
      findRunsWithin(sequenceOf(draft));
      for (const [name, one, other] of changes) {
        const count = Math.max(1, blocks.length);
        CHANGES[name]?.(blocks, one % count, other % count);
        const text = blocks.join("\n\n");
        draft = format.update(draft, text, editBetween(draft.text, text));
        const found = findRunsWithin(sequenceOf(draft));
        expect(found).toEqual(findRunsWithin(sequenceOf(format.parse(text))));
      }
    }),
    runs(150),
  );
});

test("repeats that a change does not touch are not found anew", () => {
  const format = formatOf("plaintext");
  const text = `${PASTED}\n\n${filler("before")}\n\n${PASTED}\n\n${filler("after")}\n\nThe end.\n`;
  const draft = format.parse(text);
  const [before] = findRunsWithin(sequenceOf(draft));
  const longer = text.replace("The end", "The very end");
  const changed = format.update(draft, longer, editBetween(text, longer));
  const [after] = findRunsWithin(sequenceOf(changed));
  expect(before?.matched).toBe(PASTED.split(" ").length);
  expect(after).toBe(before);
});
