import { expect, test } from "vitest";
import { isMostlyEnglish, languageOfPath } from "../../../server/src/cli/init/languages.ts";
import { globMatcher } from "../../../server/src/settings/glob.ts";
import { escapedName } from "../../../server/src/settings/select.ts";
import { draftOf } from "../../support/rules.ts";

const GERMAN =
  "Der Bürgermeister eröffnete am Montag die alte Brücke über den Fluss, und viele kamen.";
const ENGLISH = "The mayor opened the old bridge over the river on Monday, and many people came.";

test.each([
  ["nothing", "", true],
  ["English", ENGLISH, true],
  ["German", GERMAN, false],
  ["more English", `${ENGLISH}\n\n${ENGLISH}\n\n${GERMAN}`, true],
  ["more German", `${ENGLISH}\n\n${GERMAN}\n\n${GERMAN}`, false],
  ["what it says counts", `---\nlang: de\n---\n\n${ENGLISH}`, false],
  ["in whatever region", `---\nlang: en-GB\n---\n\n${GERMAN}`, true],
])("%s: %s is mostly English: %s", (_what, text, expected) => {
  expect(isMostlyEnglish(draftOf(text))).toBe(expected);
});

test.each([
  ["de/a.md", "de", "de/**"],
  ["docs/pt-BR/a/b.md", "pt-BR", "docs/pt-BR/**"],
  ["docs/zh_Hans/a.md", "zh_Hans", "docs/zh_Hans/**"],
  ["a.fr.md", "fr", "*.fr.md"],
  ["docs/a.es-419.md", "es-419", "*.es-419.md"],
  ["[a]/de/b.md", "de", "\\[a\\]/de/**"],
])("%s is in %s, as is %s", (path, tag, pattern) => {
  expect(languageOfPath(path)).toEqual({ tag, pattern });
});

test.each(["a.md", "docs/a.md", "deu/a.md", "xx/a.md", "a.min.md", "de.md", "de", ""])(
  "the path tells no language: “%s”",
  (path) => {
    expect(languageOfPath(path)).toBeUndefined();
  },
);

test("an escaped name is a pattern of itself alone", () => {
  for (const name of ["a", "a*b", "[a]", "{a,b}", "a?", "!(a)", "a\\b", "@(a|b)+"]) {
    const matches = globMatcher([escapedName(name)]);
    expect(matches(name), name).toBe(true);
    expect(matches(`${name}x`), name).toBe(false);
  }
});
