import { expect, test } from "vitest";
import { FORMAT_IDS, getFormat } from "../../server/src/formats/registry.ts";
import { kindIncluded } from "../../server/src/settings/include-kind.ts";

test.each([
  ["a.org", { name: ".org", pattern: "**/*.org" }],
  ["a/b.c.rst", { name: ".rst", pattern: "**/*.rst" }],
  // No kind of its own: no extension, a name that is nothing else, not a plain word.
  ["Makefile", undefined],
  ["a.b/c", undefined],
  ["a/.gitignore", undefined],
  ["a.c++", undefined],
  [`a.${"b".repeat(17)}`, undefined],
  ["a.", undefined],
  ["", undefined],
])("of another kind: %s", (path, expected) => {
  expect(kindIncluded("other kind", path)).toEqual(expected);
});

test("a kind that no format has is offered only if that is the reason", () => {
  expect(kindIncluded("ignored", "a.org")).toBeUndefined();
});

test.each(FORMAT_IDS)("%s, if it is only read on request", (id) => {
  const { name, files } = getFormat(id);
  const [first = ""] = files.extensions;
  const kind = kindIncluded(`only explicit ${id}`, `a.${first}`);
  expect(kind?.name).toBe(name);
  for (const extension of files.extensions) expect(kind?.pattern).toContain(extension);
  // Patterns are case-sensitive.
  const loud = first.toUpperCase();
  expect(kindIncluded(`only explicit ${id}`, `a.${loud}`)?.pattern).toContain(loud);
  expect(kindIncluded("excluded", `a.${first}`)).toBeUndefined();
});
