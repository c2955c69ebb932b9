import { describe, expect, test } from "vitest";
import { isVerse, paragraphStarts } from "../../../server/src/formats/support/paragraphs.ts";

/** The paragraphs of a text, as they are read from its lines. */
function paragraphs(text: string): string[] {
  const starts = paragraphStarts(text);
  return starts.map((start, index) => text.slice(start, starts[index + 1] ?? text.length));
}

describe("the start of a paragraph without a blank line", () => {
  test.each<[string, string[]]>([
    ["no text", [""]],
    ["one line", ["The bridge is open."]],
    [
      "a line that ends a sentence, and one that starts one",
      ["The bridge is open.\n", "The mayor came."],
    ],
    ["a sentence that goes on", ["The bridge, which was\nclosed, is open."]],
    ["a line that starts small", ["The bridge is open.\nthe mayor came."]],
    [
      "wrapped text: the next word had no room",
      [
        "The bridge over the river is open again, and\neveryone came to see it on this fine morning.\nThe mayor spoke about it.",
      ],
    ],
    [
      "wrapped text: the next word had room",
      [
        "The bridge over the river is open again, and\neveryone came.\n",
        "The mayor spoke about it.",
      ],
    ],
    [
      "lines too wide to be wrapped",
      [`${"The bridge is open ".repeat(8)}now.\n`, "The mayor came and\nspoke."],
    ],
    ["CRLF", ["The bridge is open.\r\n", "The mayor came."]],
  ])("%s", (what, expected) => {
    const text = what === "no text" ? "" : expected.join("");
    expect(paragraphs(text)).toEqual(expected);
  });

  test("letters with combining marks are as wide as composed ones", () => {
    const text =
      "Die Brücke über den Fluß ist wieder geöffnet und\nalle kamen, um sie zu sehen an dem schönen Tag.\nDer Redner sprach.";
    const starts = (form: string): number[] =>
      paragraphStarts(text.normalize(form)).map(
        (start) => text.normalize(form).slice(0, start).normalize("NFC").length,
      );
    expect(starts("NFD")).toEqual(starts("NFC"));
  });

  test("an endless paragraph is split", () => {
    const line = "and the bridge was closed again while\n";
    expect(paragraphs(line.repeat(1000))).toEqual([line.repeat(1000)]);
    const split = paragraphs(line.repeat(2500));
    expect(split.join("")).toBe(line.repeat(2500));
    expect(split.length).toBeGreaterThan(1);
    for (const part of split) expect(part.length).toBeLessThan(40_200);
  });
});

describe("verse", () => {
  test.each([
    ["a stanza", "Whose woods these are\nI think I know.\nHis house is\nIn the village", true],
    ["an address", "Mr. J. Ames\n12 Hill Road\nLondon\nEngland", true],
    ["quotation marks before the capitals", "“Who goes\n“There so late?\n‘No one\n(Nobody", true],
    ["no line", "", false],
    ["one line", "Whose woods these are", false],
    ["two lines", "Whose woods these are\nI think I know", false],
    ["small letters", "whose woods these are\ni think i know\nhis house is", false],
    ["a long line", `Whose woods\nThese are\n${"I think I know ".repeat(5)}`, false],
    [
      "wrapped prose",
      "The bridge over the river is open again, and everyone came\nThere was a speech, and music, and people stayed until late\nMayor Ames, who had waited for this moment for seven years",
      false,
    ],
  ])("%s", (_what, text, expected) => {
    expect(isVerse(text)).toBe(expected);
  });
});
