import { expect, test } from "vitest";
import { problemText, shortened } from "../../../server/src/settings/config/messages.ts";

// What is told of each mistake is tried on files, in test/settings/config.test.ts.

test("a problem says what counts for all that", () => {
  const problem = { message: "It is so.", span: { start: 0, end: 0 } };
  const told = (severity: "error" | "warning", wholeFile: boolean): string =>
    problemText({ ...problem, severity, wholeFile });
  expect(told("warning", false)).toBe("It is so.");
  expect(told("error", false)).toBe("It is so. All else in this file counts.");
  expect(told("error", true)).toMatch(/counts for nothing/);
});

test("a quoted name is as it is up to sixty units, and loses no half of a pair", () => {
  for (const length of [0, 1, 59, 60])
    expect(shortened("a".repeat(length))).toBe("a".repeat(length));
  expect(shortened("a".repeat(61))).toBe(`${"a".repeat(59)}…`);
  expect(shortened(`${"a".repeat(58)}😀😀`)).toBe(`${"a".repeat(58)}…`);
  expect(shortened("a \n\t b")).toBe("a b");
  expect(shortened(" ".repeat(10_000))).toBe(" …");
});
