import fc from "fast-check";
import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { copiesDiffer } from "../../server/src/rules/copies-differ.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { repeatedBlock } from "../../server/src/rules/repeated-block.ts";
import { type PartialSettings, settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { runs } from "../support/property.ts";
import { draftOf, findings, fixes, flags, leavesAlone, getMessage } from "../support/rules.ts";
import { say } from "../../server/src/text/wording.ts";

const SHOPS = "Shop owners on the quay fear that customers from the valley will stay away.";

/** A news paragraph with a value in its middle. */
function fire(value: string): string {
  return `The fire in the old mill on the river was put out after ${value}, the police said late that night, and four of the neighbours are still in hospital with burns.`;
}

const twice = (one: string, other: string): string => `${one}\n\n${SHOPS}\n\n⟦${other}⟧\n`;

test.each([
  ["a figure", "37 hours", "39 hours", "37", "39"],
  ["a large figure", "1,200 hours", "1,500 hours", "1,200", "1,500"],
  ["an amount", "$2.5 million in damage", "$3.5 million in damage", "$2.5", "$3.5"],
  ["a currency", "€1,200 in damage", "$1,200 in damage", "€1,200", "$1,200"],
  ["a unit", "a loss of 5%, in all", "a loss of 5, in all", "5%", "5"],
  ["a sign", "a night of -5 degrees", "a night of 5 degrees", "-5", "5"],
  ["a scale", "3 million in damage", "3 billion in damage", "3 million", "3 billion"],
  ["a figure in words", "five hours", "seven hours", "five", "seven"],
  ["a share", "a loss of 12%", "a loss of 21%", "12%", "21%"],
  ["a day", "midnight on Monday", "midnight on Tuesday", "Monday", "Tuesday"],
  ["a date", "rain on May 3", "rain on May 4", "3", "4"],
  ["a name", "a call by Anna Lee", "a call by Anna Kerr", "Lee", "Kerr"],
  ["a marked figure", "**37** hours", "39 hours", "37", "39"],
  ["the text of a link", "[37](a.md) hours", "[39](a.md) hours", "37", "39"],
  ["“not”", "it did burn", "it did not burn", "did", "did not"],
  ["a short form of “not”", "what can burn", "what can't burn", "can", "can't"],
])("two copies differ in %s", (_what, one, other, there, here) => {
  const [finding, ...more] = flags(copiesDiffer, twice(fire(one), fire(other)));
  expect(more).toEqual([]);
  expect(finding?.severity).toBe("information");
  expect(getMessage(finding)).toMatch(`“${here}” here, “${there}” in line 1, where “The fire in`);
  const text = `${fire(one)}\n\n${SHOPS}\n\n${fire(other)}\n`;
  const mended = (by: string, value: string): string => by.replace(there, value);
  const both = `${mended(fire(one), here)}\n\n${SHOPS}\n\n${fire(other)}\n`;
  expect(fixes(copiesDiffer, text, `Use “${here}” in both`, both)).toEqual([]);
});

test.each([
  ["41,000", "14,000"],
  ["41,000,500.75", "41,000,500.25"],
  ["1.200,50", "1.300,50"],
  ["41 000", "14 000"],
])("the other copy's message quotes %s and %s as whole figures", (there, here) => {
  const [one, other] = [there, here].map((figure) => fire(figure.replace(" ", "\u00A0")));
  const [finding] = findings(copiesDiffer, `${one}\n\n${SHOPS}\n\n${other}\n`);
  expect((finding?.related ?? []).map(({ message }) => say(message))).toEqual([
    `The other copy. They differ: “${here}” here, “${there}” there`,
  ]);
});

test("either value can be used in both, and either copy deleted", () => {
  const text = `${fire("37 hours")}\n\n${SHOPS}\n\n${fire("39 hours")}\n`;
  const [finding] = findings(copiesDiffer, text);
  expect(finding?.fixes?.map(({ title, safe }) => [say(title), safe])).toEqual([
    ["Use “39” in both", false],
    ["Use “37” in both", false],
    ["Delete this copy", false],
    ["Delete the other copy", false],
  ]);
  const first = `${fire("37 hours")}\n\n${SHOPS}\n\n${fire("37 hours")}\n`;
  expect(fixes(copiesDiffer, text, "Use “37”", first)).toEqual([]);
  expect(findings(repeatedBlock, first)).toHaveLength(1);
});

test.each([
  ["in a list", `- ${fire("37 hours")}\n- ${fire("39 hours")}\n`],
  ["in numbered steps", `1. ${fire("37 hours")}\n\n${SHOPS}\n\n2. ${fire("39 hours")}\n`],
  ["in more than one thing", twice(fire("37 hours and 2 days"), fire("39 hours and 3 days"))],
  ["in a word", twice(fire("many hours"), fire("some hours"))],
  ["in the number of a step", twice(fire("step 3"), fire("step 4"))],
  ["in a version", twice(fire("the update to Linux 6"), fire("the update to Linux 7"))],
  ["in a version with points", twice(fire("version 2.0.1"), fire("version 2.0.2"))],
  ["in a citation", twice(fire("an hour [1] or so"), fire("an hour [2] or so"))],
  ["in the number of an issue", twice(fire("what #1234 says"), fire("what #1235 says"))],
  ["in a power", twice(fire("x^2 hours"), fire("x^3 hours"))],
  ["in code", twice(fire("`run(1)`"), fire("`run(2)`"))],
  ["in an identifier", twice(fire("CVE-2021-22940"), fire("CVE-2021-22931"))],
  [
    "under parallel headings",
    `## Fire at mill one\n\n${fire("37 hours")}\n\n## Fire at mill two\n\n${fire("39 hours")}\n`,
  ],
  [
    "in tabs",
    `=== "North"\n\n${fire("37 hours")}\n\n=== "South"\n\n${fire("39 hours")}\n\n${SHOPS}\n`,
  ],
  ["three times", `${fire("3 days")}\n\n${fire("4 days")}\n\n${SHOPS}\n\n${fire("5 days")}\n`],
  [
    "in a short passage",
    twice("The fire in the old mill hurt 37 people.", "The fire in the old mill hurt 39 people."),
  ],
  ["in nothing", twice(fire("37 hours"), fire("37 hours"))],
])("a difference %s is left alone", (_what, marked) => {
  leavesAlone(copiesDiffer, marked.replace(/[⟦⟧]/g, ""));
});

test("a pair is reported once, by repeated-block if this rule is off", () => {
  const text = `${fire("37 hours")}\n\n${SHOPS}\n\n${fire("39 hours")}\n`;
  const rules = (more: PartialSettings["rules"], stet = ""): string[] =>
    lint(
      draftOf(`${stet}${text}`),
      RULES,
      settingsFrom({ rules: more ?? {}, repeatsSensitivity: "eager" }),
      { rethrow: true },
    ).map(({ rule }) => rule);
  expect(rules({})).toEqual(["copies-differ"]);
  expect(rules({ "repeated-block": "off" })).toEqual(["copies-differ"]);
  expect(rules({ "copies-differ": "off" })).toEqual(["repeated-block"]);
  expect(rules({}, "<!-- stet-file repeated-block -->\n\n")).toEqual([]);
});

/** Words and figures of all scripts, marks and sizes. */
const anyValue = fc.oneof(
  fc.constantFrom(
    "37",
    "1,200",
    "$2.5",
    "12%",
    "five",
    "Monday",
    "not",
    "`37`",
    "*3*",
    "3.",
    "“3”",
  ),
  fc.constantFrom(
    "３７",
    "٣٧",
    "三十七",
    "[3](x)",
    "3–4",
    "1e999",
    "-0",
    "\u202E37",
    "x".repeat(99),
  ),
  fc.string({ unit: "grapheme", maxLength: 6 }).map((text) => text.replace(/\s/g, "")),
);

test("any two values, anywhere in a passage of any size: at most one finding, whose fixes make both the same", () => {
  fc.assert(
    fc.property(
      anyValue,
      anyValue,
      fc.integer({ min: 1, max: 40 }),
      fc.nat(40),
      fc.constantFrom("markdown", "plaintext", "html"),
      (one, other, size, place, format) => {
        const words = Array.from(
          { length: size },
          (_, at) => `word${String.fromCharCode(97 + (at % 26))}${at > 25 ? "s" : ""}`,
        );
        const passage = (value: string): string =>
          `The ${[...words.slice(0, place), value, ...words.slice(place)].join(" ")} stayed.`;
        const text = `${passage(one)}\n\n${SHOPS}\n\n${passage(other)}\n`;
        const found = findings(copiesDiffer, text, { format });
        expect(found.length).toBeLessThanOrEqual(1);
        for (const fix of found[0]?.fixes?.slice(0, 2) ?? []) {
          const fixed = applyEdits(text, fix.edits);
          expect(findings(copiesDiffer, fixed, { format })).toEqual([]);
          expect(fixed.length - text.length).toBe(
            fix.edits.reduce((sum, edit) => sum + edit.newText.length - (edit.end - edit.start), 0),
          );
        }
      },
    ),
    runs(600),
  );
});
