import type { FormatId } from "../../server/src/formats/registry.ts";
import { describe, expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { declaredLanguage, isDeclaredForeign } from "../../server/src/language/declared.ts";
import { draftOf } from "../support/rules.ts";
import { RULES } from "../../server/src/rules/index.ts";

/** The names of the rules that report something in a text. */
function told(text: string, format: FormatId = "markdown", language = "auto"): string[] {
  return lint(draftOf(text, format), RULES, settingsFrom({ language }), { rethrow: true }).map(
    ({ rule }) => rule,
  );
}

const HOLE = "The dam is safe, according to the .";
const LINK = "Read [the report]() first.";

test.each([
  ["---\nlang: de\n---\n", "de"],
  ["---\ntitle: Der Damm\nlanguage: 'de-AT' # Wien\n---\n", "de-AT"],
  ['---\nlocale: "de_CH"\n---\n', "de_CH"],
  ['+++\nlang = "fr"\n+++\n', "fr"],
  ['{\n  "title": "x",\n  "lang": "nl",\n}\n', undefined],
  ["---\nLang: EN-us\n---\n", "EN-us"],
  ["---\nlang: fil\n---\n", "fil"],
  // A programming language, or none.
  ["---\nlanguage: go\n---\n", undefined],
  ["---\nlanguage: cs\nlang: en\n---\n", "en"],
  ...["lua", "Ada", "ml", "asm", "bas", "sas", "mk", "ps", "asm-x86", "ada-95"].map(
    (name): [string, undefined] => [`---\nlanguage: ${name}\n---\n`, undefined],
  ),
  ["---\nlanguage: Sv\n---\n", "Sv"],
  ["---\nlanguage: pl-PL\n---\n", "pl-PL"],
  ["---\nlanguage: sr_Latn\n---\n", "sr_Latn"],
  ["---\nlang: pl\n---\n", "pl"],
  ["---\nlanguage: javascript\n---\n", undefined],
  ["---\nlang: xx\n---\n", undefined],
  ["---\nlang:\n---\n", undefined],
  ["---\nparams:\n  lang: de\n---\n", undefined],
  ["lang: de\n", undefined],
])("front matter %j declares %s", (matter, language) => {
  expect(declaredLanguage(draftOf(`${matter}\n${HOLE}\n`))).toBe(language);
});

test.each([
  ['<!doctype html>\n<html lang="de">\n', "de"],
  ["<HTML class=x LANG='pt-BR'>", "pt-BR"],
  ['<html xmlns="x" xml:lang="fr">', "fr"],
  ['<html data-lang="de">', undefined],
  ['<html lang="{{ lang }}">', undefined],
  ['<p lang="de">', undefined],
])("the page %j declares %s", (head, language) => {
  expect(declaredLanguage(draftOf(`${head}<p>${HOLE}</p>`, "html"))).toBe(language);
});

describe("a draft declared to be in another language gets only findings that hold in any language", () => {
  test.each<[string, string, FormatId, string]>([
    ["by its front matter", `---\nlang: de\n---\n\n${HOLE}\n\n${LINK}\n`, "markdown", "auto"],
    [
      "by its front matter, whatever is set",
      `---\nlang: de\n---\n\n${HOLE}\n\n${LINK}\n`,
      "markdown",
      "en",
    ],
    ["by the setting", `${HOLE}\n\n${LINK}\n`, "markdown", "sv"],
  ])("%s", (_how, text, format, language) => {
    expect(told(text, format, language)).toEqual(["empty-link"]);
  });

  test("by a page's first tag", () => {
    const page = `<html lang="de"><body><p>${HOLE}</p></body></html>`;
    expect(told(page, "html")).toEqual([]);
    expect(told(page.replace("de", "en"), "html")).toEqual(["empty-attribution"]);
  });
});

test("a draft declared to be English is still checked by paragraph", () => {
  const german =
    "Der Damm ist sicher, sagte der Sprecher, und die Brücke ist , wie er sagte, auch.";
  for (const [matter, language] of [
    ["---\nlang: en-GB\n---\n", "auto"],
    ["---\nlang: en\n---\n", "de"],
    ["", "en"],
    ["", "en_US"],
    ["", "auto"],
  ] as const) {
    expect(told(`${matter}\n${german}\n\n${HOLE}\n`, "markdown", language)).toEqual([
      "empty-attribution",
    ]);
  }
});

test("the same blocks are judged again when the draft declares another language", () => {
  const settings = settingsFrom({});
  const english = draftOf(`---\nlang: en\n---\n\n${HOLE}\n`);
  const german = { ...draftOf(`---\nlang: de\n---\n\n${HOLE}\n`) };
  const mixed = { ...german, blocks: [german.blocks[0], ...english.blocks.slice(1)] };
  const draft = { ...mixed, blocks: mixed.blocks.filter((block) => block !== undefined) };
  expect(lint(english, RULES, settings)).toHaveLength(1);
  expect(lint(draft, RULES, settings)).toEqual([]);
  expect(lint(english, RULES, settings)).toHaveLength(1);
});

test.each([
  ["auto", false],
  ["en", false],
  ["en-GB", false],
  ["eng", false],
  ["ENG_us", false],
  ["enm", true],
  ["de", true],
])("the setting %s means a foreign language: %s", (setting, foreign) => {
  expect(isDeclaredForeign(draftOf(HOLE), setting)).toBe(foreign);
});

test("a long line of front matter is read in linear time", () => {
  const matter = `---\nlang: de${" ".repeat(300_000)}x\n---\n\n${HOLE}\n`;
  expect(declaredLanguage(draftOf(matter))).toBeUndefined();
});
