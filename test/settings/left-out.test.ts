import { expect, test } from "vitest";
import { isManifest } from "../../server/src/settings/left-out.ts";

// What is left out by its name is tried in test/settings/select.test.ts.

test.each([
  ["package.json", true],
  ["Cargo.toml", true],
  ["galley.gemspec", true],
  ["a.csproj", true],
  ["Package.json", false],
  ["package.json.md", false],
  ["", false],
])("%s is a manifest: %s", (name, expected) => {
  expect(isManifest(name)).toBe(expected);
});
