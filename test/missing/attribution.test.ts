import { expect, test } from "vitest";
import { askForHearer, sourcePlaceAt } from "../../server/src/missing/attribution.ts";
import { gapIn } from "../support/gap-in.ts";
import { say } from "../../server/src/text/wording.ts";

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
  ["source", "According to a report by the _ , the bridge is safe."],
  ["source", "A report by the _ was read out."],
  ["source", "It is safe, data from _ show."],
  ["source", "In an interview with _ , she agreed."],
  ["source", "It was published in _ on Friday."],
  ["source", "It was first reported by _ in May."],
  ["source", "The council, citing _ , closed it."],
  ["source", "A spokesman for _ declined to answer."],
  ["source", "She spoke to _ on Monday."],
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
  "These are the questions to ask _ before you sign.",
  "She was told _ on Monday.",
  "She said the _ was closed.",
  "It is 500 per _ .",
  "The daily _ was late.",
  "Store data in _ and read it again.",
  "The bridge over the _ is safe.",
  "She walked to _ on Monday.",
  "It is _ said to be safe.",
  "According to plan, the old bridge and _ were closed.",
  "_",
])("no source is missing: %s", (marked) => {
  expect(sourcePlaceAt(...gapIn(marked))).toBeUndefined();
});

test("asks for the person who was told or asked", () => {
  expect(say(askForHearer(...gapIn("Garg told the _ that it is safe.")))).toBe("Say who was told.");
  expect(say(askForHearer(...gapIn("Garg asked _ to wait.")))).toBe("Say who was asked.");
});
