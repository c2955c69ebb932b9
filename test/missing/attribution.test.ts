import { expect, test } from "vitest";
import { tokenize } from "../../server/src/language/tokens.ts";
import { namesSource } from "../../server/src/missing/attribution.ts";

/** Whether a name of a source belongs at the “_” of a sentence. */
function isSource(marked: string): boolean {
  const [before = "", after = ""] = marked.split("_");
  const tokens = tokenize(`${before.trimEnd()} ${after.trimStart()}`);
  return namesSource(tokens, tokenize(before).count);
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
