import { expect, test } from "vitest";
import { RULES } from "../../server/src/rules/index.ts";
import { orphanedFragment } from "../../server/src/rules/orphaned-fragment.ts";
import { emptyAttribution } from "../../server/src/rules/empty-attribution.ts";
import { expectExamples, findings, fixes, leavesAlone } from "../support/rules.ts";

test("its documentation holds", () => {
  expectExamples(orphanedFragment);
});

test.each([
  "The ferry calls at Aldham, Bures and , before it turns back to the harbour.\n",
  "She gave the keys to the , who left for the station at once.\n",
  "They walked to the with a dog and a lamp, and found the gate open.\n",
  "The committee ( ) met on Friday and agreed on a new price for bread.\n",
  "The school has asked for a new , a teacher and two computers.\n",
])("a lost word: %s", (text) => {
  expect(findings(orphanedFragment, text, { sensitivity: "eager" })).toHaveLength(1);
});

test.each([
  ["Nearly percent of the trees are dead.\n", "Something (a figure?) is missing"],
  ["She paid £ for the painting.\n", "Something (a figure?) is missing"],
  ["The mayor did not the question.\n", "Something (a verb?) is missing"],
])("the kind of loss is named: %s", (text, message) => {
  expect(findings(orphanedFragment, text).map((finding) => finding.message)).toEqual([
    expect.stringContaining(message) as string,
  ]);
});

test.each([
  "The ferry calls at Aldham, Bures and Sudbury, before it turns back.\n",
  "Wait ... and see. It costs .5 cents, and the file is .gitignore here.\n",
  "Call `foo()` or println!() with no argument, as size_of::<T>() shows.\n",
  "Avoid “with respect to,” “in order to,” and “prior to.”\n",
  "This is the house that they lived in, and the garden they looked after.\n",
  "Der Rat hat sich mit den und für die Brücke entschieden, und .\n",
])("leaves alone: %s", (text) => {
  leavesAlone(orphanedFragment, text);
});

test("the same hole in Markdown and in plain text, with words in italics beside it", () => {
  const text = "She gave the keys to *the* , who left for the station at once.\n";
  expect(findings(orphanedFragment, text)).toHaveLength(1);
  fixes(
    orphanedFragment,
    text,
    "Mark",
    "She gave the keys to *the* TK, who left for the station at once.\n",
  );
});

test("stranded words can be cut", () => {
  fixes(
    orphanedFragment,
    "The mayor thanked both towns, Bures and , for their help with the flood.\n",
    "Cut",
    "The mayor thanked both towns, Bures, for their help with the flood.\n",
  );
});

test("a word that has lost its neighbours on both sides gets a placeholder on each", () => {
  const text = "The bank paid several firms, including and , for their work on the dam.\n";
  fixes(
    orphanedFragment,
    text,
    "Mark",
    "The bank paid several firms, including TK and TK, for their work on the dam.\n",
  );
  const fix = findings(orphanedFragment, text)[0]?.fixes?.[0];
  expect(fix?.edits.map(({ start }) => start)).toEqual([38, 42]);
  expect(fix?.select && fix.edits[0]?.newText.slice(fix.select.start, fix.select.end)).toBe("TK");
});

test("one hole is reported by one rule", () => {
  for (const text of [
    "The dam is safe, according to the .\n",
    "She gave the keys to the , who left for the station.\n",
  ]) {
    const both = [emptyAttribution, orphanedFragment].flatMap((rule) => findings(rule, text));
    expect(both).toHaveLength(1);
  }
});

test("no fix of a hole is safe, and none but cutting lets the text look clean", () => {
  for (const text of [
    "The dam is safe, according to the .\n",
    "She gave the keys to the , who left for the station.\n",
    "They walked to the with a dog and a lamp, and found the gate open.\n",
  ]) {
    for (const rule of RULES) {
      for (const finding of findings(rule, text)) {
        for (const fix of finding.fixes ?? []) {
          expect(fix.safe).toBe(false);
          if (fix.title.startsWith("Cut")) {
            // An editor may give up a fragment, never the name of a source.
            expect(rule.id).toBe(orphanedFragment.id);
            continue;
          }
          expect(fix.edits.map((edit) => edit.newText).join("")).toMatch(/\w/);
        }
      }
    }
  }
});
