import path from "node:path";
import { expect, test } from "vitest";
import {
  byText,
  fileOfPath,
  isWholeFolder,
  namedBy,
  pathOfFile,
  shownPath,
} from "../../server/src/cli/paths.ts";
import { newFolder } from "../support/for-one-test.ts";

test("a file is what its path stands for, whatever is in its name", () => {
  for (const name of ["a.md", "a b.md", "é.md", "e\u0301.md", "100%.md", "a#b?.md", "[a].md"]) {
    const file = path.resolve("/desk", name);
    expect(fileOfPath(pathOfFile(file))).toBe(file);
  }
});

test.each([
  ["/desk", "/desk/a/b.md", "a/b.md"],
  ["/desk", "/a.md", "../a.md"],
  ["/desk", "/desk", "."],
])("in %s, %s is shown as %s", (cwd, file, shown) => {
  expect(shownPath(cwd, file)).toBe(shown);
});

test.each<[string[], string, boolean]>([
  [["."], "/desk", true],
  [["."], "/desk/a", true],
  [["a"], "/desk/a", true],
  [["a"], "/desk/a/b", true],
  [["a"], "/desk", false],
  // A name that another begins with.
  [["a"], "/desk/ab", false],
  [["b", "a"], "/desk/a", true],
  [["/"], "/desk", true],
  [[], "/desk", false],
])("in /desk, %j includes all of %s: %s", (paths, folder, expected) => {
  expect(isWholeFolder("/desk", paths, folder)).toBe(expected);
});

test("named are files, folders and what patterns match by their real paths, but no link to a file", () => {
  const folder = newFolder({ "a.md": "a", "b/c.md": "c" });
  folder.link("to-file.md", "a.md");
  folder.link("to-folder", "b");
  const named = (...paths: string[]): string[] => {
    const isNamed = namedBy(folder.path, paths);
    return ["a.md", "b/c.md"].filter((file) => isNamed(path.join(folder.path, file)));
  };
  expect(named("a.md")).toEqual(["a.md"]);
  expect(named("to-file.md", "none.md", "to-folder/*.txt")).toEqual([]);
  expect(named("to-folder")).toEqual(["b/c.md"]);
  expect(named("to-folder/*", "none.md")).toEqual(["b/c.md"]);
  expect(named("b/..")).toEqual(["a.md", "b/c.md"]);
});

test("texts are in the order of their units", () => {
  expect(["b", "a", "B", "é", ""].sort(byText)).toEqual(["", "B", "a", "b", "é"]);
  expect(byText("a", "a")).toBe(0);
});
