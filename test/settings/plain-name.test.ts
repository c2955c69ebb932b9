import { expect, test } from "vitest";
import { plainName } from "../../server/src/settings/plain-name.ts";

test.each([
  ["file:///a/50%25 %231%3F.md", "file:///a/50% #1?.md"],
  ["file:///a/%2525.md", "file:///a/%25.md"],
  // Other escapes are part of the name.
  ["file:///a/%41%zz.md", "file:///a/%41%zz.md"],
  // A name that is no address has no escapes.
  ["a/50%25.md", "a/50%25.md"],
  ["a.md", "a.md"],
  ["", ""],
])("%s is written %s", (path, name) => {
  expect(plainName(path)).toBe(name);
});
