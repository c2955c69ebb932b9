import { FORMAT_IDS, type FormatId } from "../server/src/formats/registry.ts";
import { SAMPLES } from "./support/format-samples.ts";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { composed, isComposed } from "../server/src/text/composed.ts";
import { extractFacts } from "../server/src/project/facts.ts";
import type { Finding } from "../server/src/draft/finding.ts";
import { settingsFrom } from "../server/src/settings/settings.ts";
import { readsAsProse } from "../server/src/formats/plaintext/reads-as-prose.ts";
import { sourceSpan } from "../server/src/draft/prose.ts";
import { PASSAGES } from "./support/passages-by-script.ts";
import { runs } from "./support/property.ts";
import { draftOf } from "./support/rules.ts";
import { say } from "../server/src/text/wording.ts";

const SETTINGS = settingsFrom();

function findingsIn(text: string, format: FormatId): readonly Finding[] {
  return extractFacts(draftOf(text, format), SETTINGS).findings;
}

function untagged(source: string): string {
  return source.replace(/<\/?p>/g, "");
}

/** The words of each finding, by rule, in one normal form of Unicode. */
function told(text: string, format: FormatId): unknown[] {
  return findingsIn(text, format).map(({ rule, start, end, related, message }) => ({
    rule,
    message: say(message).normalize("NFC"),
    before: text.slice(0, start).normalize("NFC").length,
    words: text.slice(start, end).normalize("NFC"),
    related: related?.map((place) => text.slice(place.start, place.end).normalize("NFC")),
  }));
}

/** The first sentence of a text, and the rest; no rest if the script has no sign that ends a sentence. */
function partedOnce(text: string): readonly [string, string] {
  const end = /[.。।۔።၊။։།។]/u.exec(text.slice(0, -1));
  if (end === null) return [text, ""];
  return [text.slice(0, end.index + 1), text.slice(end.index + 1).trim()];
}

describe.each(Object.entries(PASSAGES))("%s", (_script, [first, second, third]) => {
  test("reads as prose, in paragraphs and in lines, composed and decomposed", () => {
    for (const form of ["NFC", "NFD"] as const) {
      const paragraphs = [first, second, third].map((text) => text.normalize(form));
      expect(readsAsProse(paragraphs.join("\n\n"), "news.txt")).toBe(true);
      expect(readsAsProse(`2026\n\n${paragraphs.join("\r\n")}\r\n`, "news.txt")).toBe(true);
    }
  });

  test.each(FORMAT_IDS)("a clean draft in %s has no finding", (format) => {
    expect(told(SAMPLES[format].draft([first, second, third]), format)).toEqual([]);
  });

  test.each(FORMAT_IDS)("a paragraph pasted twice in %s is found, and nothing else", (format) => {
    const text = SAMPLES[format].draft([first, second, third, first]);
    const last = text.lastIndexOf(first);
    expect(
      findingsIn(text, format).map(({ rule, start, end, related }) => ({
        rule,
        words: end > last && untagged(text.slice(start, end)),
        earlier: related?.map((place) => untagged(text.slice(place.start, place.end))),
      })),
    ).toEqual([{ rule: "repeated-block", words: first, earlier: [first] }]);
  });

  test.each(FORMAT_IDS)("composed and decomposed text in %s gives the same findings", (format) => {
    const text = SAMPLES[format].draft([first, second, third, first]);
    const composed = text.normalize("NFC");
    const decomposed = text.normalize("NFD");
    expect(told(decomposed, format)).toEqual(told(composed, format));
    expect(told(decomposed, format)).toHaveLength(1);
  });

  test("a copy in the other normal form of Unicode is a repeat", () => {
    const text = SAMPLES.plaintext.draft([
      first.normalize("NFC"),
      second,
      third,
      first.normalize("NFD"),
    ]);
    expect(findingsIn(text, "plaintext").map(({ rule }) => rule)).toEqual(["repeated-block"]);
  });
});

const WITH_STOPS = Object.entries(PASSAGES).filter(([, [first]]) => partedOnce(first)[1] !== "");

