import { describe, expect, test } from "vitest";
import { type Facts, withFacts } from "../../server/src/repeats/facts.ts";
import { measure } from "../../server/src/repeats/row-facts.ts";
import { draftPair } from "../../server/src/repeats/pair-of-drafts.ts";
import { findRepeats } from "../../server/src/repeats/repeats.ts";
import { getSequence } from "../../server/src/repeats/sequence.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { draftOf } from "../support/rules.ts";

const PASSAGE = "The mayor opened the old bridge over the river on Monday morning, and many came.";
const OTHER = "Nobody from the council would say what any of it had cost them in the end.";

/** The facts about the only passage that occurs twice in a text. */
function within(text: string, format?: FormatId): Facts {
  const sequence = getSequence(draftOf(text, format));
  const all = findRepeats(sequence, sequence).map((repeat) => measure(repeat, sequence, sequence));
  const [one, ...more] = withFacts(all, sequence, sequence);
  if (one === undefined || more.length > 0) throw new Error(`${more.length + 1} passages`);
  return one.facts;
}

/** The same for two drafts. */
function between(later: string, earlier: string): Facts {
  const [own, other] = [draftOf(later), draftOf(earlier)];
  const [a, b] = [getSequence(own), getSequence(other)];
  const pair = draftPair(
    { uri: "file:///b.md", draft: own },
    { uri: "file:///a.md", draft: other },
  );
  const [one] = withFacts(
    findRepeats(a, b).map((repeat) => measure(repeat, a, b)),
    a,
    b,
    pair,
  );
  if (one === undefined) throw new Error("no passage");
  return one.facts;
}

describe("two copies in a draft", () => {
  test("that are equal paragraphs under one heading", () => {
    expect(within(`# One\n\n${PASSAGE}\n\n${OTHER}\n\n${PASSAGE}\n`)).toMatchObject({
      matched: 15,
      spanned: 15,
      apart: 16,
      sameSection: true,
      likeHeading: 0,
      paragraphs: 1,
      whole: true,
      changed: 0,
      slots: 0,
      reworded: 0,
      oneSided: 0,
      markers: 0,
      between: 0,
      items: false,
      repeats: 0,
      sharing: 0,
      inThirdPlace: 0,
      repeatedBeside: 0,
      sharedBeside: 0,
      opensLater: false,
      opensEarlier: false,
      meant: false,
    });
  });

  test("under two similar headings", () => {
    const text = `# On Mac\n\n${PASSAGE}\n\n# On Linux\n\n${PASSAGE}\n`;
    expect(within(text)).toMatchObject({ sameSection: false, likeHeading: 0.5 });
  });

  test.each<[string, string, Partial<Facts>]>([
    ["a name", PASSAGE.replace("Monday", "Friday"), { slots: 1, reworded: 0, changed: 1 }],
    ["a small word", PASSAGE.replace("old", "new"), { slots: 0, reworded: 0, changed: 1 }],
    ["fewer words for more", PASSAGE.replace("old", "very new"), { reworded: 1, changed: 2 }],
    ["words on one side", PASSAGE.replace("old ", ""), { oneSided: 1, changed: 1 }],
  ])("%s that differs", (_what, copy, expected) => {
    expect(within(`${PASSAGE}\n\n${OTHER}\n\n${copy}\n`)).toMatchObject(expected);
  });

  test.each<[string, string, Partial<Facts>]>([
    ["code", "```\na\n```", { markers: 0, between: 1 }],
    ["a condition", "{% if a %}", { markers: 1, between: 0 }],
    ["a directive", ":::a", { markers: 0, between: 1 }],
  ])("with %s between", (_what, mark, expected) => {
    expect(within(`${PASSAGE}\n\n${mark}\n\n${OTHER}\n\n${PASSAGE}\n`)).toMatchObject(expected);
  });

  test.each<[string, string, Partial<Facts>]>([
    [
      "items",
      `- ${PASSAGE}\n- ${OTHER}\n- ${PASSAGE}\n`,
      { items: true, nested: false, oneItem: false },
    ],
    [
      "steps of one list",
      `1. ${PASSAGE}\n2. ${OTHER}\n3. ${PASSAGE}\n`,
      { items: true, meant: false },
    ],
    [
      "steps under two headings",
      `# One\n\n1. ${PASSAGE}\n2. ${OTHER}\n\n# Two\n\n1. ${PASSAGE}\n2. So.\n`,
      { items: true, meant: true },
    ],
    ["one item alone", `- ${PASSAGE}\n\n${OTHER}\n\n${PASSAGE}\n`, { items: false, oneItem: true }],
    ["a callout", `NOTE: ${PASSAGE}\n\n${OTHER}\n\nNOTE: ${PASSAGE}\n`, { callout: true }],
    [
      "a part of a paragraph",
      `${PASSAGE}\n\n${OTHER}\n\n${PASSAGE} It rained all night, so they stayed.\n`,
      { whole: false },
    ],
  ])("%s", (_what, text, expected) => {
    expect(within(text)).toMatchObject(expected);
  });

  test("the share of code", () => {
    const text = `\`make all\` ${PASSAGE}`;
    const { code } = within(`${text}\n\n${OTHER}\n\n${text}\n`);
    expect(code).toBeCloseTo(10 / text.length, 5);
  });
});

