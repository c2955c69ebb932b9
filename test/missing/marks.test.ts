import { expect, test } from "vitest";
import { TokenKind } from "../../server/src/language/tokens.ts";
import { isMark, isStop } from "../../server/src/missing/marks.ts";

test("a clause ends at a full stop, question mark, exclamation mark, semicolon or colon", () => {
  const stops = Object.entries(TokenKind).filter(([, kind]) => isStop(kind));
  expect(stops.map(([name]) => name).sort()).toEqual([
    "colon",
    "exclamation",
    "period",
    "question",
    "semicolon",
  ]);
});

test("a comma or a full stop is a mark, and a missing token is not", () => {
  const marks = Object.entries(TokenKind).filter(([, kind]) => isMark(kind));
  expect(marks.map(([name]) => name).sort()).toEqual(["comma", "period"]);
  expect(isMark(undefined)).toBe(false);
});
