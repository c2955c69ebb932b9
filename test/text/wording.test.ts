import fc from "fast-check";
import { expect, test } from "vitest";
import german from "../../l10n/bundle.l10n.de.json";
import spanish from "../../l10n/bundle.l10n.es.json";
import french from "../../l10n/bundle.l10n.fr.json";
import japanese from "../../l10n/bundle.l10n.ja.json";
import chinese from "../../l10n/bundle.l10n.zh-cn.json";
import { say, type Translations, wording } from "../../server/src/text/wording.ts";

const TABLE = { "{0} of {1}": "{1}: {0}", line: "Zeile" };

test("a wording is translated, with its arguments in place", () => {
  const words = wording("{0} of {1}", wording("line"), 3);
  expect(say(words)).toBe("line of 3");
  expect(say(words, TABLE)).toBe("3: Zeile");
});

test("a text missing from a table is English, and a placeholder without an argument stays", () => {
  expect(say(wording("{0} and {1}", "a"), TABLE)).toBe("a and {1}");
});

test.each(["constructor", "toString", "__proto__"])("%s is a text like any other", (text) => {
  expect(say(wording(text))).toBe(text);
  expect(say(wording("{0} of {1}", wording(text), text), TABLE)).toBe(`${text}: ${text}`);
});

test("no argument is interpreted, whatever it contains", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("{0}", "{1}", "line", "$&", "$1"), (some, more) => {
      const arg = `${some}${more}`;
      expect(say(wording("{0} of {1}", arg, 1), TABLE)).toBe(`1: ${arg}`);
    }),
  );
});

const LANGUAGES: Readonly<Record<string, Translations>> = {
  german,
  spanish,
  french,
  japanese,
  chinese,
};

test.each(Object.keys(LANGUAGES))("in %s hostile words are unchanged in every text", (name) => {
  const texts = LANGUAGES[name] ?? {};
  const signs = [
    "{0}",
    "{1}",
    "$&",
    "$1",
    "$`",
    "\\",
    "“",
    "”",
    "„",
    "» «",
    "「",
    "」",
    "\u2068",
    "%s",
  ];
  const word = fc
    .array(fc.constantFrom(...signs, "a"), { minLength: 1 })
    .map((all) => all.join(""));
  const words = fc.tuple(word, word, word, word);
  fc.assert(
    fc.property(fc.constantFrom(...Object.keys(texts)), words, (text, args) => {
      const said = say(wording(text, ...args), texts);
      const placed = [...(texts[text] ?? "").matchAll(/\{(\d)\}/g)].map(
        ([, at]) => args[Number(at)],
      );
      for (const arg of placed) expect(said).toContain(arg);
      const own = (texts[text] ?? "").replace(/\{\d\}/g, "");
      expect(said.length).toBe(own.length + placed.join("").length);
    }),
  );
});