test("all scripts except Thai and Lao have signs that end sentences", () => {
  expect(Object.keys(PASSAGES).length - WITH_STOPS.length).toBe(2);
});

test.each(WITH_STOPS)(
  "%s: a sentence pasted into another paragraph is found, with its own marks and no other’s",
  (_script, [first, second]) => {
    const [sentence] = partedOnce(first);
    const space = /^\s/.test(first.slice(sentence.length)) ? " " : "";
    const [before, after] = partedOnce(second);
    const text = `${first}\n\n${before}${space}${sentence}${space}${after}\n`;
    const found = findingsIn(text, "plaintext").map(({ start, end }) => text.slice(start, end));
    expect(found).toEqual([sentence]);
  },
);

describe("both forms of Unicode", () => {
  const texts = Object.entries(PASSAGES).filter(
    ([, paragraphs]) =>
      paragraphs.join("").normalize("NFD") !== paragraphs.join("").normalize("NFC"),
  );

  test.each(texts)("%s: lines of every width make the same paragraphs", (_script, paragraphs) => {
    for (let width = 20; width <= 130; width += 10) {
      const text = ["2026", ...paragraphs, paragraphs[0]]
        .map((paragraph) => wrapped(paragraph.normalize("NFC"), width))
        .join("\n");
      expect(kinds(text.normalize("NFD"))).toEqual(kinds(text));
      const found = told(text, "plaintext").length;
      expect(told(text.normalize("NFD"), "plaintext")).toHaveLength(found);
    }
  });

  test.each(texts)("%s: each word is where its letters are", (_script, paragraphs) => {
    const text = paragraphs.join("\n\n").normalize("NFD");
    for (const format of FORMAT_IDS) {
      for (const { prose, source } of draftOf(text, format).blocks) {
        expect(prose.text).toBe(prose.text.normalize("NFC"));
        for (const { 0: word, index } of prose.text.matchAll(/[^\s\p{P}]+/gu)) {
          const span = sourceSpan(prose, { start: index, end: index + word.length });
          expect(source.slice(span.start, span.end).normalize("NFC")).toBe(word);
        }
      }
    }
  });

  const LETTERS = [
    "e",
    "A",
    "\u0301",
    "\u0323",
    "\u1112",
    "\u1161",
    "\u11AB",
    "क",
    "\u093C",
    "か",
    "\u3099",
  ];
  test("any text is composed as Unicode defines", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...LETTERS, " "), { maxLength: 60 }), (letters) => {
        const text = letters.join("");
        // Longer rows of marks are sorted in parts.
        fc.pre(!/[^\p{L} ]{30}/u.test(text));
        expect(composed(text)).toBe(text.normalize("NFC"));
        expect(isComposed(text)).toBe(text === text.normalize("NFC"));
        expect(isComposed("x".repeat(245) + text)).toBe(text === text.normalize("NFC"));
      }),
      runs(100),
    );
  });

  test("markup between a letter and its combining mark doesn't enter the word", () => {
    const { prose, source } = only(draftOf("An *e*\u0301 and an e\u0301 met.\n").blocks);
    expect(prose.text).toBe("An e\u0301 and an \u00E9 met.");
    const span = sourceSpan(prose, { start: 3, end: 4 });
    expect(source.slice(span.start, span.end)).toBe("e");
  });
});

function kinds(text: string): unknown[] {
  return draftOf(text, "plaintext").blocks.map(({ kind, source }) => [
    kind,
    source.normalize("NFC"),
  ]);
}

/** The text in lines of limited length, where its spaces allow. */
function wrapped(text: string, width: number): string {
  const lines = [""];
  for (const word of text.split(" ")) {
    const line = lines.at(-1) ?? "";
    if (line !== "" && line.length + 1 + word.length > width) lines.push(word);
    else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
  }
  return lines.join("\n");
}

function only<T>(list: readonly T[]): T {
  expect(list).toHaveLength(1);
  return list[0] as T;
}
