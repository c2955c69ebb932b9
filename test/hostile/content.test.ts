import { LARGEST_DRAFT } from "../../server/src/draft/largest.ts";
import { FORMATS } from "../../server/src/formats/registry.ts";
import { lineIndex } from "../../server/src/text/lines.ts";
import { expect, test } from "vitest";
import { CONTENTS as KINDS } from "../support/contents.ts";
import { newFolder } from "../support/for-one-test.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { run } from "./support/program.ts";
import { serve } from "./support/server.ts";

/** The largest size of a draft after a letter is typed into it. */
const SIZE = LARGEST_DRAFT.units - 1;

/** The largest part of a text that a draft may have. */
function asDraft(text: string): string {
  return text.slice(0, Math.min(SIZE, lineIndex(text)[LARGEST_DRAFT.lines - 1] ?? Infinity));
}

function numbered(count: number, line: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => line(index)).join("");
}

/**
 * Texts that are slow to read for some program, or take much memory: kinds of text that the linear law reads as well.
 */
const SLOW = [
  ...["nested lists in one line", "nested numbers in one line"],
  ...["nested quotations in one line", "comments in one block"],
  ...["nested lists, line after line", "many bullets", "many empty bullets"],
  ...["empty quotations", "footnote texts without uses", "emphasis complete"],
  ...["stet comments first in one block", "one long word", "dots", "question marks"],
  ...["opened quotation marks alone", "straight quotation marks and words", "stars"],
  ...["stars and words", "square brackets", "open brackets", "backslashes"],
  ...["entities unfinished", "angle brackets", "line breaks", "tabs", "carriage returns"],
  ...["setext underlines", "fences, line after line"],
  ...["templates that are open", "words that lead on", "placeholders", "digits"],
  ...["a table's delimiter with spaces and hyphens", "a table's delimiter of many columns"],
  ...["quotations, ever deeper", "nested lists, ever deeper", "comments open in a paragraph"],
  ...["link definitions", "link definitions and uses", "footnotes", "words"],
  ...["one long word in capitals", "apostrophes", "stars and underscores", "stars of two kinds"],
  ...["square brackets closing", "exclamations", "backticks of rising length", "tags open"],
  ...["attributes that are open", "addresses", "signs for people", "headings"],
  ...["front matter of hyphens", "a long line of hyphens", "directives"],
  ...["front matter that is open", "shortcodes, line after line", "repeated paragraphs"],
  ...["doubled words", "holes in one paragraph", "merge conflicts that are open"],
  ...["zero-width joiners", "combining marks on one letter", "emoji without spaces"],
  ...["right-to-left marks", "numbers", "dots and words"],
];

/** Each is cut at the size limit for drafts. */
const CONTENTS: Readonly<Record<string, () => string>> = {
  ...Object.fromEntries(SLOW.map((name) => [name, () => KINDS[name]?.(SIZE) ?? ""])),
  // The Markdown parser looks far for the end of each address: a megabyte takes 3 s.
  "links that are open": () => KINDS["links that are open"]?.(SIZE / 2) ?? "",
};

test("each kind of text exists", () => {
  expect(Object.keys(CONTENTS).filter((name) => !(name in KINDS))).toEqual([]);
});

/** The readers of a text: the command line, in each format, and the language server. */
const READERS: readonly (readonly [name: string, read: (text: string) => Promise<void>])[] = [
  ...FORMATS.map(
    ({ id, files }) => [id, (text: string) => checked(`a.${files.extensions[0]}`, text)] as const,
  ),
  ["the language server", typedInto],
];

async function checked(name: string, text: string): Promise<void> {
  const folder = newFolder({ [name]: text });
  const args = ["check", "--format", "compact", "--fail-on", "never", name];
  const { code, err } = await run("cli.js", args, { cwd: folder.path });
  expect(err).toBe("");
  expect(code).toBe(0);
}

async function typedInto(text: string): Promise<void> {
  const folder = newFolder();
  const { client, during, stop } = await serve({ folders: [folder.uri], cwd: folder.path });
  const uri = folder.uriOf("a.md");
  await client.open(uri, text);
  await during(client.pull(uri));
  const start = { line: 0, character: 0 };
  await client.change(uri, { range: { start, end: start }, text: "a" });
  await during(client.pull(uri));
  await stop();
}

/** Each text with each reader; a part of the cells has each text once, and all readers equally often. */
const CELLS = Object.entries(CONTENTS).flatMap(([name, make], row) => {
  const first = row % READERS.length;
  const readers = [...READERS.slice(first), ...READERS.slice(0, first)];
  return readers.map(([reader, read]) => ({ name, make, reader, read }));
});

test.each(partOfCells(CELLS, READERS.length))("$name, read by $reader", ({ make, read }) =>
  read(asDraft(make())),
);

test("a file above the size limit is not read: a failure if it was named, else a note", async () => {
  const notes = (count: number): string => numbered(count, (index) => `[^${index}]: x\n`);
  const folder = newFolder({ "a.md": notes(300_000), "b.md": "All is well here.\n" });
  const err = "galley: a.md: It is larger than 3 MB.\n";
  const check = async (...args: string[]) =>
    run("cli.js", ["check", "--format", "compact", ...args], { cwd: folder.path });
  expect(await check("a.md")).toMatchObject({ code: 2, err });
  expect(await check()).toMatchObject({ code: 0, err });
  folder.write("a.md", notes(100_000));
  const long = "galley: a.md: It has more than 1,000,000 characters or 25,000 lines.\n";
  expect(await check("a.md")).toMatchObject({ code: 2, err: long });
  expect(await check()).toMatchObject({ code: 0, err: long });
  const { client, during, stop } = await serve({ folders: [folder.uri], cwd: folder.path });
  const uri = folder.uriOf("c.md");
  await client.open(uri, notes(300_000));
  expect(await during(client.pull(uri))).toMatchObject({ items: [] });
  await stop();
});

test("of footnotes without a reference, a thousand are listed and the rest is counted", async () => {
  const notes = (count: number): string => numbered(count, (index) => `[^${index}]: Note\n\n`);
  const folder = newFolder({ "a.md": notes(5000) });
  const { out } = await run("cli.js", ["check", "--format", "compact"], { cwd: folder.path });
  expect(out.split("\n")).toHaveLength(1002);
  expect(out).toMatch(/warning: And 4,000 more of these from here on/);
  // A baseline counts findings, so one more is reported.
  const listed = await run("cli.js", ["baseline"], { cwd: folder.path });
  expect(listed.out).toContain("lists 5,000 findings of 1 draft");
  folder.write("a.md", notes(5001));
  const grown = await run("cli.js", ["check", "--format", "compact"], { cwd: folder.path });
  expect(grown.out).toMatch(/^a\.md:2001:1: warning: And 4,001 more [^\n]+\n$/);
  folder.write("a.md", notes(4999));
  const shrunk = await run("cli.js", ["check", "--format", "compact"], { cwd: folder.path });
  expect(shrunk.out).toBe("");
});