test("copies next to each other: others in the draft, of the same copy", () => {
  const sequence = getSequence(draftOf([PASSAGE, OTHER, PASSAGE, OTHER].join("\n\nBetween.\n\n")));
  const all = findRepeats(sequence, sequence).map((repeat) => measure(repeat, sequence, sequence));
  for (const { facts } of withFacts(all, sequence, sequence)) {
    expect(facts).toMatchObject({ repeats: all.length - 1 });
  }
  expect(withFacts([], sequence, sequence)).toEqual([]);
});

describe("copies in two drafts", () => {
  test("that begin both drafts", () => {
    expect(between(`${PASSAGE}\n\n${OTHER}\n`, `${PASSAGE}\n\nMore.\n`)).toMatchObject({
      apart: 0,
      sameSection: false,
      opensLater: true,
      opensEarlier: true,
      closesBoth: false,
      doubtful: true,
    });
  });

  /** A draft with a passage in its middle, under its own heading. */
  const around = (text: string, heading: string, name: string): string => {
    const other = Array.from({ length: 8 }, (_, at) =>
      [1, 2, 3, 4].map((word) => `${name}${at}${word}`).join(" "),
    );
    return [...other, `## ${heading}`, text, ...other].join("\n\n");
  };
  const meant = (text: string, copy: string): boolean =>
    between(around(text, "Here", "Ann"), around(copy, "There", "Bob")).meant;

  test("in the middle of both", () => {
    expect(meant(PASSAGE, PASSAGE)).toBe(false);
  });

  test("of which one is quoted", () => {
    // A short quotation may be the other draft's, and is compared with quotations only.
    const long = Array.from({ length: 70 }, (_, at) => `word${at}`).join(" ");
    expect(meant(`> ${long}.`, `${long}.`)).toBe(true);
    expect(meant(`> ${long}.`, `> ${long}.`)).toBe(false);
    expect(meant(`> ${PASSAGE}`, `> ${PASSAGE}`)).toBe(false);
  });

  test("that are callouts in both", () => {
    const note = `:::note\n\n${PASSAGE}\n\n:::`;
    expect(meant(note, note)).toBe(true);
    expect(meant(note, PASSAGE)).toBe(false);
  });

  test("of which one is under the other's title", () => {
    const titled = `# The old bridge\n\n${PASSAGE}\n`;
    expect(between(titled, around(PASSAGE, "The old bridge", "Ann")).meant).toBe(true);
    expect(between(titled, around(PASSAGE, "The new road", "Ann")).meant).toBe(false);
  });
});
