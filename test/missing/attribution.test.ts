import { expect, test } from "vitest";
import { askForHearer, namesSource, sourcePlaceAt } from "../../server/src/missing/attribution.ts";
import { gapIn } from "../support/gap-in.ts";
import { say } from "../../server/src/text/wording.ts";

/** Whether a name of a source belongs at the “_” of a sentence. */
function isSource(marked: string): boolean {
  return namesSource(...gapIn(marked));
}

test.each([
  "According to _ , the bridge is safe.",
  "According to a report by the _ , the bridge is safe.",
  "“It is safe,” _ said on Tuesday.",
  "The council, citing _ , closed it.",
  "It was first reported by _ in May.",
  "A spokesman for _ declined to answer.",
  "In an interview with _ , she agreed.",
  "She spoke to _ on Monday.",
  "The outlet, the _ , has closed.",
])("a source: %s", (marked) => {
  expect(isSource(marked)).toBe(true);
});

test.each([
  "The bridge over the _ is safe.",
  "She walked to _ on Monday.",
  "It is _ said to be safe.",
  "According to plan, the old bridge and _ were closed.",
  "_",
])("no source: %s", (marked) => {
  expect(isSource(marked)).toBe(false);
});

test.each([
  ["speaker", "“It is safe,” said _ on Tuesday."],
  ["speaker", "“It is safe,” said the _ on Tuesday."],
  ["speaker", "“It is safe,” _ said on Tuesday."],
  ["speaker", "“Is it safe?” asked _ on Tuesday."],
  ["hearer", "Garg told _ that it is safe."],
  ["hearer", "Garg told the _ , that it is safe."],
  ["hearer", "Garg asked _ to wait."],
  ["source", "According to _ , the bridge is safe."],
  ["source", "According to the _ , the bridge is safe."],
  ["source", "A report by the _ was read out."],
  ["source", "It is safe, data from _ show."],
  ["source", "In an interview with _ , she agreed."],
  ["source", "It was published in _ on Friday."],
  ["source", "It was first reported by _ in May."],
  ["source", "The council, citing _ , closed it."],
  ["source", "A spokesman for _ declined to answer."],
])("the %s is missing: %s", (place, marked) => {
  expect(sourcePlaceAt(...gapIn(marked))).toBe(place);
});

test.each([
  "It is the same as the constructor _ , and new.",
  "The firm announced a _ and left.",
  "TTS maintains a _ for the city.",
  "The page lists posts by _ and others.",
  "The council claimed the _ for itself.",
  "Garg asked a _ about it.",
  "She was told _ on Monday.",
  "She said the _ was closed.",
  "It is 500 per _ .",
  "The daily _ was late.",
  "Store data in _ and read it again.",
  "The bridge over the _ is safe.",
  "_",
])("no source is missing: %s", (marked) => {
  expect(sourcePlaceAt(...gapIn(marked))).toBeUndefined();
});

test("who was told, and who was asked", () => {
  expect(say(askForHearer(...gapIn("Garg told the _ that it is safe.")))).toBe("Say who was told.");
  expect(say(askForHearer(...gapIn("Garg asked _ to wait.")))).toBe("Say who was asked.");
});
