import { expect, test } from "vitest";
import { basename, dirname, plainPath } from "../../server/src/text/path.ts";

test.each([
  ["file:///a/50%25 %231%3F.md", "file:///a", "50%25 %231%3F.md", "file:///a/50% #1?.md"],
  ["/a/%2525.md", "/a", "%2525.md", "/a/%25.md"],
  // Other escapes are part of the name.
  ["a/%41%zz.md", "a", "%41%zz.md", "a/%41%zz.md"],
  ["a.md", "", "a.md", "a.md"],
  ["", "", "", ""],
])("%s is in %j, called %j, and written %j", (path, folder, name, plain) => {
  expect([dirname(path), basename(path), plainPath(path)]).toEqual([folder, name, plain]);
});
