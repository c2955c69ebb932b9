import { expect, test } from "vitest";
import { safeEdits } from "../support/safe-edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { pastedResidue } from "../../server/src/rules/pasted-residue.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { draftOf, findings, fixes, flags, leavesAlone } from "../support/rules.ts";

test.each([
  "⟦Sure! Here is a shorter version of your article:⟧\n\nThe bridge opens in May.",
  "⟦Certainly! Here’s the text you asked for.⟧ The bridge opens in May.",
  "⟦Of course! I can make it shorter.⟧\n\nThe bridge opens in May.",
  "The bridge opens in May.\n\n⟦Sent from my iPhone⟧",
  "The bridge opens in May.\n\n⟦Sent from my Samsung Galaxy smartphone.⟧",
  "The bridge opens in May.\n\n⟦-----Original Message-----⟧\n\nSee below.",
  "⟦Click to expand⟧\n\nThe bridge opens in May.",
  "⟦We use cookies to make this site better. By continuing you agree.⟧\n\nThe bridge opens in May.",
  "⟦This website uses cookies. Accept all or choose.⟧\n\nThe bridge opens in May.",
  "⟦Accept all cookies⟧\n\nThe bridge opens in May.",
])("flags a whole paragraph that was pasted by mistake: %j", (marked) => {
  flags(pastedResidue, marked);
  flags(pastedResidue, marked, { format: "plaintext" });
});

test.each([
  "“Sure! Here is your coat,” he said.",
  "Of course, I would never have gone to Berlin without her. It rained all day.",
  "The rents rose.\n\nCertainly, I can see why people leave. The rents are high.",
  "Absolutely. I would go tomorrow, if they let me.",
  "Of course, here is the bridge again.",
  "Sure, here the bridge was always open. Of course the mayor knew.",
  "A mail “sent from my iPhone” came in. Sent from my office, it took a day.",
  "Click to expand the list, then choose a row.",
  "We use cookies to count readers, and store them for a year.",
  "<details>\n<summary>Click to expand</summary>\n\nThe bridge.\n\n</details>",
  "## Click to expand",
  "Word writes `<o:p>` and `mso-style-name`, and class `MsoNormal`.",
  "```html\n<p class=MsoNormal>The bridge<o:p></o:p></p>\n```",
])("leaves alone: %j", (text) => {
  leavesAlone(pastedResidue, text);
});

test.each<[string, string, FormatId]>([
  ["The bridge opens.<o:p></o:p>", "The bridge opens.", "markdown"],
  ["<p>The bridge opens.<o:p>&nbsp;</o:p></p>", "<p>The bridge opens.</p>", "html"],
  [
    '<p>The <span style="mso-bidi-font-size: 9pt; color: red">bridge</span>.</p>',
    '<p>The <span style="color: red">bridge</span>.</p>',
    "html",
  ],
  ["<p class=MsoNormal>The bridge opens.</p>", "<p>The bridge opens.</p>", "html"],
  ['<p class="MsoNormal" id="a">The bridge opens.</p>', '<p id="a">The bridge opens.</p>', "html"],
  [
    "<p>The <b style='mso-fareast-font-family:\"Times New Roman\";color:red'>bridge</b>.</p>",
    "<p>The <b style='color:red'>bridge</b>.</p>",
    "html",
  ],
  [
    '<p>The <b style="mso-fareast-font-family:&quot;Times New Roman&quot;;color:red">bridge</b>.</p>',
    '<p>The <b style="color:red">bridge</b>.</p>',
    "html",
  ],
  ["The bri\u200Bdge opens.", "The bridge opens.", "markdown"],
  ["The b\u200Bri\u200Bdg\u200De opens.", "The bridge opens.", "markdown"],
  ["The bri\u200C\u200Bdge opens.", "The bridge opens.", "markdown"],
  ["The bri\uFEFFdge opens.", "The bridge opens.", "plaintext"],
  ["Der Bür\u200Dgermeister sprach.", "Der Bürgermeister sprach.", "markdown"],
  ["<p>Ο δή\u2060μαρχος</p>", "<p>Ο δήμαρχος</p>", "html"],
  ["Мо\u200Cст закрыт.", "Мост закрыт.", "markdown"],
  ["The bridge is closed citeturn0search0.", "The bridge is closed.", "markdown"],
  ["It is closed. As an AI language model, I cannot say why.\n", "It is closed.\n", "markdown"],
  ["It is closed.\n\nSent from my iPad\n", "It is closed.\n", "markdown"],
])("cuts the residue in %j", (before, after, format) => {
  expect(fixes(pastedResidue, before, "Cut", after, { format })).toEqual([]);
});

