import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { leftoverWord } from "../../server/src/rules/leftover-word.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf, findings, fixes, leavesAlone, getMessage } from "../support/rules.ts";

const EAGER = { sensitivity: "eager" } as const;

// Of two words that clash, either may be flagged.
test.each([
  ["The answer will be published within in a week of the meeting.", ["within", "in"]],
  ["You can see your the results on the next page.", ["your", "the"]],
  ["The council will can be asked to pay for the repairs.", ["will", "can"]],
  ["The mayor gave a the speech in front of the town hall.", ["a", "the"]],
  ["This is of for the people who live on the hill.", ["of", "for"]],
  ["The bridge was is closed to traffic until the summer.", ["was", "is"]],
])("%s", (text, words) => {
  for (const format of ["markdown", "plaintext"] as const) {
    const found = findings(leftoverWord, text, { ...EAGER, format });
    expect(found).toHaveLength(1);
    expect(words).toContain(text.slice(found[0]?.start, found[0]?.end));
    expect(getMessage(found[0])).toMatch(/^“.+”: is “\w+” a word too many\?$/);
  }
});

// Taken out, the word would make the hole look clean.
test.each([
  "He was charged with to defraud the council.",
  "The bridge will be repaired from in May.",
  "The road was closed from on Monday.",
  "The mayor spoke to in particular.",
  "The tank was filled with to the roof.",
  "The road was closed to on Monday.",
  "The fund was provided with to the schools.",
])("a hole that is doubted makes no word beside it one too many: %s", (text) => {
  for (const sensitivity of ["normal", "eager"] as const) {
    const said = lint(draftOf(text), RULES, settingsFrom({ sensitivity })).map(({ rule }) => rule);
    expect(said).not.toContain(leftoverWord.id);
  }
  expect(lint(draftOf(text), RULES, settingsFrom({})).map(({ severity }) => severity)).toEqual([
    "warning",
  ]);
});

// So would “some houses”.
test.each([
  "After the flood some the houses stand empty.",
  "The council said each the houses needs a new roof before the winter.",
  "Many the roads are closed because of the snow that fell last night.",
])("an amount before “the” has lost its “of”: %s", (text) => {
  const said = lint(draftOf(text), RULES, settingsFrom({})).map(({ rule }) => rule);
  expect(said).toEqual(["orphaned-fragment"]);
});

test.each([
  [
    "The answer will be published within in a week of the meeting.",
    "Take out “in”",
    "The answer will be published within a week of the meeting.",
  ],
  [
    "The answer will be published within in a week of the meeting.",
    "Take out “within”",
    "The answer will be published in a week of the meeting.",
  ],
  [
    "You can see *your\nthe results* on the next page.",
    "Take out “the”",
    "You can see *your\nresults* on the next page.",
  ],
])("%j: %s", (before, title, after) => {
  expect(fixes(leftoverWord, before, title, after, EAGER)).toEqual([]);
});

test.each([
  ["She ate a an apple in the garden before the meeting.", "a", "an apple"],
  ["She waited for a an hour in the garden before the meeting.", "a", "an hour"],
  ["She waited for an a week in the garden before the meeting.", "an", "a week"],
  ["She met an a 15-year-old before the meeting in the garden.", "an", "a 15-year-old"],
  ["He met an a European before the meeting in the garden.", "an", "a European"],
])("of two articles the wrong one is flagged: %s", (text, word, left) => {
  const [found, ...more] = findings(leftoverWord, text, EAGER);
  expect(more).toEqual([]);
  expect(text.slice(found?.start, found?.end)).toBe(word);
  expect(found?.fixes).toHaveLength(1);
  expect(applyEdits(text, found?.fixes?.[0]?.edits ?? [])).toContain(` ${left} `);
});

test("no word is deleted unasked", () => {
  const found = findings(leftoverWord, "You can see your the results on the next page.", EAGER);
  expect(found.flatMap((one) => one.fixes ?? []).map(({ safe }) => safe)).toEqual([false, false]);
});

describe("leaves alone", () => {
  test.each([
    "The moon rose over the hills, and they came home from within the walls.",
    "She had had enough, and said that that was that.",
    "He came in on Monday, and went up to within a mile of the coast.",
    "Write “your the” and “will can” in the margin.",
    "Call `will can` before `a the`.",
    "Sie sagte, dass die die Brücke schließen will, die der Stadt gehört und an der Straße steht.",
  ])("%s", (text) => {
    leavesAlone(leftoverWord, text, EAGER);
  });

  test("what a verb can take with it, unless the sensitivity is eager", () => {
    leavesAlone(
      leftoverWord,
      "The law was approved of by the town, which it was made for in 1999.",
    );
  });

  test("a word twice in a row, which repeated-word reports", () => {
    const rules = lint(draftOf("You can see the the results."), RULES, settingsFrom(EAGER));
    expect(rules.map(({ rule }) => rule)).toEqual(["repeated-word"]);
  });
});

test("a hole and a left-over word next to it are one finding", () => {
  const both = (text: string): string[] =>
    lint(draftOf(text), RULES, settingsFrom(EAGER)).map(({ rule }) => rule);
  expect(both("You can see your the results on the next page.")).toEqual(["leftover-word"]);
  expect(both("The mayor thanked the of the bridge for coming.")).toEqual(["orphaned-fragment"]);
});

test("any number of words, and words at the very start and end", () => {
  const row = "will can a the of for within in had is your the to from".split(" ");
  for (let count = 0; count <= 70; count++) {
    const words = Array.from({ length: count }, (_, at) => row[(at * 5) % row.length]);
    for (const text of [words.join(" "), `${words.join(" ")}.`, words.join("\n")])
      for (const { start, end } of findings(leftoverWord, text, EAGER))
        expect(text.slice(start, end)).toMatch(/^\w+$/);
  }
});
