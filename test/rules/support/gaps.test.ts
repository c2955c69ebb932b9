import { describe, expect, test } from "vitest";
import { getTokens } from "../../../server/src/language/tokens.ts";
import type { Gap } from "../../../server/src/missing/find.ts";
import {
  firstHole,
  isMereSpace,
  toReports,
  sides,
} from "../../../server/src/rules/support/gaps.ts";
import { applyEdits } from "../../../server/src/text/edits.ts";
import { firstBlock } from "../../support/rules.ts";
import { say, wording } from "../../../server/src/text/wording.ts";

const CONTEXT = { sensitivity: "normal", repeatsSensitivity: "normal", placeholder: "TK" } as const;

describe("a gap", () => {
  const gap = (left: number, right: number, kind: Gap["kind"] = "fragment"): Gap => ({
    left,
    right,
    kind,
    score: 1,
    lost: 0,
    phrase: 0,
  });

  test("has its first hole after the word on its left, or before a stranded word", () => {
    expect(firstHole(gap(2, 3))).toBe(3);
    expect(firstHole(gap(2, 4))).toBe(3);
    expect(firstHole(gap(-1, 0))).toBe(0);
  });

  test("has words on both sides, or none", () => {
    const tokens = getTokens(firstBlock("The mayor spoke."));
    expect(sides(tokens, gap(0, 1))).toEqual({ before: "The", after: "mayor" });
    expect(sides(tokens, gap(-1, 0))).toEqual({ before: "", after: "The" });
  });

  test.each<[string, boolean]>([
    ["The mayor , who spoke", true],
    ["The mayor . Then", true],
    ["The mayor, who spoke", false],
    ["The mayor who spoke", false],
    // These words need another after them.
    ["He and , who spoke", false],
    ["He of . Then", false],
  ])("%s: shown only by a space: %s", (text, expected) => {
    expect(isMereSpace(getTokens(firstBlock(text)), gap(1, 2))).toBe(expected);
    expect(isMereSpace(getTokens(firstBlock(text)), gap(1, 2, "attribution"))).toBe(false);
    expect(isMereSpace(getTokens(firstBlock(text)), gap(-1, 2))).toBe(false);
  });
});

describe("reports", () => {
  const fixed = (text: string): Record<string, string> =>
    Object.fromEntries(
      toReports(firstBlock(text), "fragment", CONTEXT, (_tokens, _gap, quote) =>
        wording(quote(200)),
      ).flatMap(({ fixes }) =>
        (fixes ?? []).map(({ title, edits }) => [say(title), applyEdits(text, edits)]),
      ),
    );

  test("offer to mark the loss, with the spaces that it needs, and to cut stranded words", () => {
    const text = "The mayor went to the bank, or the .";
    expect(fixed(text)).toEqual({
      "Mark the loss with TK": "The mayor went to the bank, or the TK.",
      "Cut “, or the”": "The mayor went to the bank.",
    });
  });

  test("quote the words with the hole shown", () => {
    const [report] = toReports(
      firstBlock("The mayor went to the bank, or the ."),
      "fragment",
      CONTEXT,
      (_tokens, _gap, quote) => wording(quote(200)),
    );
    expect(report && say(report.message)).toMatch(/or the \S+\.$/);
  });

  test("are left out where a tag or template may supply the words", () => {
    expect(fixed("The mayor went to the bank, or the {{ a }}.")).toEqual({});
    expect(fixed("The mayor went to the bank, or the <b class=x></b>.")).toEqual({});
    expect(fixed("The mayor went to the bank.")).toEqual({});
  });
});