test.each([
  "می\u200Cخواهم بروم",
  "क्\u200Dष is a letter, and so is क्\u200Cष.",
  "The family 👨\u200D👩\u200D👧 came.",
  "A long/\u200Bpath may break, and so may a\u200B word.",
  "Code: `bri\u200Bdge` and [a](https://example.org/bri\u200Bdge).",
])("leaves invisible characters alone where they may be intended: %j", (text) => {
  leavesAlone(pastedResidue, text);
});

test.each([
  "Die Auf\u200Clage ist ver\u200Cgriffen, und der Verlag druckt nicht nach.",
  "# Auf\u200Clagen\n\nDas Schiff\u200Cfahrtsamt ist für die Brücke zuständig.",
  "---\nlang: de-AT\n---\n\nAuf\u200Clage",
])("a non-joiner in a German word is typography: %j", (text) => {
  leavesAlone(pastedResidue, text);
});

test.each([
  "The ⟦shelf\u200Cful⟧ of books is on the left.",
  "Die Brücke ist für ⟦Schiff\u200B\u200Cfahrt⟧ und ⟦Auto\u200Bverkehr⟧ offen.",
  "---\nlang: fr\n---\n\nLe ⟦pro\u200Cjet⟧ est prêt.",
  "Yeni ⟦köp\u200Crü⟧ açıldı.",
])("other invisible characters, and those in other languages, are not: %j", (marked) => {
  flags(pastedResidue, marked);
});

test.each([
  "“The log has turn0search0 in it,” she wrote.",
  'He read "I regret, As an AI language model I cannot" aloud.',
  "Die Antwort: „Siehe turn0search0 und oai_citation im Text.“",
])("an assistant's answer in quotation marks is left alone: %j", (text) => {
  leavesAlone(pastedResidue, text);
  leavesAlone(pastedResidue, text, { format: "plaintext" });
});

test.each([
  "“It is closed,” she said. ⟦turn0search0⟧ “It opens in May,” he said.",
  'The pipe is 5" wide ⟦turn0search0⟧ and 6" long.',
  "“It is closed, she said. ⟦turn0search0⟧",
])("next to quotations it is not: %j", (marked) => {
  flags(pastedResidue, marked);
});

test("finds residue after the same text in code", () => {
  flags(pastedResidue, "Word writes `<o:p>`, as here.⟦<o:p>⟧</o:p>");
  flags(pastedResidue, "Find `br\u200Bidge` and the ⟦bri\u200Bdge⟧.");
});

test("reports a word processor's marks once per paragraph", () => {
  const page = "<p class=⟦MsoNormal⟧>One<o:p></o:p></p>\n<p>Two<o:p></o:p></p>";
  expect(findings(pastedResidue, page.replace(/[⟦⟧]/g, ""), { format: "html" })).toHaveLength(2);
});

test.each([
  "The bridge is closed ⟦turn0search0⟧ and the ferry is full.",
  "The bridge is closed. ⟦citeturn12news3turn12view1⟧",
  "The bridge is closed ⟦:contentReference[oaicite:0]{index=0}⟧.",
  "The bridge is closed ⟦[oaicite:3]⟧.",
  "⟦As an AI language model⟧, I have no view of the bridge.",
  "The bridge is closed ⟦turn0search0⟧, says “As an AI language modeller”, and return0search0 is none.",
])("flags an assistant's residue: %s", (marked) => {
  flags(pastedResidue, marked);
  flags(pastedResidue, marked, { format: "plaintext" });
});

