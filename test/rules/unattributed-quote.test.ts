import { expect, test } from "vitest";
import { unattributedQuote } from "../../server/src/rules/unattributed-quote.ts";
import { findings, fixes, flags, leavesAlone } from "../support/rules.ts";

const BEFORE = "The bridge was closed on Monday.\n\n";
const AFTER = "\n\nIt was built in 1931, and it was painted for the last time in 1990.\n";
const QUOTE = "“The bridge stays closed until the last bolt has been replaced.”";

test.each([
  `${BEFORE}⟦${QUOTE}⟧${AFTER}`,
  `${BEFORE}⟦${QUOTE.replace(/[“”]/g, '"')}⟧${AFTER}`,
  `${BEFORE}“The bridge stays closed until the last bolt has been replaced⟦,”⟧${AFTER}`,
  `${BEFORE}“The bridge stays closed until the last bolt has been replaced⟦,”⟧ The work began in May.${AFTER}`,
  `> The bridge stays closed. ⟦—⟧${AFTER}`,
  `> “The bridge stays closed.” ⟦--⟧${AFTER}`,
  `> The bridge stays closed.\n>\n> It stays closed. ⟦–⟧${AFTER}`,
  `${QUOTE} ⟦—⟧${AFTER}`,
])("flags %j", (marked) => {
  const found = flags(unattributedQuote, marked);
  expect(found.map(({ severity }) => severity)).toEqual(["hint"]);
});

test.each([
  `${BEFORE}${QUOTE.replace(/.”$/u, ",”")} the mayor said.${AFTER}`,
  `The mayor told the council why.\n\n${QUOTE}${AFTER}`,
  `${BEFORE}${QUOTE}\n\n— Jane Doe, mayor of the city and a member of its council${AFTER}`,
  `${BEFORE}${QUOTE}\n\nJane Doe, mayor${AFTER}`,
  `The sign at the gate has one line:\n\n${QUOTE}${AFTER}`,
  `## Jane Doe\n\n${QUOTE}${AFTER}`,
  `${BEFORE}${QUOTE}\n\n“Who will pay for it, and when will it be done?”${AFTER}`,
  `${BEFORE}“Closed for good.”${AFTER}`,
  `${BEFORE}- ${QUOTE}${AFTER}`,
  `> The bridge stays closed. — Jane Doe${AFTER}`,
  `> The bridge stays closed. —\n> Jane Doe${AFTER}`,
  `> The bridge stays closed. —\n\nJane Doe${AFTER}`,
  "A list of “The Bridge Over the Long and Winding River,” “The Harbour at the End of the Long Night,” and more.",
  `Die Brücke ist zu.\n\n"Die Brücke bleibt zu, bis der letzte Bolzen ersetzt ist und wir sie haben."\n\nSie wurde im Jahr 1931 von der Stadt und ihren Leuten für alle gebaut.\n`,
  `The bridge stays closed —${AFTER}`,
])("leaves alone: %j", (text) => {
  leavesAlone(unattributedQuote, text);
});

test("the fixes leave a mark that is hard to overlook", () => {
  const dash = "> The bridge stays closed. —";
  expect(fixes(unattributedQuote, dash, "Mark the loss", `${dash} TK`)).toEqual([]);
  const comma = `${BEFORE}${QUOTE.replace(".”", ",”")}`;
  expect(fixes(unattributedQuote, comma, "Mark the loss", `${comma} TK.`)).toEqual([]);
  const whole = findings(unattributedQuote, BEFORE + QUOTE + AFTER);
  expect(whole.flatMap((found) => found.fixes ?? [])).toEqual([]);
});
