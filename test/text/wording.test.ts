import fc from "fast-check";
import { expect, test } from "vitest";
import { say, wording } from "../../server/src/text/wording.ts";

const TABLE = { "{0} of {1}": "{1}: {0}", line: "Zeile" };

test("a wording is said in the other language, its arguments in their places", () => {
  const words = wording("{0} of {1}", wording("line"), 3);
  expect(say(words)).toBe("line of 3");
  expect(say(words, TABLE)).toBe("3: Zeile");
});

test("what a table lacks is English, and a placeholder without an argument stays", () => {
  expect(say(wording("{0} and {1}", "a"), TABLE)).toBe("a and {1}");
});

test("no argument is read as a text, whatever is in it", () => {
  fc.assert(
    fc.property(fc.string(), fc.constantFrom("{0}", "{1}", "line", "$&", "$1"), (some, more) => {
      const arg = `${some}${more}`;
      expect(say(wording("{0} of {1}", arg, 1), TABLE)).toBe(`1: ${arg}`);
    }),
  );
});
