import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  beginning,
  ending,
  excerpt,
  HOLE,
  MAX_MESSAGE,
  MAX_QUOTATION,
  messageAbout,
} from "../../server/src/text/excerpt.ts";
import { runs } from "../support/property.ts";
import { say, wording } from "../../server/src/text/wording.ts";

describe("an excerpt", () => {
  test.each([
    [
      "The dam is safe, according to",
      " ▢",
      ". Two thirds",
      "The dam is safe, according to ▢. Two thirds",
    ],
    [
      "The dam above the old town is said to be safe, according to",
      ` ${HOLE}`,
      ". Two thirds of the people in the valley have left.",
      "… to be safe, according to ▢. Two thirds of the people …",
    ],
    ["", `${HOLE} `, "said on Monday", "▢ said on Monday"],
    ["Line\nbreaks\r\n and\ttabs", ` ${HOLE}`, "\u2028here", "Line breaks and tabs ▢ here"],
  ])("of %j, %j, %j", (before, focus, after, expected) => {
    expect(excerpt(before, focus, after)).toBe(expected);
  });

  test("gives the space that one side does not need to the other", () => {
    const long = "one two three four five six seven eight nine ten eleven twelve";
    expect(excerpt("", HOLE, ` ${long}`).length).toBeGreaterThan(50);
    expect(excerpt(`${long} `, HOLE, "").length).toBeGreaterThan(50);
  });

  test("cuts a script without spaces between its letters", () => {
    expect(beginning("市議会は月曜日に橋を閉鎖した。".repeat(20), 20)).toMatch(/^市議会は.{8,}…$/u);
  });

  test("splits no word and no character", () => {
    const said = "Ein Wort ist Donaudampfschifffahrtsgesellschaft und noch eines";
    for (let most = 2; most <= 70; most++) {
      const words = beginning(said, most).replace(/ …$/, "").split(" ");
      const whole = most >= 12 && most - 2 < 50;
      if (whole) expect(said.split(" ").slice(0, words.length)).toEqual(words);
    }
    const family = "👩‍👩‍👧‍👦".repeat(30);
    expect(beginning(family, 60).replaceAll("👩‍👩‍👧‍👦", "").trim()).toBe("…");
    expect(ending(family, 60).replaceAll("👩‍👩‍👧‍👦", "").trim()).toBe("…");
    const accents = `e${"\u0301".repeat(400)}`;
    expect(beginning(accents, 60)).toBe("…");
  });

  test("doesn't let the draft reverse what follows", () => {
    expect(excerpt("\u202Eabc", ` ${HOLE}`, "\u2066 def")).toBe("abc ▢ def");
    expect(excerpt("שלום", ` ${HOLE}`, " עולם")).toBe("שלום ▢ עולם");
  });
});

const hostile = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .array(
      fc.constantFrom(
        ...["word ", "市議会", "\n", "\t", "\u0301", "e", "👩‍👩‍👧‍👦", "🇩🇪", "\uFFFC", "\u202E"],
        ...["\u2028", "\0", " ", "שלום ", "x".repeat(80), "\uD83D", "‍", "…", "“"],
      ),
      { maxLength: 70 },
    )
    .map((parts) => parts.join("")),
);

test("for any draft, a quotation is one short line of whole characters", () => {
  fc.assert(
    fc.property(hostile, hostile, hostile, fc.integer({ min: 0, max: 70 }), (a, b, c, most) => {
      for (const text of [excerpt(a, b, c, most), beginning(a, most), ending(c, most)]) {
        expect(text.length).toBeLessThanOrEqual(most);
        expect(text).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\uFFFC]|\s\s/u);
      }
      expect(excerpt(a, HOLE, c)).toContain(HOLE);
    }),
    runs(500),
  );
});

test("plain words are cut at spaces, whatever white space is between them", () => {
  const space = fc.constantFrom(" ", "\n", " ".repeat(3), "\n".repeat(120), " ".repeat(300));
  const word = fc.constantFrom("a", "dam", "Donaudampfschiff", "x".repeat(70));
  const text = fc.array(fc.tuple(word, space), { minLength: 1, maxLength: 60 });
  fc.assert(
    fc.property(text, fc.integer({ min: 2, max: 70 }), (parts, most) => {
      const draft = parts.flat().join("");
      const seen = draft.slice(0, 240);
      // The edge of the window may cut a word.
      const words = seen
        .trim()
        .split(/\s+/)
        .slice(0, seen === draft ? undefined : -1);
      let fitting = "";
      for (const one of words) {
        if (fitting.length + one.length > most - 2) break;
        fitting += `${one} `;
      }
      const isWhole = seen === draft && draft.replace(/\s+/g, " ").length <= most;
      fc.pre(!isWhole && fitting !== "");
      expect(beginning(draft, most)).toBe(`${fitting}…`);
    }),
    runs(300),
  );
});

test("at every length, texts are cut between characters", () => {
  const letters = new Intl.Segmenter("en", { granularity: "grapheme" });
  const whole = "The cafe\u0301 of 👩‍👩‍👧‍👦 Zoë 市議会は月曜日に in the harbour 🇩🇪🇫🇷 opened";
  const known = new Set([...letters.segment(whole)].map(({ segment }) => segment));
  for (let most = 0; most <= 70; most++) {
    for (const text of [beginning(whole, most), ending(whole, most)]) {
      for (const { segment } of letters.segment(text.replaceAll("…", ""))) {
        expect(known).toContain(segment);
      }
    }
  }
});

test("a message is within the length limit, and keeps some of the quotation", () => {
  for (let length = 0; length <= 88; length++) {
    const message = messageAbout(
      (most) => beginning("word ".repeat(40), most),
      wording("x".repeat(length)),
    );
    expect(say(message).length).toBeLessThanOrEqual(MAX_MESSAGE);
    expect(say(message)).toMatch(/“word .*…”/);
    expect(say(message).indexOf("”") - 1).toBeLessThanOrEqual(MAX_QUOTATION);
  }
});
