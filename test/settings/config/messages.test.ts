import fc from "fast-check";
import { expect, test } from "vitest";
import { parseConfig } from "../../../server/src/settings/config/config.ts";
import { problemText, shortened } from "../../../server/src/settings/config/messages.ts";
import { translationsFor } from "../../../server/src/text/translations.ts";
import { say, wording } from "../../../server/src/text/wording.ts";
import { runs } from "../../support/property.ts";

// The message for each mistake is tested on files, in test/settings/config.test.ts.

test("a problem says what applies instead", () => {
  const problem = { message: wording("It is so."), span: { start: 0, end: 0 } };
  const told = (severity: "error" | "warning", wholeFile: boolean): string =>
    say(problemText({ ...problem, severity, wholeFile }));
  expect(told("warning", false)).toBe("It is so.");
  expect(told("error", false)).toBe("It is so. The rest of this file still applies.");
  expect(told("error", true)).toMatch(/the whole file is ignored/);
});

test("hostile names are quoted unchanged, in every language", () => {
  const hostile = fc
    .stringMatching(/^[{}0-9$&\\„“«» a-z]{1,40}$/)
    .filter((name) => name.trim() === name);
  fc.assert(
    fc.property(fc.constantFrom("de", "es", "fr", "ja", "zh"), hostile, (locale, name) => {
      const shown = name.replace(/ +/g, " ");
      const files = [
        { [`${name}!`]: 1 },
        { rules: { [`${name}!`]: 1, "repeated-block": { options: { [`${name}!`]: 1 } } } },
        { overrides: [{ files: ["a"], [`${name}!`]: 1 }], stet: [{ [`${name}!`]: 1 }] },
        { language: `${name}!`, exclude: [`!${name}`] },
      ];
      for (const file of files) {
        for (const problem of parseConfig(JSON.stringify(file)).problems) {
          const words = problemText(problem);
          const said = say(words, translationsFor(locale));
          expect(said).not.toBe(say(words));
          if (say(words).includes(`“${shown}!`)) expect(said).toContain(`${shown}!`);
          expect(said.replaceAll(shown, "")).not.toMatch(/\{\d\}|undefined/);
        }
      }
    }),
    runs(300),
  );
});

test("a quoted name is complete up to sixty units, and splits no character", () => {
  for (const length of [0, 1, 59, 60])
    expect(shortened("a".repeat(length))).toBe("a".repeat(length));
  expect(shortened("a".repeat(61))).toBe(`${"a".repeat(59)}…`);
  expect(shortened(`${"a".repeat(58)}😀😀`)).toBe(`${"a".repeat(58)}…`);
  expect(shortened("a \n\t b")).toBe("a b");
  expect(shortened(" ".repeat(10_000))).toBe(" …");
});
