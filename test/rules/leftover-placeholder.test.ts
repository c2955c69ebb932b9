import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { leftoverPlaceholder } from "../../server/src/rules/leftover-placeholder.ts";
import { draftOf, findings, fixes, flags, leavesAlone, withMarks } from "../support/rules.ts";
import type { FormatId } from "../../server/src/formats/registry.ts";
import { safeEdits } from "../../server/src/engine/fix.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { RULES } from "../../server/src/rules/index.ts";

test.each([
  "The bridge cost ⟦TK⟧ million in ⟦TKTK⟧.",
  "⟦TK TK⟧ and ⟦XXXX⟧.",
  "Mayor ⟦TKTK⟧ said so.",
  "See ⟦[link]⟧ and ⟦[insert date here]⟧ and ⟦[TODO]⟧.",
  "It is open. ⟦TODO:⟧ ask the mayor.",
  "It is open. ⟦TODO(anna):⟧ ask the mayor.",
  "## The bridge of ⟦XXX⟧",
  "- ⟦TK⟧",
  "⟦Lorem ipsum⟧ dolor sit amet, consectetur.",
])("flags %s", (marked) => {
  flags(leftoverPlaceholder, marked);
  flags(leftoverPlaceholder, marked, { format: "plaintext" });
});

test.each([
  "TK Maxx, TK Holdings and Smith TK (2017) are names.",
  "TK-421 and the file TK.txt and @TK and #TK.",
  "Super Bowl XXX, the Olympiad XXX, call 555-XXX-XXXX.",
  "The type { [P in K]: XXX } and the attribute #[link].",
  "The comment // TODO: is for programmers, and so is `XXX`.",
  "“Lorem ipsum” is dummy text. Lorem ipsum has a long history.",
  "The TODO group met. Getting involved in TODO: how to.",
  "See [link](https://example.org) and [link].\n\n[link]: https://example.org",
])("leaves alone: %s", (text) => {
  leavesAlone(leftoverPlaceholder, text);
});

test.each([
  "The bridge is closed ⟦turn0search0⟧ and the ferry is full.",
  "The bridge is closed. ⟦citeturn12news3turn12view1⟧",
  "The bridge is closed ⟦:contentReference[oaicite:0]{index=0}⟧.",
  "The bridge is closed ⟦[oaicite:3]⟧.",
  "⟦As an AI language model⟧, I have no view of the bridge.",
  "It opens on ⟦2025-XX-XX⟧, or on ⟦2026-01-XX⟧, as ⟦[Insert name]⟧ said.",
])("flags what an assistant leaves: %s", (marked) => {
  flags(leftoverPlaceholder, marked);
  flags(leftoverPlaceholder, marked, { format: "plaintext" });
});

test("flags the name of a source that an assistant has made a link of", () => {
  flags(
    leftoverPlaceholder,
    "The bridge is closed ([⟦oai_citation:1‡example.org⟧](https://example.org/a)).",
  );
});

test.each([
  "She turned 0 pages and saw the turn0 of the road, a turnsearch and a turn of phrase.",
  "“As an AI language model” is how the machine begins. An AI language model was asked.",
  "CVE-2025-XX-XX is no date, and YYYY-MM-DD is a form, `2025-XX-XX` too.",
  "Write `turn0search0` or `utm_source=chatgpt.com` in code.",
  "```\nturn0search0 https://example.org/?utm_source=chatgpt.com\n```",
  "See [it](https://example.org/?utm_source=chatgpt.com.example.org&utm_source=newsletter).",
])("leaves alone what only looks like it: %s", (text) => {
  leavesAlone(leftoverPlaceholder, text);
});

