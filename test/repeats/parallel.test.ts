import { describe, expect, test } from "vitest";
import { headingOver, isParallel } from "../../server/src/repeats/parallel.ts";
import { changesOf } from "../../server/src/repeats/changes.ts";
import { findRuns } from "../../server/src/repeats/runs.ts";
import { sequenceOf } from "../../server/src/repeats/sequence.ts";
import { repeatsWithin } from "../../server/src/repeats/within.ts";
import { draftOf } from "../support/rules.ts";

const STEPS = [
  "Open the settings of the program and look for the page with the keys.",
  "Write the name of the folder into the field and press the blue button.",
  "Close the window, wait until the light is green, and start it again.",
];
const PROSE =
  "The council voted on Monday to close the old bridge to lorries until the spring of next year.";

/** Of the longest passage that two texts share, whether it is alike on purpose. */
function parallel(earlier: string, later: string): boolean {
  const one = sequenceOf(draftOf(earlier));
  const two = sequenceOf(draftOf(later));
  const runs = [...findRuns(two, one)].sort((a, b) => b.matched - a.matched);
  const [run] = runs;
  if (run === undefined) throw new Error("The two share nothing.");
  return isParallel(run, changesOf(run), run.matched, false, two, one);
}

const numbered = STEPS.map((step, at) => `${at + 1}. ${step}`).join("\n");
const bulleted = STEPS.map((step) => `- ${step}`).join("\n");

describe("alike on purpose", () => {
  test("the same steps for another platform; the same bullets or sentences are not", () => {
    expect(parallel(`# Linux\n\n${numbered}`, `# Windows\n\n${numbered}`)).toBe(true);
    expect(parallel(`# Linux\n\n${bulleted}`, `# Windows\n\n${bulleted}`)).toBe(false);
    const prose = STEPS.join(" ");
    expect(parallel(`# Linux\n\n${prose}`, `# Windows\n\n${prose}`)).toBe(false);
  });

  test.each([
    ['=== "Linux"', '=== "Windows"'],
    ["{{< tab Linux >}}", "{{< tab Windows >}}"],
    [":::{tab Linux}", ":::{tab Windows}"],
  ])("the same words in two tabs: %s", (one, two) => {
    expect(parallel(`${one}\n\n${PROSE}`, `${two}\n\n${PROSE}`)).toBe(true);
    expect(parallel(`${one}\n\n${PROSE}`, `${one}\n\n${PROSE}`)).toBe(false);
  });

  test("one change that comes back, as in a text that is filled in", () => {
    const filled = (name: string): string =>
      `The mayor of ${name} says that nobody in ${name} knows why the bridge of ${name} was closed.`;
    expect(parallel(filled("harbour"), filled("castle"))).toBe(true);
    const mixed =
      "The mayor of castle says that nobody in valley knows why the bridge of mountain was closed.";
    expect(parallel(filled("harbour"), mixed)).toBe(false);
  });

  test("names that differ in a short passage, unless it follows the other in one draft", () => {
    const short = (name: string): string =>
      `The harbour of ${name} was closed for a week when the ice came early.`;
    expect(parallel(short("Tromsø"), short("Bodø"))).toBe(true);
    expect(parallel(short("this town"), short("that place"))).toBe(false);
    const told = (between: string): number => {
      const draft = draftOf(`${short("Tromsø")}${between}${short("Bodø")}\n`);
      return repeatsWithin(draft, { minWords: 12 }).runs.length;
    };
    expect(told("\n\n")).toBe(1);
    expect(told("\n\n## Bodø\n\nThe town in the north.\n\n")).toBe(0);
  });
});

test("two passages that are equal, or differ by a word that is no name, are no pattern", () => {
  expect(parallel(PROSE, PROSE)).toBe(false);
  expect(parallel(PROSE, PROSE.replace("lorries", "cars"))).toBe(false);
  expect(parallel(PROSE, PROSE.replace("voted", "decided"))).toBe(false);
});

test("the heading over a word is the last before its block, none being -1", () => {
  const text = "Before.\n\n# One\n\nOwn words.\n\n## Two\n\nMore words.\n";
  const sequence = sequenceOf(draftOf(text));
  const kinds = sequence.draft.blocks.map(({ kind }) => kind);
  for (let word = 0; word < sequence.words.length; word++) {
    const block = sequence.first.findLastIndex((first) => first <= word);
    const expected = kinds.slice(0, block).lastIndexOf("heading");
    expect(headingOver(sequence, word)).toBe(expected);
  }
});
