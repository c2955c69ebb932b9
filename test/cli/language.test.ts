import stringWidth from "string-width";
import { expect, test } from "vitest";
import { REPORTERS } from "../../server/src/cli/reporters/index.ts";
import { place } from "./support.ts";

/* The report for readers is in the language of the environment, and no other is. */

const PASSAGE =
  "The harbour bridge was closed for eleven weeks last spring while engineers replaced the bearings under its northern arch.";
const DRAFT = `According to , the stalls open at the the market.\n\n${PASSAGE}\n\nIt rained.\n\n${PASSAGE}\n`;

async function told(env: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const { out, err } = await place({ "a.md": DRAFT }, "", env).galley("check", ...args);
  expect(err).toBe("");
  return out.replace(/\d+\.\d+(?= (?:s|秒))|"seconds":[\d.]+|time="[\d.]+"/g, "");
}

const GERMAN = /: Hier fehlt ein Name\. Die Quelle angeben\. /;
const FRENCH = /: il manque un nom\. Dites qui est la source\. /;
const ENGLISH = /: a name is missing\. Say who the source is\. /;

test.each([
  [{ LANG: "de_DE.UTF-8" }, GERMAN],
  [{ LC_ALL: "fr_CH.UTF-8", LC_MESSAGES: "es", LANG: "de" }, FRENCH],
  [{ LC_ALL: "", LC_MESSAGES: "fr", LANG: "de" }, FRENCH],
  [{ LC_ALL: "C", LANG: "de" }, ENGLISH],
  [{ LANG: "zh_TW.UTF-8" }, ENGLISH],
  [{ LANG: "__proto__" }, ENGLISH],
  [{}, ENGLISH],
])("with %j", async (env: Readonly<Record<string, string>>, words) => {
  expect(await told(env)).toMatch(words);
});

test("the whole report is German", async () => {
  expect(await told({ LANG: "de" })).toBe(`a.md
  1:11  Warnung  „According to ▢, the stalls open at the the market.“: Hier fehlt ein Name. Die Quelle angeben.  empty-attribution
    1 │ According to , the stalls open at the the market.
      │           ^^^^
  1:35  Warnung  „According to , the stalls open at the the market.“: Dasselbe Wort zweimal hintereinander. Eines löschen.  repeated-word
    1 │ According to , the stalls open at the the market.
      │                                   ^^^^^^^
  7:1  Warnung  „The harbour bridge was closed for eleven weeks last spring …“ steht zweimal, auch in Zeile 3. Eine davon löschen.  repeated-block
    7 │ The harbour bridge was closed for eleven weeks last spring while engineers replaced the be…
      │ ${"^".repeat(91)}
      ╰ Die andere Kopie: 3:1

3 Warnungen (1 Entwurf, 49 Wörter,  s).
1 Fundstelle lässt sich sicher beheben; --fix tut es.
Eine Passage ist die genaue Kopie einer anderen; --fix --fix-repeats löscht solche Kopien.
Um eine Lücke zu markieren, TK an ihre Stelle schreiben; --restore sucht die Wörter in Git und in anderen Entwürfen.
`);
});

test.each(REPORTERS.filter(({ isForReaders }) => isForReaders !== true).map(({ name }) => name))(
  "what programs read is the same in each language: %s",
  async (name) => {
    const english = await told({}, "--format", name);
    for (const LANG of ["de", "fr", "es", "ja", "zh_CN"]) {
      expect(await told({ LANG }, "--format", name)).toBe(english);
    }
  },
);

test("no line is wider than the terminal, however wide the letters", async () => {
  for (const LANG of ["de", "fr", "es", "ja", "zh_CN"]) {
    for (const line of (await told({ LANG, COLUMNS: "50" })).split("\n")) {
      expect([line, stringWidth(line) <= 50]).toEqual([line, true]);
    }
  }
});
