import { describe, expect, test } from "vitest";
import { newFolder } from "../support/for-one-test.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { expectServed, serve } from "./support/server.ts";
import { type Case, runCases, told, WRONG } from "./support/table.ts";

/** Patterns that are slow to read, or to match against a name. */
const PATTERNS: Readonly<Record<string, string>> = {
  "(a+)+b": "(a+)+b",
  "+(a+)+b": "+(+(a))b",
  "fourteen *a": `${"*a".repeat(14)}b`,
  "+([a-z]|[a-y])b": "+([a-z]|[a-y])b",
  "fourteen **": `${"**/a/".repeat(14)}b`,
  "60,000 characters": "a".repeat(60_000),
  "20,000 slashes": "a/".repeat(20_000),
  "20,000 braces": "{".repeat(20_000),
  "braces in braces": `${"{a,".repeat(30)}b${"}".repeat(30)}`,
  "pairs of braces before commas": "{a,b}".repeat(14) + ",".repeat(1900),
  "a great range": "{1..100000000}",
  "20,000 brackets": "[".repeat(20_000),
};

const PLACES: Readonly<Record<string, (pattern: string) => object>> = {
  exclude: (pattern) => ({ exclude: [pattern] }),
  include: (pattern) => ({ include: [pattern, "**/*.md"] }),
  overrides: (pattern) => ({ overrides: [{ files: [pattern], language: "de" }] }),
};

/** Names that such patterns almost match. */
const NAMES = [`${"a".repeat(200)}.md`, `${"a/".repeat(60)}a.md`];

const SETTINGS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries(PATTERNS).flatMap(([name, pattern]) =>
      Object.entries(PLACES).map(([place, make]) => [
        `${name} in ${place}`,
        JSON.stringify(make(pattern)),
      ]),
    ),
  ),
  "arrays 5,000 deep": "[".repeat(5000) + "]".repeat(5000),
  "objects 5,000 deep": `${'{"rules":'.repeat(5000)}1${"}".repeat(5000)}`,
  "100,000 that never close": "[".repeat(100_000),
  "100,000 unknown rules": JSON.stringify({ rules: manyKeys(100_000) }),
  "20,000 unknown rules": JSON.stringify({ rules: manyKeys(20_000) }),
  "100,000 unknown settings": JSON.stringify(manyKeys(100_000)),
  "100,000 stets": JSON.stringify({
    stet: manyTexts(100_000).map((text) => ({ rule: "broken-off", text, hash: "00000000" })),
  }),
  "10,000 stets": JSON.stringify({
    stet: manyTexts(10_000).map((text) => ({ rule: "broken-off", text, hash: "00000000" })),
  }),
  "100,000 accepts": JSON.stringify({ accept: manyTexts(100_000) }),
  "an accept of 900,000 characters": JSON.stringify({ accept: ["a ".repeat(450_000)] }),
  "10,000 overrides": JSON.stringify({
    overrides: manyTexts(10_000).map((text) => ({ files: [text], language: "de" })),
  }),
  "20,000 excludes": JSON.stringify({ exclude: manyTexts(20_000) }),
  "no JSON at all": "\0\u0001\u0002",
  "a thousand comments": `${"/* a */ // b\n".repeat(1000)}{}`,
};

function manyKeys(count: number): object {
  return Object.fromEntries(Array.from({ length: count }, (_, index) => [`r${index}`, "off"]));
}

function manyTexts(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `x${index}`);
}

function files(config: string): Record<string, string> {
  return {
    "a.md": WRONG,
    ...Object.fromEntries(NAMES.map((name) => [name, WRONG])),
    ".galley.json": config,
  };
}

describe("the command line", () => {
  const cases: Case[] = Object.entries(SETTINGS).map(([name, config]) => ({
    name,
    make: (folder) => {
      for (const [file, text] of Object.entries(files(config))) folder.write(file, text);
    },
    codes: [1, 2],
    out: told("a.md"),
  }));
  const ignores: Record<string, string> = {
    "fourteen *a": `${"*a".repeat(14)}b\n`,
    "fourteen **": `${"**/a/".repeat(14)}b\n`,
    "60,000 characters": `${"a".repeat(60_000)}\n`,
    "500,000 lines": "b\n".repeat(490_000),
    "500,000 lines of stars": "*\u00a0*\n".repeat(190_000),
    "20,000 brackets": `${"[".repeat(20_000)}\n`,
  };
  runCases([
    ...cases,
    ...Object.entries(ignores).map(([name, text]) => ({
      name: `.gitignore: ${name}`,
      make: (folder: Parameters<Case["make"]>[0]) => {
        for (const [file, draft] of Object.entries(files("{}"))) folder.write(file, draft);
        folder.write(".gitignore", text);
      },
      codes: [1],
      out: told("a.md"),
    })),
  ]);
});

describe("the language server", () => {
  test.each(partOfCells(Object.entries(SETTINGS), 2))("%s", async (_name, config) => {
    await expectServed(newFolder(files(config)), ["a.md"]);
  });

  test.each(partOfCells(Object.entries(PATTERNS), 2))(
    "%s from the editor",
    async (_name, pattern) => {
      for (const make of [PLACES["exclude"], PLACES["include"]]) {
        const galley = make?.(pattern) ?? {};
        await expectServed(newFolder(files("{}")), ["a.md"], { galley });
      }
    },
  );

  test("an open config file with harmful content", async () => {
    const folder = newFolder({ "a.md": WRONG });
    const { client, during, stop } = await serve({ folders: [folder.uri], cwd: folder.path });
    const uri = folder.uriOf(".galley.json");
    await client.open(uri, "[".repeat(100_000), "jsonc");
    await during(client.pull(uri));
    await client.open(folder.uriOf("a.md"), WRONG);
    expect(await during(client.diagnostics(folder.uriOf("a.md")))).toHaveLength(1);
    await stop();
  });
});

describe("a config file in UTF-16", () => {
  const config = `{"rules": {"repeated-word": "error"}}`;
  runCases(
    (["utf16le", "latin1"] as const).map((encoding) => ({
      name: encoding,
      make: (folder) => {
        folder.write("a.md", WRONG);
        const mark = encoding === "utf16le" ? "\uFEFF" : "\u00e9";
        folder.write(".galley.json", Buffer.from(mark + config, encoding));
      },
      codes: [1, 2],
      out: "[repeated-word]",
    })),
  );
});
