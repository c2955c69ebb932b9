import path from "node:path";
import { expect, test } from "vitest";
import { fileOfPath, isWholeFolder, pathOfFile } from "../../server/src/cli/paths.ts";

test("a path is taken literally, whatever characters it has", () => {
  for (const name of ["a.md", "a b.md", "é.md", "e\u0301.md", "100%.md", "a#b?.md", "[a].md"]) {
    const file = path.resolve("/desk", name);
    expect(fileOfPath(pathOfFile(file))).toBe(file);
  }
});

test.each<[string[], string, boolean]>([
  [["."], "/desk", true],
  [["."], "/desk/a", true],
  [["a"], "/desk/a", true],
  [["a"], "/desk/a/b", true],
  [["a"], "/desk", false],
  // A name that is the beginning of another.
  [["a"], "/desk/ab", false],
  [["b", "a"], "/desk/a", true],
  [["/"], "/desk", true],
  [[], "/desk", false],
])("in /desk, %j includes all of %s: %s", (paths, folder, expected) => {
  expect(isWholeFolder("/desk", paths, folder)).toBe(expected);
});
