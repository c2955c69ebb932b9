import { expect, test } from "vitest";
import { emptyAttribution } from "../../server/src/rules/empty-attribution.ts";
import { expectExamples, findings, fixes, flags, leavesAlone } from "../support/rules.ts";

test("its documentation holds", () => {
  expectExamples(emptyAttribution);
});

test.each([
  "The dam is safe, according ⟦to .⟧\n",
  "The dam is safe, according to a new study published by ⟦the .⟧\n",
  "The dam is safe, the newspaper was told ⟦by .⟧\n",
])("a lost source: %s", (marked) => {
  flags(emptyAttribution, marked);
});

test("an abbreviation whose name is gone", () => {
  const [finding] = flags(
    emptyAttribution,
    "The figures stand in ⟦an (ILO) study⟧ of the textile industry.\n",
  );
  expect(finding?.severity).toBe("information");
});

test.each([
  "The figures stand in a (PDF) report of the textile industry.\n",
  "The figures stand in the [ILO] report of the textile industry.\n",
  "The figures stand in an International Labour Organization (ILO) study of the industry.\n",
  "The spokesman said that the dam was safe, and the engineers told us the same.\n",
  "As reported last week, the dam is safe. It is said to be the oldest in the county.\n",
  "Nach Angaben der Behörde ist der Damm sicher, sagte der Sprecher am Freitag.\n",
])("leaves alone: %s", (text) => {
  leavesAlone(emptyAttribution, text);
});

test("the placeholder replaces the missing name, and is selected", () => {
  const text = "The dam is safe, according to the .\n";
  fixes(emptyAttribution, text, "Mark", "The dam is safe, according to the TK.\n");
  const fix = findings(emptyAttribution, text)[0]?.fixes?.[0];
  expect(fix?.select && fix.edits[0]?.newText.slice(fix.select.start, fix.select.end)).toBe("TK");
});
