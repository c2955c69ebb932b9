import { expect, test } from "vitest";
import { RULES } from "../../server/src/rules/index.ts";
import { didYouMean } from "../../server/src/text/did-you-mean.ts";

const IDS = RULES.map(({ id }) => id);

/** A name with one typing mistake, at each of its letters. */
function slips(name: string): string[] {
  return Array.from(name).flatMap((letter, at) => {
    const before = name.slice(0, at);
    const after = name.slice(at + 1);
    const swapped = before + after.slice(0, 1) + letter + after.slice(1);
    return [before + after, `${before}x${after}`, before + letter + letter + after, swapped];
  });
}

test.each(IDS)("each typing mistake in %s suggests it", (id) => {
  for (const slip of [id, id.toUpperCase(), ...slips(id)]) {
    expect(didYouMean(slip, IDS), slip).toBe(id);
  }
});

test.each([
  ["hnit", "hint"],
  ["wraning", "warning"],
  ["warn", undefined],
  ["eror", "error"],
  ["information!", "information"],
  ["qqqqqqqq", undefined],
  ["", undefined],
])("for severities, %j suggests %j", (name, meant) => {
  expect(didYouMean(name, ["hint", "information", "warning", "error"])).toBe(meant);
});

test("no name is too unusual or too long", () => {
  for (const name of [
    "\0",
    "\ud800",
    "__proto__",
    "constructor",
    "é".repeat(60),
    "a".repeat(1e6),
  ]) {
    expect(didYouMean(name, IDS)).toBeUndefined();
  }
  expect(didYouMean("broken-off", [])).toBeUndefined();
  for (let length = 0; length <= 70; length++) {
    const name = "ab".repeat(35).slice(0, length);
    expect(didYouMean(name, [name])).toBe(length <= 60 ? name : undefined);
  }
});
