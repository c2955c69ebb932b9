import { expect, test } from "vitest";
import { valencyAt } from "../../server/src/missing/valency.ts";
import { gapIn, rowsOfThree } from "../support/gap-in.ts";

test.each([
  // Who said it?
  ["“We were never asked,” _ said on Tuesday.", 4],
  ["“We were never asked,” _ said in a letter.", 4],
  ["“We were never asked,” _ says yesterday.", 4],
  // To do what?
  ["The council is attempting to _ the country.", 2.5],
  ["The firm was unable to _ of it.", 2.5],
  ["She decided to _ her bridge.", 2.5],
  // When, or where?
  ["The mayor claimed on _ that the bridge was safe.", 2.5],
  ["The mayor said in _ that she would go.", 2.5],
  // Whom?
  ["A spokesman told _ that it was late.", 3.5],
  ["She assured _ that it was late.", 3.5],
])("%s", (marked, log) => {
  expect(valencyAt(...gapIn(marked))).toBe(log);
});

test.each([
  "“We were never asked,” _ she said on Tuesday.",
  "“We were never asked,” _ said the mayor.",
  "“We were never asked,” _ say on Tuesday.",
  "The council is attempting to _ close the bridge.",
  "It is a failed attempt to _ a remote site.",
  "The failed write attempts to _ the log are counted.",
  "She decided to _ go.",
  "She listened to _ the band.",
  "They were eager to _ bridge the river.",
  "The mayor claimed _ that the bridge was safe.",
  "The mayor sat on _ that chair.",
  "The mayor was told _ that it was late.",
  "Those who were in the hall and informed _ that it was late went home.",
  "He’s told _ that it was late.",
  "The council voted _ on Monday.",
])("nothing is added: %s", (marked) => {
  expect(valencyAt(...gapIn(marked))).toBe(0);
});

test("every place of every short row of words has a number from 0 to 4", () => {
  const words = ["told", "to", "that", "said", "on", "the", "attempt", "”", "“", "Tuesday", ","];
  for (const tokens of rowsOfThree(words)) {
    for (let at = 0; at <= tokens.count; at++) {
      const sum = valencyAt(tokens, at);
      expect(sum).toBeGreaterThanOrEqual(0);
      expect(sum).toBeLessThanOrEqual(4);
    }
  }
});