test.each([
  ["?utm_source=chatgpt.com", ""],
  ["?utm_source=chatgpt.com#part", "#part"],
  ["?utm_source=chatgpt.com&page=2", "?page=2"],
  ["?page=2&utm_source=chatgpt.com", "?page=2"],
  ["?page=2&utm_source=chatgpt.com&to=3", "?page=2&to=3"],
])("takes the mark out of an address that ends with %s", (before, after) => {
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
    expect(fixes(leftoverPlaceholder, marked, "Take", mended, given)).toEqual([]);
  }
  const html = '<p>See <a href="https://example.org/?a=1&amp;utm_source=chatgpt.com">it</a>.</p>';
  const mended = html.replace("&amp;utm_source=chatgpt.com", "");
  expect(fixes(leftoverPlaceholder, html, "Take", mended, { format: "html" })).toEqual([]);
});

test.each<[string, string, FormatId]>([
  ["See [it](https://example.org/a¦).", "?utm_source=chatgpt.com", "markdown"],
  ["See https://example.org/a?b=1¦ and go.", "&utm_source=openai", "markdown"],
  ['<p>See <a href="https://example.org/a¦">it</a>.</p>', "?utm_source=openai", "html"],
  ["See https://example.org/a¦ and go.", "?utm_source=chatgpt.com", "plaintext"],
])("its mending is among the safe fixes made at once: %s", (text, mark, format) => {
  const marked = text.replace("¦", mark);
  const draft = draftOf(marked, format);
  const found = lint(draft, RULES, settingsFrom({}));
  expect(applyEdits(marked, safeEdits(found, undefined, draft))).toBe(text.replace("¦", ""));
});

test.each([
  "Links are tagged utm_source=chatgpt.com by the server.",
  "utm_source=openai",
  "The parameter is &utm_source=openai or ?utm_source=openai here.",
  "See https://example.org/?my_utm_source=openai and go.",
])("words about a mark are none: %s", (text) => {
  leavesAlone(leftoverPlaceholder, text);
});

test.each([1, 2, 4, 8])("what an assistant left is no template, %i times", (times) => {
  const text = "It opens in May [oaicite:1]. ".repeat(times);
  const found = findings(leftoverPlaceholder, text);
  expect(found.map(({ severity }) => severity)).toEqual(Array(times).fill("information"));
});

test("a template is one hint", () => {
  const found = findings(
    leftoverPlaceholder,
    "Dear [insert name], we met on [insert date] in [insert place] to talk of [insert topic].",
  );
  expect(found.map(({ severity }) => severity)).toEqual(["hint"]);
});

test("so are many marks of one kind, and few of each are not", () => {
  const todo = "- TODO: the map\n- TODO: the route\n- TODO: the fares\n- TODO: the piers\n";
  const severities = (text: string): unknown[] =>
    findings(leftoverPlaceholder, text).map(({ severity }) => severity);
  expect(severities(todo)).toEqual(["hint"]);
  expect(severities(`${todo}\nIt cost [insert sum] in XXX, see [link].\n`)).toHaveLength(4);
  expect(severities("Lorem ipsum dolor sit amet.\n\n".repeat(5))).toEqual(["hint"]);
});

test("a link may be called “[link]”", () => {
  const html = '<p><a href="#rates">[link]</a> The rates rose. <a href="">⟦[link]⟧</a></p>';
  flags(leftoverPlaceholder, html, { format: "html" });
});

test("finds the writer's own placeholder, whatever it is", () => {
  for (const placeholder of ["???", "FEHLT", "[missing]"]) {
    const text = `The bridge cost ${placeholder} million, not FEHLTE or FEHLT-1.`;
    const found = lint(draftOf(text), RULES, settingsFrom({ placeholder }), {
      rethrow: true,
    }).filter(({ rule }) => rule === leftoverPlaceholder.id);
    expect(withMarks(text, found)).toBe(text.replace(placeholder, `⟦${placeholder}⟧`));
  }
});

test("offers no fix, for none could know the words", () => {
  const found = findings(leftoverPlaceholder, "It cost TK.\n");
  expect(found.flatMap(({ fixes }) => fixes ?? [])).toEqual([]);
});
