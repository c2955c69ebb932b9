import { expect, test } from "vitest";
import type { Block } from "../../server/src/draft/draft.ts";
import { plaintext } from "../../server/src/formats/plaintext/format.ts";
import { findGaps, scoreAll, type Gap } from "../../server/src/missing/find.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { tokenize, getTokens } from "../../server/src/language/tokens.ts";
import { counted } from "../support/work.ts";

const model = trainedModel();

function block(text: string): Block {
  const [first] = plaintext.parse(text).blocks;
  if (first === undefined) throw new Error("No block");
  return first;
}

const likely = (text: string): Gap[] =>
  findGaps(block(text), model).filter(({ score }) => score >= model.thresholds.normal[2]);

test("the findings in a block do not depend on what was read before", () => {
  const text = "She gave the keys to the , who left for the station at once.";
  const before = findGaps(block(text), model);
  expect(before).toHaveLength(1);
  // More words than the vocabulary stores.
  for (let part = 0; part < 70; part++) {
    const words = Array.from({ length: 1000 }, (_, at) => `w${part}x${at}`);
    findGaps(block(words.join(" ")), model);
  }
  expect(findGaps(block(text), model)).toEqual(before);
});

test("a row of marks is not prose, and is not judged to its end", () => {
  for (const mark of ["? ", "“", '" a ', "- ", "` "]) {
    const tokens = tokenize(`The council met on Monday. ${mark.repeat(400)}`);
    const scores = scoreAll(tokens, model).subarray(0, tokens.count + 1);
    expect([...new Set(scores)]).toEqual([-Infinity]);
  }
  const short = tokenize(`The council met on Monday. ${"? ".repeat(20)}`);
  expect(Math.min(...scoreAll(short, model).subarray(0, short.count + 1))).toBeGreaterThan(-100);
});

test("the same block is judged once", () => {
  const same = block("She gave the keys to the , who left for the station at once.");
  expect(findGaps(same, model)).toBe(findGaps(same, model));
});

test.each([
  ["The city, according to the , is broke.", "attribution"],
  ["The ministry told that it would pay the bill, according to the .", "attribution"],
  ["She gave the keys to the , who left for the station at once.", "fragment"],
])("%s: %s", (text, kind) => {
  expect(likely(text).map((gap) => gap.kind)).toContain(kind);
});

test.each([
  "Police were trying to the driver of the red car, who had fled on foot.",
  "The company was able to a large part of its debt by the end of the year.",
  "The group, which claimed on that the protests were peaceful, has left.",
  "The minister announced on that the bridge would open to traffic in June.",
  "“We were never asked,” said on Tuesday. The board declined to comment.",
  "A spokesman told that the train had left the station on time.",
])("words that verbs need: %s", (text) => {
  expect(likely(text)).toHaveLength(1);
});

test.each([
  "Police were trying to stop the driver of the red car, who had fled on foot.",
  "The minister announced on Monday that the bridge would open to traffic in June.",
  "“We were never asked,” said the mayor on Tuesday. “No,” she said in May.",
  "He was told that the train had left, and those told that it was late went home.",
  "They decided on that, and he agreed to the plan.",
  "The fair will be held in September, a week earlier than this year's.",
  "It drew 3,400 visitors, six hundred more than in any year since it began.",
  "The county paid a third of the bill and the port authority the rest.",
  "The ferry does not run at night, though in an emergency it has to.",
  "It was a house which nobody wanted to pay attention to. It burned.",
  "The mayor made no proposal that the tower be torn down.",
  "The report on the bridge is a must read for the whole council.",
  "open a line from the other side. returns a line. just ask for it",
  "Vice Mayor Holm presented two town employees the third prize today for their letter.",
])("correct grammar: %s", (text) => {
  expect(likely(text)).toEqual([]);
});

test("it looks at each token no more often in a longer text", () => {
  const looks = (size: number): number => {
    const long = block("the old bridge of the town is closed, they say. ".repeat(size));
    let looks = 0;
    const look = (): void => {
      looks++;
    };
    const tokens = getTokens(long);
    Object.assign(tokens, {
      kinds: counted(tokens.kinds, look),
      starts: counted(tokens.starts, look),
      ends: counted(tokens.ends, look),
    });
    findGaps(long, model);
    return looks;
  };
  expect(looks(1000)).toBeLessThan(10.1 * looks(100));
});
