import { describe, expect, test } from "vitest";
import { isManifest, whyLeftOut } from "../../server/src/settings/left-out.ts";

/** Why a path is left out; those of `packages` are folders with a manifest, `named` are parts that were asked for. */
function why(path: string, packages: readonly string[] = [], named: readonly string[] = []) {
  const parts = path.split("/");
  return whyLeftOut(
    parts,
    (parts.at(-1) ?? "").replace(/\.[^.]*$/, ""),
    (part) => named.includes(part),
    (part) => parts.slice(0, part).join("/"),
    (folder) => packages.includes(folder),
  );
}

describe("what nobody publishes", () => {
  test.each([
    ["CHANGELOG.md", "foreign name"],
    ["a/License.txt", "foreign name"],
    ["third-party-notices.md", "foreign name"],
    ["LICENSE-MIT.md", "foreign name"],
    ["CHANGES-2.0_RC.1.md", "foreign name"],
    [".github/ISSUE_TEMPLATE.md", "template"],
    [".github/ISSUE_TEMPLATE/bug.md", "template"],
    ["pull_request_templates/a.md", "template"],
    ["__fixtures__/a.md", "fixture"],
    ["a/testdata/b/c.md", "fixture"],
    ["tests/fixtures/a.md", "fixture"],
    ["spec/a/Golden/b.md", "fixture"],
  ])("%s: %s", (path, reason) => {
    expect(why(path)).toBe(reason);
    // Whoever asks for the file has it.
    expect(why(path, [], [path.slice(path.lastIndexOf("/") + 1)])).toBeUndefined();
  });

  test.each([
    "a.md",
    // As an article may be called.
    "changes.md",
    "history.md",
    "notices.md",
    "CHANGES to the town.md",
    "license-plates.md",
    "fixtures/a.md",
    "tests/a.md",
    "fixtures/tests/a.md",
    "release-notes/a.md",
    "Releases.md",
    // The folder that is checked has no name.
    "testdata",
  ])("not %s", (path) => {
    expect(why(path)).toBeUndefined();
  });
});

test("release notes are those of a package, beside its manifest or below", () => {
  expect(why("Releases.md", [""])).toBe("release notes");
  expect(why("a/history.md", ["a"])).toBe("release notes");
  expect(why("a/history.md", [""])).toBeUndefined();
  expect(why("a/release-notes/b.md", ["a"])).toBe("release notes");
  expect(why("a/release-notes/b.md", ["a/release-notes"])).toBeUndefined();
  expect(why("a/release-notes/b.md", ["a"], ["release-notes"])).toBeUndefined();
});

test("a folder that was asked for is not left out", () => {
  expect(why("tests/fixtures/a.md", [], ["fixtures"])).toBeUndefined();
  expect(why("tests/fixtures/a.md", [], ["tests"])).toBe("fixture");
});

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