test("flags the name of a source that an assistant made into a link", () => {
  flags(
    pastedResidue,
    "The bridge is closed ([⟦oai_citation:1‡example.org⟧](https://example.org/a)).",
  );
});

test.each([
  "She turned 0 pages and saw the turn0 of the road, a turnsearch and a turn of phrase.",
  "“As an AI language model” is how the machine begins. An AI language model was asked.",
  "Write `turn0search0` or `utm_source=chatgpt.com` in code.",
  "```\nturn0search0 https://example.org/?utm_source=chatgpt.com\n```",
  "See [it](https://example.org/?utm_source=chatgpt.com.example.org&utm_source=newsletter).",
])("leaves alone what only looks like it: %s", (text) => {
  leavesAlone(pastedResidue, text);
});

test.each([
  ["?utm_source=chatgpt.com", ""],
  ["?utm_source=chatgpt.com#part", "#part"],
  ["?utm_source=chatgpt.com&page=2", "?page=2"],
  ["?page=2&utm_source=chatgpt.com", "?page=2"],
  ["?page=2&utm_source=chatgpt.com&to=3", "?page=2&to=3"],
  ["?utm_source=copilot.com", ""],
])("removes the mark from an address that ends with %s", (before, after) => {
  const forms: readonly [string, FormatId][] = [
    ["See [the report](https://example.org/a¦).", "markdown"],
    ["See <https://example.org/a¦> and go.", "markdown"],
    ["See [the report].\n\n[the report]: https://example.org/a¦", "markdown"],
    ['<p>See <a href="https://example.org/a¦">it</a>.</p>', "html"],
    ["See https://example.org/a¦ and go.", "plaintext"],
  ];
  for (const [text, format] of forms) {
    const given = { format } as const;
    const marked = text.replace("¦", before);
    const mended = text.replace("¦", after);
    expect(fixes(pastedResidue, marked, "Remove", mended, given)).toEqual([]);
  }
  const html = '<p>See <a href="https://example.org/?a=1&amp;utm_source=chatgpt.com">it</a>.</p>';
  const mended = html.replace("&amp;utm_source=chatgpt.com", "");
  expect(fixes(pastedResidue, html, "Remove", mended, { format: "html" })).toEqual([]);
  const first = html.replace("a=1&amp;utm_source=chatgpt.com", "utm_source=chatgpt.com&amp;a=1");
  expect(fixes(pastedResidue, first, "Remove", mended, { format: "html" })).toEqual([]);
});

test.each<[string, string, FormatId]>([
  ["See [it](https://example.org/a¦).", "?utm_source=chatgpt.com", "markdown"],
  ["See https://example.org/a?b=1¦ and go.", "&utm_source=openai", "markdown"],
  ['<p>See <a href="https://example.org/a¦">it</a>.</p>', "?utm_source=openai", "html"],
  ["See https://example.org/a¦ and go.", "?utm_source=chatgpt.com", "plaintext"],
])("its fix is among the safe ones made at once: %s", (text, mark, format) => {
  const marked = text.replace("¦", mark);
  const draft = draftOf(marked, format);
  const found = lint(draft, RULES, settingsFrom({}));
  expect(applyEdits(marked, safeEdits(found, undefined, draft))).toBe(text.replace("¦", ""));
});

test.each([
  "Links are tagged utm_source=chatgpt.com by the server.",
  "utm_source=openai",
  "In code: `https://example.org/?utm_source=openai`.",
  "The parameter is &utm_source=openai or ?utm_source=openai here.",
  "See https://example.org/?my_utm_source=openai and go.",
])("words about a mark are left alone: %s", (text) => {
  leavesAlone(pastedResidue, text);
});

test.each([1, 2, 4, 8])("an assistant's residue is no template, even %i times", (times) => {
  const text = "It opens in May [oaicite:1]. ".repeat(times);
  const found = findings(pastedResidue, text);
  expect(found.map(({ severity }) => severity)).toEqual(Array(times).fill("warning"));
});
