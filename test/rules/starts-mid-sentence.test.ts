import { expect, test } from "vitest";
import { startsMidSentence } from "../../server/src/rules/starts-mid-sentence.ts";
import { findings, fixes, flags, leavesAlone } from "../support/rules.ts";

const BODY =
  "The council met on Monday to vote on the budget. The mayor did not comment on the vote.\n\n" +
  "It was the third vote this year, and the first that she did not attend in person.\n\n";
const NEXT = "\n\nWork on the bridge begins in May and ends in the autumn of next year.\n";

test.each([
  "⟦of⟧ the bridge, nothing was left but the two piers in the river.",
  "⟦which⟧ was built in 1931 by the men of the harbour and their sons.",
  // Text after a stet for something else, or after any other comment.
  "<!-- stet broken-off -->\n<!-- So it is. -->\n\n⟦of⟧ the bridge, nothing was left but two piers.",
])("flags a start: %s", (marked) => void flags(startsMidSentence, BODY + marked + NEXT));

test("flags a start under a heading, unless the heading names the word", () => {
  const start = "of the harbour remain two piers and the house of the keeper.\n";
  flags(startsMidSentence, `${BODY}## The old harbour\n\n${start.replace("of", "⟦of⟧")}`);
  leavesAlone(startsMidSentence, `${BODY}## The keyword of\n\n${start}`);
  leavesAlone(startsMidSentence, `${BODY}## The old harbour\n\n<Name /> ${start}`);
});

test("a plain word without a capital is a hint", () => {
  const marked = `${BODY}⟦evaluation⟧ of the bridge took a year, and it was paid for by the city.${NEXT}`;
  expect(flags(startsMidSentence, marked).map((found) => found.severity)).toEqual(["hint"]);
  leavesAlone(
    startsMidSentence,
    `${BODY}jane12 proposed a bridge, and it was paid for by the city.${NEXT}`,
  );
});

test.each([
  "npm runs the script that builds the bridge and the harbour. It needs Node.\n",
  "iPhone users of the bridge and the harbour need not pay the toll at all.\n",
  "eBay sold the bridge and the harbour to a man from a far country last year.\n",
])("leaves alone: %s", (text) => {
  leavesAlone(startsMidSentence, BODY + text);
});

test("leaves alone a writer who never ends a line, or never starts one with a capital", () => {
  leavesAlone(
    startsMidSentence,
    "we met on the bridge and talked about the harbour. it was late.\n\nand then we went home by the long way round the old harbour.\n\nthe next day we met again on the bridge, as if we had agreed to.\n",
  );
});

test("the fix leaves a mark that is hard to overlook", () => {
  const start = "of the bridge, nothing was left but the two piers in the river.\n";
  fixes(startsMidSentence, BODY + start, "Mark the loss", `${BODY}TK ${start}`);
  const [fix] = findings(startsMidSentence, BODY + start).flatMap((found) => found.fixes ?? []);
  expect(fix?.safe).toBe(false);
});
