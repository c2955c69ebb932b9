import stringWidth from "string-width";
import { describe, expect, test } from "vitest";
import { createProgram } from "../../server/src/cli/program.ts";
import { REPORTERS } from "../../server/src/cli/reporters/index.ts";
import { ioIn } from "../support/command.ts";
import { place } from "./support.ts";
import { BRIDGE } from "../support/passages.ts";

/* The report for readers and the help are in the environment's language, and nothing else is. */

const LANGUAGES = ["de", "fr", "es", "ja", "zh_CN"];

const DRAFT = `According to , the stalls open at the the market.\n\n${BRIDGE}\n\nIt rained.\n\n${BRIDGE}\n`;

async function told(env: Readonly<Record<string, string>>, ...args: string[]): Promise<string> {
  const { out, err } = await place({ "a.md": DRAFT }, "", env).galley("check", ...args);
  expect(err).toBe("");
  return out.replace(/\d+[.,]\d+(?= (?:s|秒))|"seconds":[\d.]+|time="[\d.]+"/g, "");
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

test("numbers have the marks of the language", async () => {
  for (const [LANG, seconds] of [
    ["C", /, \d\.\d\d s\.\n/],
    ["de", /, \d,\d\d s\)\.\n/],
    ["fr", /, \d,\d\d s/],
    ["es", /, \d,\d\d s/],
    ["ja", /\d\.\d\d 秒/],
    ["zh_CN", /\d\.\d\d 秒/],
  ] as const) {
    expect((await place({ "a.md": DRAFT }, "", { LANG }).galley("check")).out).toMatch(seconds);
  }
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
      ╰ 3:1  Die andere Kopie

3 Warnungen (1 Entwurf, 49 Wörter,  s).
1 Fundstelle lässt sich sicher beheben; --fix tut es.
Eine Passage ist die genaue Kopie einer anderen; --fix --fix-repeats löscht solche Kopien.
Um eine Lücke zu markieren, TK an ihre Stelle schreiben; --restore sucht die Wörter in Git und in anderen Entwürfen.
`);
});

test.each(REPORTERS.filter(({ isForReaders }) => isForReaders !== true).map(({ name }) => name))(
  "what programs read is the same in every language: %s",
  async (name) => {
    const english = await told({}, "--format", name);
    for (const LANG of LANGUAGES) {
      expect(await told({ LANG }, "--format", name)).toBe(english);
    }
  },
);

test("no line is wider than the terminal, whatever the width of the letters", async () => {
  for (const LANG of LANGUAGES) {
    for (const line of (await told({ LANG, COLUMNS: "50" })).split("\n")) {
      expect([line, stringWidth(line) <= 50]).toEqual([line, true]);
    }
  }
});

describe("help", () => {
  /** The help of each command at some width, without the text added after it. */
  function helps(env: Readonly<Record<string, string>>, isPlain = false) {
    const program = createProgram([], ioIn(".", "", { env }), undefined, () => undefined);
    const commands = [program, ...program.commands];
    return (columns: number): string[] =>
      commands.map((command) => {
        if (isPlain) command.configureHelp({ showGlobalOptions: true });
        command.configureOutput({ getOutHelpWidth: () => columns });
        return command.helpInformation();
      });
  }

  /** What is typed or shown unchanged: options, their values, choices. */
  const TYPED =
    /(?<![\p{L}.])--?[a-z][a-z-]*|<[^>]*>|\[[^\]]*\]|"[^"]*"|'[^']*'|\bgalley\s+check\b/gu;

  test("is in English laid out as by Commander, at every width", () => {
    const [shown, plain] = [helps({}), helps({}, true)];
    for (let columns = 1; columns <= 120; columns++) {
      expect(shown(columns)).toEqual(plain(columns));
    }
  });

  test.each(LANGUAGES)("is entirely in %s, and no wider", async (LANG) => {
    const names = createProgram([], ioIn("."), undefined, () => undefined).commands;
    for (const args of [[], ...names.map((command) => [command.name()])]) {
      const english = (await place({}).galley(...args, "--help")).out;
      const { code, out, err } = await place({}, "", { LANG }).galley(...args, "--help");
      expect([code, err]).toEqual([0, ""]);
      expect(out.match(TYPED)?.sort()).toEqual(english.match(TYPED)?.sort());
      expect(out.replace(TYPED, "")).not.toMatch(
        /\b(?:and|be|by|can|each|for|is|it|not|nothing|of|or|other|print|the|this|to|what|with)\b/i,
      );
      const widest = Math.max(...english.split("\n").map((line) => line.length));
      for (const line of out.split("\n")) {
        expect([line, stringWidth(line) <= (4 / 3) * widest]).toEqual([line, true]);
      }
    }
    const shown = helps({ LANG });
    for (let columns = 80; columns <= 120; columns++) {
      for (const line of shown(columns).join("\n").split("\n")) {
        expect([line, stringWidth(line) <= columns]).toEqual([line, true]);
      }
    }
  });

  test("is printed if no command is given, and error messages stay English", async () => {
    const german = place({}, "", { LANG: "de" });
    expect((await german.galley()).err).toBe((await german.galley("--help")).out);
    for (const args of [["chekc"], ["check", "--hint"], ["check", "--fail-on", "no"]]) {
      expect(await german.galley(...args)).toEqual(await place({}).galley(...args));
    }
  });
});
