import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { homepage } from "../package.json";
import { generated, stale, withOwner } from "../scripts/generate.ts";

test("generated files are up to date: npm run generate", async () => {
  expect(stale(await generated())).toEqual([]);
});

test("README, the page on CI and the action name the owner in the project’s address, and no other", () => {
  const [, owner = ""] = new URL(homepage).pathname.split("/");
  for (const [file, least] of [
    ["README.md", 2],
    ["docs/ci.md", 2],
    ["action.yml", 1],
  ] as const) {
    const text = readFileSync(file, "utf8");
    expect(text.split(`${owner}/galley`).length - 1).toBeGreaterThanOrEqual(least);
    const moved = withOwner(text, "https://github.com/the-desk/galley");
    expect(moved).not.toContain(`${owner}/galley`);
    expect(moved.replaceAll("the-desk/galley", `${owner}/galley`)).toBe(text);
  }
});
