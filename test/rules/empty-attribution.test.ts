import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { stetEntry } from "../../server/src/engine/suppression/suppress.ts";
import { emptyAttribution } from "../../server/src/rules/empty-attribution.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { orphanedFragment } from "../../server/src/rules/orphaned-fragment.ts";
import { settingsFrom, type StetEntry } from "../../server/src/settings/settings.ts";
import { draftOf, findings, fixes, flags, leavesAlone, getMessage } from "../support/rules.ts";

test.each([
  "The dam is safe, according ⟦to .⟧\n",
  "The dam is safe, according to a new study published by ⟦the .⟧\n",
  "The dam is safe, the newspaper was told ⟦by .⟧\n",
])("a lost source: %s", (marked) => void flags(emptyAttribution, marked));

test.each(["<em></em>", '<a href="x"></a>', "<b></b>", "<span> </span>", "<em><b></b></em>"])(
  "a name that left only its markup, in Markdown and HTML: %s",
  (markup) => {
    const words = `The dam is safe, according ⟦to ${markup},⟧ a book we trust.`;
    flags(emptyAttribution, `${words}\n`);
    flags(emptyAttribution, `<p>${words}</p>`, { format: "html" });
    const icon = words.replace(/[⟦⟧]/g, "").replace(/<\w+/, "$& class='icon'");
    leavesAlone(emptyAttribution, `<p>${icon}</p>`, { format: "html" });
  },
);

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
  const selected = fix?.edits.map(({ newText }, at) => {
    const stop = fix.stops?.[at];
    return newText.slice(stop?.start, stop?.end);
  });
  expect(selected).toEqual(["TK"]);
});

test.each([
  [
    "Garg told ⟦.⟧ The bridge was late.",
    "“Garg told ▢. The bridge was late.”: a name is missing. Say who was told.",
  ],
  [
    "The dam is safe, according ⟦to .⟧ Two thirds have left.",
    "“The dam is safe, according to ▢. Two thirds have left.”: a name is missing. Say who the source is.",
  ],
])("asks for the missing person: %s", (marked, message) => {
  const text = `${marked.replace(/[⟦⟧]/g, "")}\n`;
  expect(findings(emptyAttribution, text).map(getMessage)).toEqual([message]);
});

test.each(["said", "added", "explained", "says"])(
  "one lost speaker is one hole and one mark, though words are missing on both sides of “%s”",
  (verb) => {
    for (const text of [
      `"We cannot pay," ${verb} , who has run the ferry since 1998.`,
      `“We cannot pay for it”,  ${verb} .`,
      `The ferry, ${verb} , will be late on Friday.`,
    ]) {
      const found = findings(emptyAttribution, text);
      const [quotation = ""] = found.map((one) => getMessage(one)?.split(": a name")[0]);
      expect([text, quotation.split("▢").length - 1]).toEqual([text, 1]);
      expect(found[0]?.fixes?.map(({ edits }) => edits.length)).toEqual([1]);
    }
  },
);

test.each([
  "The firm announced a and left for the town.\n",
  "TTS maintains a for the people of the city.\n",
])("without a source it is a fragment: %s", (text) => {
  leavesAlone(emptyAttribution, text, { sensitivity: "eager" });
  const [finding] = findings(orphanedFragment, text, { sensitivity: "eager" });
  expect(getMessage(finding)).toContain("a ▢ ");
});

test("a stet from the time when such a fragment was an attribution still works", () => {
  const text = "The firm announced a and left for the town.\n";
  const found = (draft: string, stet: readonly StetEntry[] = []): string[] =>
    lint(draftOf(draft), RULES, settingsFrom({ stet })).map(({ rule }) => rule);
  expect(found(text)).toEqual(["orphaned-fragment"]);
  expect(found(`<!-- stet empty-attribution -->\n\n${text}`)).toEqual([]);
  const [finding] = findings(orphanedFragment, text);
  if (finding === undefined) throw new Error("The fragment was not found.");
  const entry = stetEntry(draftOf(text), finding);
  expect(found(text, [{ ...entry, rule: "empty-attribution" }])).toEqual([]);
  expect(found(text, [{ ...entry, rule: "repeated-word" }])).toEqual(["orphaned-fragment"]);
});

test("only an eager reader doubts that a name is missing", () => {
  const text =
    "Canalys, an international IT company, predicted last week that tablets will outsell computers.\n";
  const said = (sensitivity: "normal" | "eager", includesUnproven = false) =>
    lint(draftOf(text), RULES, settingsFrom({ sensitivity }), { includesUnproven })
      .filter(({ rule }) => rule === emptyAttribution.id)
      .map(({ severity, isUnproven = false }) => ({ severity, isUnproven }));
  expect(said("normal")).toEqual([]);
  // An earlier version of the draft may prove it.
  expect(said("normal", true)).toEqual([{ severity: "hint", isUnproven: true }]);
  for (const includesUnproven of [false, true]) {
    expect(said("eager", includesUnproven)).toEqual([{ severity: "hint", isUnproven: false }]);
  }
});
