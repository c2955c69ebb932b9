import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { MOST_LISTED, whatWasLost, type WhatWasLost } from "../../server/src/cli/what-was-lost.ts";
import { FORMAT_IDS } from "../../server/src/formats/registry.ts";
import { hostileDrafts } from "../support/hostile-drafts.ts";
import { madeUp } from "../support/made-up-drafts.ts";
import { runs } from "../support/property.ts";

function lost(before: string, after: string): WhatWasLost {
  const found = whatWasLost(before, after, "markdown");
  if (found === undefined) throw new Error("It is too large.");
  return found;
}

const gone = (before: string, after: string): string[] =>
  lost(before, after).gone.map(({ text }) => text);

const SAFE = "The mayor said that the bridge is safe. It will stay open.\n";

describe("words that a rewriting removed", () => {
  test.each([
    [SAFE.replace("is safe", "is not safe"), SAFE, ["not"]],
    [`# News\n\n${SAFE}\nNobody was hurt.\n`, `# News\n\n${SAFE}`, ["Nobody was hurt"]],
    [`${SAFE}\nNobody was hurt.\n`, `Nobody was hurt.\n\n${SAFE}`, []],
    [`# The end\n\n${SAFE}`, `${SAFE}\n# The end\n`, []],
    [SAFE, SAFE.replaceAll(" ", "\n").replace("mayor", "**mayor**"), []],
    [SAFE, "", [SAFE.trim().slice(0, -1)]],
    ["", SAFE, []],
    ["Ja.\n", "Nein.\n", ["Ja"]],
  ])("%j, then %j", (before, after, expected) => {
    expect(gone(before, after)).toEqual(expected);
  });

  test("has its place in the text before", () => {
    const before = `# News\n\n${SAFE.replace("is safe", "is not safe")}`;
    expect(lost(before, `# News\n\n${SAFE}`).gone).toEqual([
      {
        text: "not",
        range: { start: { line: 2, character: 34 }, end: { line: 2, character: 37 } },
      },
    ]);
  });

  test("are reported with what is now cut off or doubled, but not what already was", () => {
    const old = "It rained on the the market square.\n\n";
    const after = `${old}According to , the bridge is safe. It it will stay open.\n`;
    const { cutOff, doubled } = lost(
      `${old}According to the mayor, the bridge is safe. It will stay open.\n`,
      after,
    );
    expect(cutOff.map(({ rule, range }) => [rule, range.start.line])).toEqual([
      ["empty-attribution", 2],
    ]);
    expect(doubled.map(({ rule, range }) => [rule, range.start.line])).toEqual([
      ["repeated-word", 2],
    ]);
  });

  test.each([0, 1, MOST_LISTED, MOST_LISTED + 1, 3 * MOST_LISTED])(
    "are listed up to a limit, and counted beyond: %i",
    (count) => {
      const paragraphs = Array.from({ length: count }, (_, at) => `Stall ${at} is open.\n\n`);
      const found = lost(`${paragraphs.join("")}${SAFE}`, SAFE);
      expect(found.gone.length + found.leftOut).toBe(count);
      expect(found.gone).toHaveLength(Math.min(count, MOST_LISTED));
    },
  );

  test("are reported by paragraph if much is new, and not at all for text that is not a draft", () => {
    const [first, second] = [madeUp(1).draft(4000), madeUp(2).draft(4000)];
    expect(gone(`${first}\n\n${SAFE}`, `${second}\n\n${SAFE}`)).not.toContain(SAFE.trim());
    expect(lost(first, second).gone.length).toBeGreaterThan(20);
    expect(whatWasLost("a ".repeat(600_000), "", "markdown")).toBeUndefined();
    expect(whatWasLost("", "a\n".repeat(30_000), "markdown")).toBeUndefined();
  });
});

test("a deleted paragraph is reported, and if none is, nothing is; whatever the size", () => {
  for (let size = 0; size <= 70; size++) {
    const made = madeUp(size);
    const paragraphs = Array.from({ length: (size % 7) + 1 }, () => made.paragraph());
    const before = paragraphs.join("\n\n").slice(0, size < 35 ? size : undefined);
    expect(lost(before, before)).toEqual({ gone: [], cutOff: [], doubled: [], leftOut: 0 });
    const [left = "", ...others] = before.split("\n\n");
    const words = (text: string): string => text.replace(/[^\p{L}\p{N}]/gu, "");
    const told = gone(before, others.join("\n\n"));
    for (const text of told) expect(words(before)).toContain(words(text.replace("…", "")));
    if (words(left) !== "") expect(told.length).toBeGreaterThan(0);
  }
});

test("any two texts can be compared, and all places are within them", () => {
  fc.assert(
    fc.property(hostileDrafts, hostileDrafts, fc.constantFrom(...FORMAT_IDS), (a, b, format) => {
      const found = whatWasLost(a, b, format);
      const lines = a.split(/\r\n|[\r\n]/).length;
      for (const { range } of found?.gone ?? []) {
        expect(range.end.line).toBeLessThan(lines);
        expect(range.end).not.toEqual(range.start);
      }
    }),
    runs(100),
  );
});
