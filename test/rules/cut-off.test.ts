import { describe, expect, test } from "vitest";
import { cutOff } from "../../server/src/rules/cut-off.ts";
import { expectExamples, findings, fixes, flags, leavesAlone } from "../support/rules.ts";

const BODY =
  "The council met on Monday to vote on the budget. The mayor did not comment on the vote.\n\n" +
  "It was the third vote this year, and the first that she did not attend in person.\n\n";
const NEXT = "\n\nWork on the bridge begins in May and ends in the autumn of next year.\n";

describe("cut-off", () => {
  test("its documentation holds", () => {
    expectExamples(cutOff);
  });

  test.each([
    "The bridge will cost two million. It was built in the year of ⟦the⟧",
    "The bridge will cost two million. Nobody asked how it was paid for by ⟦their⟧",
    "The bridge will cost two million, which is more than the city spent ⟦and⟧".replace(
      "The",
      "It is an old one. The",
    ),
    "The bridge will cost two million. On the other side of the ⟦river,⟧",
  ])("flags an end: %s", (marked) => {
    flags(cutOff, BODY + marked + NEXT);
    flags(cutOff, BODY + marked + "\n");
    flags(cutOff, BODY + marked + "\n\n## The next part\n\nIt is short.\n");
  });

  test.each([
    "⟦of⟧ the bridge, nothing was left but the two piers in the river.",
    "⟦which⟧ was built in 1931 by the men of the harbour and their sons.",
  ])("flags a start: %s", (marked) => {
    flags(cutOff, BODY + marked + NEXT);
  });

  test("flags a start under a heading, unless the heading names the word", () => {
    const start = "of the harbour remain two piers and the house of the keeper.\n";
    flags(cutOff, `${BODY}## The old harbour\n\n${start.replace("of", "⟦of⟧")}`);
    leavesAlone(cutOff, `${BODY}## The keyword of\n\n${start}`);
    leavesAlone(cutOff, `${BODY}## The old harbour\n\n<Name /> ${start}`);
  });

  test("a plain word without a capital is a hint", () => {
    const marked = `${BODY}⟦evaluation⟧ of the bridge took a year, and it was paid for by the city.${NEXT}`;
    expect(flags(cutOff, marked).map((found) => found.severity)).toEqual(["hint"]);
    leavesAlone(cutOff, `${BODY}jane12 proposed a bridge, and it was paid for by the city.${NEXT}`);
  });

  test("a paragraph without an end mark is a hint, where the others have one", () => {
    const text =
      "The bridge will cost two million. Nobody asked how it was paid for in those years, or by whom the money was ⟦lent⟧";
    expect(flags(cutOff, BODY + text + NEXT).map((found) => found.severity)).toEqual(["hint"]);
    leavesAlone(cutOff, text.replace(/[⟦⟧]/g, ""));
  });

  test.each([
    "The bridge will cost two million. These are the reasons, one of which is the\n\n- age\n- rust\n",
    "The bridge will cost two million. The engineer of the city put it like this, and\n\n> It is old.\n",
    "The bridge will cost two million. It runs when you write this into the\n\n```\ncode\n```\n",
    "# The bridge that will cost two million and the\n",
    "- The bridge that will cost two million and the\n",
    "> The bridge that will cost two million and the\n",
    "With kind regards from the bridge, the harbour and the city we live in\n",
    "These are the things that the council wants to see:\n",
    "[Read the whole report on the bridge that will cost two million and the](https://example.org)\n",
    "npm runs the script that builds the bridge and the harbour. It needs Node.\n",
    "iPhone users of the bridge and the harbour need not pay the toll at all.\n",
    "eBay sold the bridge and the harbour to a man from a far country last year.\n",
    "Das Haus, das er mit der Mutter und dem Vater nicht mehr sehen wird, ist the\n",
  ])("leaves alone: %s", (text) => {
    leavesAlone(cutOff, BODY + text);
  });

  test("leaves a writer alone who never ends a line, or never starts one with a capital", () => {
    leavesAlone(
      cutOff,
      "we met on the bridge and talked about the harbour. it was late.\n\nand then we went home by the long way round the old harbour.\n\nthe next day we met again on the bridge, as if we had agreed to.\n",
    );
  });

  test("the fix leaves a mark that can't be overlooked", () => {
    const text = `${BODY}The bridge will cost two million. It was built in the year of the`;
    fixes(cutOff, text, "Mark the loss", `${text} TK`);
    const [fix] = findings(cutOff, text).flatMap((found) => found.fixes ?? []);
    expect(fix?.safe).toBe(false);
    expect(fix?.select).toEqual({ start: 1, end: 3 });
  });
});
