/** URIs and paths in the form that they have on Windows. They are text, so any system can test them. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { joinPath, isWithin, toKey, toPath, uriScheme } from "../../server/src/project/places.ts";
import { basename, dirname } from "../../server/src/text/path.ts";
import { choose, chooseOrSkip } from "../../server/src/settings/select.ts";
import { configPaths } from "../../server/src/settings/config/config.ts";
import { runs } from "../support/property.ts";

/** As VS Code writes it, as Node does, and as others do. */
const SPELLINGS = [
  "file:///c%3A/Users/Ann/My%20Drafts/a%23b.md",
  "file:///C:/Users/Ann/My%20Drafts/a%23b.md",
  "file:///c:/Users/Ann/My Drafts/a%23b.md",
  "file:///C%3a/Users/Ann/My%20Drafts/a%23b.md",
];

test("a file on a drive has one key, however its address is written", () => {
  expect(new Set(SPELLINGS.map(toKey)).size).toBe(1);
  expect(new Set(SPELLINGS.map((uri) => toPath(toKey(uri)))).size).toBe(1);
});

test("different drives, folders and shares have different keys", () => {
  const keys = [
    "file:///c:/w/a.md",
    "file:///d:/w/a.md",
    // Case matters in names, as it does in the editor.
    "file:///c:/W/a.md",
    "file://server/share/w/a.md",
    "file://server/c$/w/a.md",
    "vscode-remote://wsl%2Bubuntu/c:/w/a.md",
  ].map(toKey);
  expect(new Set(keys).size).toBe(keys.length);
  expect(keys.map(uriScheme)).toEqual([...Array<string>(5).fill("file"), "vscode-remote"]);
});

const TOPS = ["file:///c%3A", "file:///C:/Users/Ann", "file://server/share", "file:///c%3A/a%23b"];

describe.each(TOPS)("below %s", (uri) => {
  const top = toPath(toKey(uri));
  const name = fc.string({
    unit: fc.constantFrom("a", "é", " ", "#", "%", "?", "[", "C"),
    minLength: 1,
    maxLength: 12,
  });

  test("a child leads back to its folder, and its key to its path", () => {
    fc.assert(
      fc.property(fc.array(name, { minLength: 1, maxLength: 5 }), (names) => {
        let path = top;
        for (const one of names) {
          const child = joinPath(path, one);
          expect(dirname(child)).toBe(path);
          expect(basename(child)).toBe(basename(joinPath("", one)));
          expect(isWithin(child, path)).toBe(true);
          expect(isWithin(child, top)).toBe(true);
          expect(isWithin(path, child)).toBe(false);
          path = child;
        }
        expect(toPath(toKey(path))).toBe(path);
      }),
      runs(500),
    );
  });

  test("its drafts obey patterns and config files relative to the folder", () => {
    const draft = joinPath(joinPath(top, "archive"), "a.md");
    const groups = [{ folder: top, include: [], exclude: ["archive"] }];
    expect(chooseOrSkip(draft, top, { groups })).toBe("excluded");
    expect(choose(joinPath(top, "a.md"), top, { groups })?.format).toBe("markdown");
    expect(configPaths(draft, top)).toEqual([`${top}/archive/.galley.json`, `${top}/.galley.json`]);
  });
});
