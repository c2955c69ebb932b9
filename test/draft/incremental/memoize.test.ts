import { expect, test } from "vitest";
import { objectCache } from "../../../server/src/draft/incremental/memoize.ts";

test("keeps a value with an object, which equals its like all the same, and whose copy has none", () => {
  const sizes = objectCache<object, number>();
  const names = objectCache<object, string>();
  const draft = { text: "One." };
  expect(sizes.get(draft)).toBeUndefined();
  sizes.set(draft, 1);
  names.set(draft, "one");
  sizes.set(draft, 2);
  expect([sizes.get(draft), names.get(draft)]).toEqual([2, "one"]);
  expect(draft).toStrictEqual({ text: "One." });
  expect(JSON.stringify(draft)).toBe('{"text":"One."}');
  expect(sizes.get({ ...draft })).toBeUndefined();
  expect(sizes.get(structuredClone(draft))).toBeUndefined();
});
