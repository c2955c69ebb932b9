import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import type { Format } from "../../server/src/draft/draft.ts";
import {
  commentIn,
  FORMATS,
  getFormat,
  formatForExtension,
  formatForLanguage,
} from "../../server/src/formats/registry.ts";

const ALL: readonly Format[] = FORMATS;

test.each(FORMATS)("$id has a folder of its name, and is found by its id", (format) => {
  expect(existsSync(`server/src/formats/${format.id}/format.ts`)).toBe(true);
  expect(getFormat(format.id)).toBe(format);
});

test("every extension and every language belongs to exactly one format", () => {
  const extensions = ALL.flatMap(({ files }) => files.extensions);
  const languages = ALL.flatMap(({ files }) => files.languageIds);
  expect(new Set(extensions).size).toBe(extensions.length);
  expect(new Set(languages).size).toBe(languages.length);
  const sent = ALL.flatMap(({ files }) => files.vscode.sends);
  expect(new Set(sent).size).toBe(sent.length);
  for (const { id, files } of ALL) {
    for (const extension of files.extensions) {
      expect(extension).toMatch(/^[a-z]+$/);
      expect(formatForExtension(extension)).toBe(id);
      expect(formatForExtension(extension.toUpperCase())).toBe(id);
    }
    for (const language of files.languageIds) expect(formatForLanguage(language)).toBe(id);
  }
  for (const name of ["", "constructor", "__proto__", "toString"]) {
    expect(formatForExtension(name)).toBeUndefined();
    expect(formatForLanguage(name)).toBeUndefined();
  }
});

test.each(FORMATS)(
  "$id starts Galley only for what it declares, and gets those documents",
  ({ files }: Format) => {
    const { startsOn, sends } = files.vscode;
    expect(files.languageIds).toEqual(expect.arrayContaining([...startsOn.languageIds]));
    expect(sends).toEqual(expect.arrayContaining([...startsOn.languageIds]));
    expect(files.extensions).toEqual(expect.arrayContaining([...startsOn.extensions]));
    expect(files.byDefault === "prose").toBe(files.isProse !== undefined);
  },
);

test("a comment is read wherever its format can write one", () => {
  const documents = ALL.flatMap((format) => [
    ...format.files.languageIds.map((id) => ({ format, id, path: "untitled:1" })),
    ...format.files.extensions.map((one) => ({ format, id: "", path: `file:///a.b/c.${one}` })),
  ]);
  const written = documents.flatMap(({ format, id, path }) => {
    const comment = commentIn(format, id, path);
    return comment === undefined ? [] : [{ format, comment }];
  });
  expect(written.length).toBeGreaterThan(5);
  for (const { format, comment } of written) {
    const text = `${comment.open} stet ${comment.close}\n\nOne two three.\n`;
    const marks = format.parse(text).blocks.flatMap((block) => block.marks);
    expect(marks).toContainEqual(expect.objectContaining({ kind: "comment", label: "stet" }));
  }
});

test("MDX has no comments that stay out of print, neither by language nor by file name", () => {
  const markdown = getFormat("markdown");
  expect(commentIn(markdown, "mdx", "untitled:1")).toBeUndefined();
  expect(commentIn(markdown, "markdown", "file:///a.MDX")).toBeUndefined();
  expect(commentIn(markdown, "markdown", "file:///mdx/a.md")).toBeDefined();
});
