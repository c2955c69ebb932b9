import { expect, test } from "vitest";
import { addToList } from "../../server/src/text/lists.ts";

test("each value is in the list under its key, in order", () => {
  const lists = new Map([["known", [0]]]);
  for (const [key, value] of [
    ["a", 1],
    ["known", 2],
    ["a", 1],
  ] as const)
    addToList(lists, key, value);
  expect([...lists]).toEqual([
    ["known", [0, 2]],
    ["a", [1, 1]],
  ]);
});
