import { expect, test } from "vitest";
import { generated, stale } from "../scripts/generate.ts";

test("what is made from the rules is fresh: npm run generate", async () => {
  expect(stale(await generated())).toEqual([]);
});
