import { expect, test } from "vitest";
import type { Finding, Fix } from "../../../server/src/draft/finding.ts";
import { markedSentence } from "../../../server/src/lsp/hover/content.ts";
import { HOLE } from "../../../server/src/text/excerpt.ts";
import { draftOf, unmarked } from "../../support/rules.ts";
import { wording } from "../../../server/src/text/wording.ts";

/** The sentence around ⟦ ⟧ as in a hover, with bold words between asterisks. */
function shown(marked: string, fixes: readonly Fix[] = []): string | undefined {
  const { text, spans } = unmarked(marked);
  const [span = { start: 0, end: 0 }] = spans;
  const finding: Finding = { ...span, rule: "r", severity: "warning", message: wording(""), fixes };
  return markedSentence(draftOf(text), finding)
    ?.map((one) => (typeof one === "string" ? one : "strong" in one ? `*${one.strong}*` : one.link))
    .join("");
}

test.each([
  ["One is here. Two is ⟦there⟧. Three.", "Two is *there*."],
  ["⟦One⟧ is here.", "*One* is here."],
  ["One is ⟦here. Two⟧ is there.", "One is *here. Two* is there."],
  ["# One\n\nTwo *is* ⟦there⟧.", "Two is *there*."],
  ["Run `make` ⟦now⟧.", "Run make *now*."],
])("%s", (marked, expected) => {
  expect(shown(marked)).toBe(expected);
});

test("holes are shown where a fix would insert words", () => {
  const at = "One is here. Two is ".length;
  const fix = (start: number): Fix => ({
    title: wording("Mark the loss"),
    safe: false,
    edits: [{ start, end: start, newText: "TK " }],
    stops: [{ start: 0, end: 2 }],
  });
  const marked = "One is here. Two is ⟦there⟧.";
  expect(shown(marked, [fix(at)])).toBe(`Two is *${HOLE}* there.`);
  // A fix far from the finding is about something else.
  expect(shown(marked, [fix(0)])).toBe("Two is *there*.");
  expect(shown(marked, [{ ...fix(at), uri: "b.md" }])).toBe("Two is *there*.");
});

test("a block without words has no sentence", () => {
  expect(shown("```\n⟦a⟧\n```")).toBeUndefined();
  expect(shown("⟦⟧")).toBeUndefined();
});

test("an endless sentence is cut on both sides", () => {
  const long = `${"word ".repeat(500)}⟦here⟧${" word".repeat(500)}`;
  const text = shown(long) ?? "";
  expect(text.length).toBeLessThan(450);
  expect(text).toMatch(/^….*\*here\*.*…$/);
});
