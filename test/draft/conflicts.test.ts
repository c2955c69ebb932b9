import { describe, expect, test } from "vitest";
import { conflictAt, getConflicts, sideAt } from "../../server/src/draft/conflicts.ts";
import type { Span } from "../../server/src/text/span.ts";
import { draftOf } from "../support/rules.ts";

/** The conflicts of a text: the words of each one's marks and sides. */
function told(text: string): { marks: string[]; sides: string[] }[] {
  const words = ({ start, end }: Span): string => text.slice(start, end);
  return getConflicts(draftOf(text, "plaintext")).map(({ marks, sides }) => ({
    marks: marks.map(words),
    sides: sides.map(words),
  }));
}

const CONFLICT = "<<<<<<< HEAD\nours\n=======\ntheirs\n>>>>>>> side\n";

describe("conflicts", () => {
  test.each([
    ["two versions", CONFLICT, ["ours\n", "theirs\n"]],
    [
      "with the ancestor",
      CONFLICT.replace("===", "||||||| 1a2b\nold\n==="),
      ["ours\n", "old\n", "theirs\n"],
    ],
    ["with empty sides", "<<<<<<<\n=======\n>>>>>>>", ["", ""]],
    ["of several lines", CONFLICT.replace("ours", "a\n\nb"), ["a\n\nb\n", "theirs\n"]],
    ["with CRLF", CONFLICT.replaceAll("\n", "\r\n"), ["ours\r\n", "theirs\r\n"]],
    ["with CR", CONFLICT.replaceAll("\n", "\r"), ["ours\r", "theirs\r"]],
    ["begun twice: the last counts", `<<<<<<< lost\nfirst\n${CONFLICT}`, ["ours\n", "theirs\n"]],
    [
      "with a rule of eight signs",
      CONFLICT.replace("ours", "========"),
      ["========\n", "theirs\n"],
    ],
  ])("%s", (_what, text, sides) => {
    expect(told(text).map((conflict) => conflict.sides)).toEqual([sides]);
  });

  test("the ends of a mark's line are not part of it", () => {
    expect(told(`Before.\n${CONFLICT}After.\n`)[0]?.marks).toEqual([
      "<<<<<<< HEAD",
      "=======",
      ">>>>>>> side",
    ]);
  });

  test("there may be several, in order", () => {
    expect(told(CONFLICT + CONFLICT.replaceAll("ours", "mine"))).toHaveLength(2);
  });

  test.each([
    ["no text", ""],
    ["no end", CONFLICT.replace(/>.*\n/, "")],
    ["no middle", CONFLICT.replace("=======\n", "")],
    ["no beginning", CONFLICT.replace(/<.*\n/, "")],
    ["a name without its space", CONFLICT.replace("< HEAD", "<HEAD")],
    ["a mark too short", CONFLICT.replace("<<<<<<<", "<<<<<<")],
    ["a mark too long", CONFLICT.replace("<<<<<<<", "<<<<<<<<")],
    ["a name in the middle", CONFLICT.replace("=======", "======= a")],
    ["marks within lines", CONFLICT.replaceAll(/^(.)/gm, " $1")],
    ["the ancestor after the middle", "<<<<<<<\n|||||||\n>>>>>>>\n"],
  ])("not a conflict: %s", (_what, text) => {
    expect(told(text)).toEqual([]);
  });

  test("one within a code block is an example; one that has code blocks in it is real", () => {
    const shown = `\`\`\`\n${CONFLICT}\`\`\`\n`;
    expect(getConflicts(draftOf(shown))).toEqual([]);
    const around = CONFLICT.replace("ours", "```\nours\n```");
    expect(getConflicts(draftOf(around))).toHaveLength(1);
  });
});

test("an offset can be in a conflict, and in one of its versions or on a mark", () => {
  const text = `Before.\n\n${CONFLICT}\nBetween.\n\n${CONFLICT}`;
  const conflicts = getConflicts(draftOf(text, "plaintext"));
  const [first, second] = conflicts;
  if (first === undefined || second === undefined) throw new Error("two conflicts");
  expect(conflictAt([], 0)).toBeUndefined();
  for (let offset = 0; offset <= text.length; offset++) {
    const around = conflicts.find(({ start, end }) => start <= offset && offset < end);
    expect(conflictAt(conflicts, offset)).toBe(around);
  }
  expect(sideAt(first, text.indexOf("ours"))).toBe(0);
  expect(sideAt(first, text.indexOf("theirs"))).toBe(1);
  expect(sideAt(first, text.indexOf("==="))).toBe(-1);
  expect(sideAt(first, first.start)).toBe(-1);
  expect(sideAt(first, text.indexOf("Between"))).toBe(-1);
  expect(sideAt(second, text.lastIndexOf("ours"))).toBe(0);
});
