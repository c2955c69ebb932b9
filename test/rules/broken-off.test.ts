import { expect, test } from "vitest";
import { brokenOff } from "../../server/src/rules/broken-off.ts";
import { findings, fixes, flags, getMessage, leavesAlone } from "../support/rules.ts";

const BODY =
  "The council met on Monday to vote on the budget. The mayor did not comment on the vote.\n\n" +
  "It was the third vote this year, and the first that she did not attend in person.\n\n";
const NEXT = "\n\nWork on the bridge begins in May and ends in the autumn of next year.\n";

test.each([
  "The bridge will cost two million. It was built in the year of ⟦the⟧",
  "The bridge will cost two million. Nobody asked how it was paid for by ⟦their⟧",
  "The bridge will cost two million, which is more than the city spent ⟦and⟧".replace(
    "The",
    "It is an old one. The",
  ),
  "The bridge will cost two million. On the other side of the ⟦river,⟧",
])("flags an end: %s", (marked) => {
  flags(brokenOff, BODY + marked + NEXT);
  flags(brokenOff, BODY + marked + "\n");
  flags(brokenOff, BODY + marked + "\n\n## The next part\n\nIt is short.\n");
});

test("a comma after one sentence breaks off at the end of a draft alone", () => {
  const text = "The bridge will cost two million, as the mayor told the people of the valley,";
  flags(brokenOff, BODY + text.replace(/valley,$/, "⟦valley,⟧") + "\n");
  leavesAlone(brokenOff, BODY + text + NEXT);
  leavesAlone(brokenOff, text);
  leavesAlone(brokenOff, `${BODY}With kind regards from the bridge,\n`);
});

test.each([
  ["With all good wishes to everybody who came to the hall on Monday ⟦evening,⟧", "hint"],
  ["Best wishes from all of us at the harbour office and at the old ⟦bridge,⟧", "hint"],
  ["Many thanks to all who helped us to paint the bridge in the rain this ⟦year,⟧", "hint"],
  [
    "With the bridge closed until May, the council met to vote on the ferry in the ⟦hall,⟧",
    "information",
  ],
  [
    "Kindness alone will not mend the bridge, as the mayor told the people of the ⟦valley,⟧",
    "information",
  ],
])("a draft may end in a line above a signature: %s", (marked, severity) => {
  expect(flags(brokenOff, `${BODY}${marked}\n`)).toMatchObject([{ severity }]);
});

test("a paragraph without an end mark is a hint, if the others have one", () => {
  const text =
    "The bridge will cost two million. Nobody asked how it was paid for in those years, or by whom the money was ⟦lent⟧";
  expect(flags(brokenOff, BODY + text + NEXT).map((found) => found.severity)).toEqual(["hint"]);
  leavesAlone(brokenOff, text.replace(/[⟦⟧]/g, ""));
});

test.each([
  [
    "The bridge is closed since the storm. The council wants the gate to stay closed ⟦until⟧",
    "information",
  ],
  [
    "The bridge is closed since the storm. The council met on Monday and they decided ⟦to⟧",
    "information",
  ],
  [
    "The council met on Monday to vote. The mayor said that the wall was safe and that she ⟦would⟧",
    "information",
  ],
  [
    "The bridge is closed since the storm. Nobody may cross the river at night while you ⟦are⟧",
    "information",
  ],
  // A verb said before may be left out.
  [
    "The bridge is closed since the storm. The council helped the people as often as they ⟦could⟧",
    "hint",
  ],
  [
    "The bridge is closed since the storm. The people may cross the river if they want ⟦to⟧",
    "hint",
  ],
  [
    "The bridge is closed since the storm. They closed the old gate because they decided ⟦to⟧",
    "hint",
  ],
  ["The bridge is closed since the storm. The boats are much older than the bridges ⟦are⟧", "hint"],
])("an end on a word that needs another is more than a hint: %s", (marked, severity) => {
  const message = severity === "hint" ? "no end mark" : "the paragraph breaks off here";
  for (const next of [NEXT, "\n\nWork on the bridge begins in May.\n"]) {
    const [found] = flags(brokenOff, BODY + marked + next);
    expect([found?.severity ?? brokenOff.severity, getMessage(found)]).toEqual([
      severity,
      expect.stringContaining(message),
    ]);
  }
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
  "Das Haus, das er mit der Mutter und dem Vater nicht mehr sehen wird, ist the\n",
])("leaves alone: %s", (text) => {
  leavesAlone(brokenOff, BODY + text);
});

test("the fix leaves a mark that is hard to overlook", () => {
  const text = `${BODY}The bridge will cost two million. It was built in the year of the`;
  fixes(brokenOff, text, "Mark the loss", `${text} TK`);
  const [fix] = findings(brokenOff, text).flatMap((found) => found.fixes ?? []);
  expect(fix?.safe).toBe(false);
  expect(fix?.stops).toEqual([{ start: 1, end: 3 }]);
});
