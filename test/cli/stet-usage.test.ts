import path from "node:path";
import { expect, test } from "vitest";
import { findInputs } from "../../server/src/cli/inputs.ts";
import { StetUsage } from "../../server/src/cli/stet-usage.ts";
import { place, RIGHT } from "./support.ts";

const entry = (text: string, hash: string): string =>
  `{ "rule": "repeated-word", "text": "${text}", "hash": "${hash}" }`;
const CONFIG = `{ "stet": [\n${entry("one", "0000000a")},\n${entry("two", "0000000b")}\n] }`;

/** What is gone after the drafts of a folder had the entries of these numbers. */
async function gone(
  standing: readonly number[],
  paths = ["."],
  config = CONFIG,
): Promise<string[]> {
  const { folder } = place({ "a.md": RIGHT, "b/c.md": RIGHT, ".galley.json": config });
  const usage = new StetUsage();
  const { inputs } = await findInputs(folder, ["."], { sources: {}, config: undefined });
  for (const input of inputs) usage.add(input, input.shown === "a.md" ? standing : []);
  return usage
    .gone(
      folder,
      paths.map((one) => path.join(folder, one)),
    )
    .map((problem) => {
      expect(problem.fatal).toBe(false);
      return `${problem.path}:${problem.message.replace(/ that this lets stand .*/, "")}`;
    });
}

test("entries whose passage no draft has are told with their places", async () => {
  expect(await gone([])).toEqual([
    ".galley.json:2:1: The passage “one …”",
    ".galley.json:3:1: The passage “two …”",
  ]);
  expect(await gone([0])).toEqual([".galley.json:3:1: The passage “two …”"]);
  expect(await gone([1, 0])).toEqual([]);
});

test("nothing is known of a folder that was not checked as a whole, or has no entries", async () => {
  expect(await gone([], ["b"])).toEqual([]);
  expect(await gone([], ["."], "{}")).toEqual([]);
});
