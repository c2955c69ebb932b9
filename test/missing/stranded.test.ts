import { describe, expect, test } from "vitest";
import { strandedAt } from "../../server/src/missing/stranded.ts";
import { gapIn, rowsOfThree } from "../support/gap-in.ts";

describe("a small word stands without an object by right", () => {
  test.each([
    // It shares one with another.
    ["They have access to _ and knowledge of it.", 1.5],
    ["Attach to _ and then debug with it.", 0],
    ["It came on _ or shortly after Monday.", 1.5],
    ["It adds to_, rather than replaces, the list.", 2.5],
    ["It is an event for _ and by the people.", 2.5],
    ["It says it as well as _ and more clearly than that.", 2.5],
    // Its object stands before it.
    ["It is the language most people wrote in_.", 2],
    ["It is removed when it is switched away from_.", 2],
    ["The house that he lives in_.", 2],
    ["The town has an interval to divide by_.", 2],
    ["It is a club which he has been a part of _ for years.", 3.6],
    ["The club, which he has been a part of _ for years.", 3.6],
    ["The bill was voted on _ in May.", 2],
    ["It was taken care of _ by the city.", 2],
    ["I work more than I want to _ on weekdays.", 3.5],
    ["She came in _ as well.", 1.5],
    // It is a particle.
    ["Slowly it sinks in_.", 1.8],
    ["We watch the boats float by_.", 2.5],
    ["It streams in _ and goes.", 3.6],
    ["Turning this on _ can help.", 3.6],
    // It is an adverb.
    ["Throughout_, the rate fell.", 4],
    ["There are no tags within_.", 2.2],
    ["The hole is 15 inches across_.", 2.2],
    ['The screen is 15.6" across_.', 2.2],
    ["A hole 3 mm across_, was found.", 2.2],
    ["The ferry goes across_.", 0],
    // A clause follows.
    ["It is for _ whenever she is away.", 1.5],
    ["I can speak to _ whether it is so.", 1.5],
    ["It is similar to _ as if it were gone.", 2],
    ["You can tell _ by the tone.", 2],
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
  "The bridge _ fell.",
  "He went to _ the end.",
  "_",
  "_ in",
  "in _",
])("nothing tells against a gap: %s", (marked) => {
  expect(strandedAt(...gapIn(marked))).toBe(0);
});

test("every place of every short row of words has a number from 0 to 4", () => {
  const words = "to in by and or , . which he was as well the".split(" ");
  for (const tokens of rowsOfThree(words)) {
    for (let at = 0; at <= tokens.count; at++) {
      const less = strandedAt(tokens, at);
      expect(less >= 0 && less <= 4, `${tokens.text} at ${at}`).toBe(true);
    }
  }
});
