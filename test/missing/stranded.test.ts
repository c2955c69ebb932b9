import { describe, expect, test } from "vitest";
import { strandedAt } from "../../server/src/missing/stranded.ts";
import { gapIn, rowsOfThree } from "../support/gap-in.ts";

describe("a small word that can stand without an object", () => {
  test.each([
    ["It is the language most people wrote in_.", 2],
    ["It is removed when it is switched away from_.", 2],
    ["The house that he lives in_.", 2],
    ["The town has an interval to divide by_.", 2],
    ["It is a club which he has been a part of _ for years.", 3.6],
    ["The club, which he has been a part of _ for years.", 3.6],
    ["The bill was voted on _ in May.", 2],
    ["It was taken care of _ by the city.", 2],
    ["Path the files will be stored at _ on disk.", 3.6],
    ["Language the form is set in_.", 2],
    ["The library can be linked against _ with this.", 2],
    ["It is the mode the tool is used in _ (for instance, that).", 2],
    ["A wolf can be walked away from_; a bear can't.", 2],
    ["The file (the language most people wrote in_) is new.", 2],
  ])("%s", (marked, expected) => {
    expect(strandedAt(...gapIn(marked))).toBe(expected);
  });
});

test.each([
  "The mayor spoke to _ on Monday.",
  "The mayor spoke of _ and left.",
  "It is for _ and of it.",
  "She sat on_.",
  "They tell _ by the tone.",
  "The report was published on _ by the ministry.",
  "Today the mayor spoke to_.",
  "Recently the mayor spoke to_.",
  "We show the numbers the town reported on _ (See below).",
  "It can describe new towns that most have (such as_).",
  "The bridge _ fell.",
  "He went to _ the end.",
  "_",
  "_ in",
  "in _",
])("no reason to doubt a gap: %s", (marked) => {
  expect(strandedAt(...gapIn(marked))).toBe(0);
});

test("every place in every short row of words gets a number from 0 to 4", () => {
  const words = "to in by and or , . which he was as well the".split(" ");
  for (const tokens of rowsOfThree(words)) {
    for (let at = 0; at <= tokens.count; at++) {
      const less = strandedAt(tokens, at);
      expect(less >= 0 && less <= 4, `${tokens.text} at ${at}`).toBe(true);
    }
  }
});
