import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { FORMAT_IDS } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { mergeConflict } from "../../server/src/rules/merge-conflict.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { draftOf, findings, fixes, flags, leavesAlone, getMessage } from "../support/rules.ts";

const PASSAGE =
  "The council voted on Monday to close the old bridge to lorries until the spring of next year.";

test.each(FORMAT_IDS)("is one error per conflict, in %s, whatever the line endings", (format) => {
  for (const end of ["\n", "\r\n"]) {
    const text =
      "⟦<<<<<<< HEAD⟧\nOne.\n||||||| 1a2b3c\nNone.\n=======\nTwo.\n>>>>>>> the-branch\n\n" +
      "The mayor left.\n⟦<<<<<<<⟧\n=======\nShe came back.\n>>>>>>>";
    const found = flags(mergeConflict, text.replaceAll("\n", end), { format });
    expect(found.map(({ severity, related }) => [severity, related?.length])).toEqual([
      ["error", 3],
      ["error", 2],
    ]);
  }
});

test.each([
  "Title\n=======\n\nText <<<<<<< of >>>>>>> it.\n",
  "<<<<<<< a\nIt voted.\n",
  "<<<<<<< a\n=======\nIt voted.\n",
  "=======\n>>>>>>> b\n",
  "<<<<<<<< a\n========\n>>>>>>>> b\n",
  " <<<<<<< a\n =======\n >>>>>>> b\n",
  "```\n<<<<<<< a\nx\n=======\ny\n>>>>>>> b\n```\n",
])("leaves alone: %j", (text) => {
  leavesAlone(mergeConflict, text);
});

test("is real if a code block contains only a part of it", () => {
  flags(mergeConflict, "⟦<<<<<<< a⟧\n```js\nx\n```\n=======\n```ts\nx\n```\n>>>>>>> b\n");
  flags(mergeConflict, "```js\n⟦<<<<<<< a⟧\nx\n```\n=======\ny\n```\n>>>>>>> b\n");
});

test("begins at the second of two opening marks", () => {
  flags(mergeConflict, "<<<<<<< a\nx\n⟦<<<<<<< b⟧\ny\n=======\nz\n>>>>>>> c\n");
});

test("is the only finding at its marks, and its versions repeat only what is outside", () => {
  const told = (text: string): string[] =>
    lint(draftOf(text), RULES, settingsFrom({}), { rethrow: true }).map(
      ({ rule, start, end }) => `${rule}: ${text.slice(start, end).slice(0, 20)}`,
    );
  const conflict = `<<<<<<< the the TK (\n\n${PASSAGE}\n\n=======\n\n${PASSAGE}\n\n>>>>>>> theirs and the .\n`;
  expect(told(conflict)).toEqual(["merge-conflict: <<<<<<< the the TK ("]);
  const outside = told(`${conflict}\nThe mayor left early.\n\n${PASSAGE}\n`);
  expect(outside.filter((one) => one.startsWith("repeated-block"))).toHaveLength(1);
  const only = { rules: { "merge-conflict": "off" as const } };
  expect(lint(draftOf(conflict), RULES, settingsFrom(only))).toEqual([]);
});

test("is reported once each, for any number of conflicts", () => {
  const one = "<<<<<<< a\nIt voted on Monday.\n=======\nIt did not vote.\n>>>>>>> b\n\n";
  for (const count of [0, 1, 2, 3, 17, 70]) {
    expect(findings(mergeConflict, one.repeat(count))).toHaveLength(count);
  }
});

test("either version can be kept, and the marks and the other version are deleted", () => {
  for (const end of ["\n", "\r\n"]) {
    for (const last of ["", `${end}The mayor left.`]) {
      const conflict = "Before.\n\n<<<<<<< a\nOne.\n||||||| base\n=======\nTwo.\n>>>>>>> b";
      const text = conflict.replaceAll("\n", end) + last;
      const [finding] = findings(mergeConflict, text);
      expect(getMessage(finding)).toBe("Two versions clash here: “One.” or “Two.”? Keep one.");
      const kept = ["Before.", "", ""].join(end);
      const rest = last.slice(end.length);
      fixes(mergeConflict, text, "Keep the first", `${kept}One.${end}${rest}`);
      fixes(mergeConflict, text, "Keep the second", `${kept}Two.${end}${rest}`);
    }
  }
});
