import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import stringWidth from "string-width";
import ts from "typescript";
import { afterEach, describe, expect, test } from "vitest";
import {
  countsInWords,
  questionInWords,
  readinessInWords,
  statusBarText,
  wayInWords,
} from "../../client/src/words.ts";
import { HELP_WORDS } from "../../server/src/cli/help.ts";
import { createProgram } from "../../server/src/cli/program.ts";
import { REPORTERS } from "../../server/src/cli/reporters/index.ts";
import { SEVERITIES } from "../../server/src/draft/finding.ts";
import { FORMATS } from "../../server/src/formats/registry.ts";
import { KIND_WAYS } from "../../server/src/protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { KINDS } from "../../server/src/rules/rule.ts";
import { ioIn } from "../support/command.ts";
import { speak } from "../support/vscode.ts";

/*
 * The texts of the client, the server and the manifest in other languages: complete, with everything in the English
 * text.
 */

type Texts = Readonly<Record<string, string>>;

const { schemas } = (await import(path.resolve("scripts/schema-languages.mjs"))) as {
  schemas: (root: string) => ReadonlyMap<string, unknown>;
};

/** By their names in VS Code. */
const LANGUAGES = ["de", "es", "fr", "ja", "zh-cn"];

/** Texts that are the same in a language, by their English words. */
const SAME: Readonly<Record<string, readonly string[]>> = {
  de: ["{0} s"],
  es: ["error", "1 error", "{0} s"],
  fr: ["{0} s"],
};

/** The most columns for a text where space is limited; a Chinese or Japanese letter takes two. */
const ROOM: readonly (readonly [RegExp, number])[] = [
  // The status bar, where otherwise a number of two digits is.
  [/^off$/, 6],
  // The language status cuts off longer texts.
  [/^Galley: (?:not|off|nothing|\{0\} )/, 42],
  [/^Read \{0\} files here$|^Ready to Publish\?$/, 32],
  // Buttons of messages.
  [/^(?:Undo|Show)$/, 16],
  [/^Move to Trash$/, 28],
  [/^views\./, 24],
  [/^commands\.left\./, 34],
  [/^commands\./, 50],
];

/** What a translation keeps: arguments, links, names of files and commands, patterns, what is typed. */
const KEPT =
  /\{\d+\}|\]\([^)]*\)|\.galley[\w.-]*json|galley check|galley\.[a-z]\w*(?:\.\w+)?|\b(?:in|ex)clude\b|stet-file|Stet…|\.git\w*|[\w*]+\/\*\*|\*\*\/[\w.*]+|<[^>]+>|pt-BR|--[a-z-]+|TK|XXX|lorem ipsum|HTML/g;

/** The members of the manifest that VS Code shows. Those that a model reads stay English. */
const SHOWN =
  /^(?:title|name|label|category|altText|contextualTitle|displayName|\w*Message|enumItemLabels)$|^(?!model)\w*description(?:s)?$/i;

function read(file: string): Texts {
  return JSON.parse(readFileSync(file, "utf8")) as Texts;
}

interface Call {
  readonly text: string;
  readonly args: number;
  readonly file: string;
}

/** All calls of `l10n.t` in the client and `wording` in the server with a text. */
function calls(folder: string): Call[] {
  const found: Call[] = [];
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" })) {
    if (!file.endsWith(".ts")) continue;
    const source = readFileSync(`${folder}/${file}`, "utf8");
    const visit = (node: ts.Node): void => {
      if (
        ts.isCallExpression(node) &&
        /(?:^|\.)(?:l10n\.t|wording)$/.test(node.expression.getText())
      ) {
        const [text, ...args] = node.arguments;
        const isText = text !== undefined && ts.isStringLiteral(text);
        if (isText) found.push({ file, text: text.text, args: args.length });
      }
      node.forEachChild(visit);
    };
    visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true));
  }
  return found;
}

const CALLS = [...calls("client/src"), ...calls("server/src")];

/** The help of all commands. */
function helpTexts(): string[] {
  const program = createProgram([], ioIn("."), undefined, () => undefined);
  const help = program.createHelp();
  const commands = [program, ...help.visibleCommands(program)];
  const items = commands.flatMap((command) => [
    ...help.visibleOptions(command),
    ...help.visibleArguments(command),
  ]);
  return [
    ...HELP_WORDS,
    ...REPORTERS.map(({ summary }) => summary),
    ...commands.map((command) => command.description()),
    ...items.flatMap((item) => [item.description, item.defaultValueDescription ?? ""]),
  ].filter((text) => text !== "");
}

/** The texts for people in a schema. */
function textsOf(schema: unknown): string[] {
  if (Array.isArray(schema)) return schema.flatMap(textsOf);
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([key, part]: [string, unknown]) => {
    const isText = typeof part === "string" && key === "description";
    return key === "enumDescriptions" ? (part as string[]) : isText ? [part] : textsOf(part);
  });
}

const MANIFEST = read("package.nls.json");

/** Texts that are looked up by name: the server has tables of them. */
const NAMES = [
  ...Object.values(KINDS),
  ...FORMATS.map(({ name }) => name),
  ...RULES.map(({ summary }) => summary),
  ...SEVERITIES,
  ...helpTexts(),
  // Those of settings are in the manifest, where only some have a link to more.
  ...textsOf(schemas(".").get("en")).filter(
    (text) => !Object.values(MANIFEST).some((known) => known.startsWith(text)),
  ),
];

const SAID: Texts = Object.fromEntries(
  [...CALLS.map(({ text }) => text), ...NAMES].map((text) => [text, text]),
);

test("each text uses the arguments that it gets", () => {
  expect(CALLS.length).toBeGreaterThan(300);
  for (const { text, args, file } of CALLS) {
    const used = new Set([...text.matchAll(/\{(\d+)\}/g)].map(([, index]) => Number(index)));
    expect([file, text, [...used].sort()]).toEqual([file, text, [...Array(args).keys()]]);
  }
});

test("the manifest has a key and a text for everything that VS Code shows", () => {
  const keys = new Set<string>();
  const bare: string[] = [];
  const visit = (value: unknown, name: string): void => {
    if (typeof value === "string") {
      const key = /^%(.+)%$/.exec(value)?.[1];
      if (key !== undefined) keys.add(key);
      else if (SHOWN.test(name) && !/^galley\w*$/i.test(value)) bare.push(`${name}: ${value}`);
    } else if (Array.isArray(value)) {
      for (const item of value) visit(item, name);
    } else if (typeof value === "object" && value !== null) {
      for (const [key, part] of Object.entries(value)) {
        if (key !== "inputSchema") visit(part, key);
      }
    }
  };
  const manifest = JSON.parse(readFileSync("package.json", "utf8")) as Record<string, unknown>;
  visit(manifest["contributes"], "");
  expect(bare).toEqual([]);
  expect([...keys].sort()).toEqual(Object.keys(MANIFEST).sort());
});

test("both folders have the same languages, and all are packed", () => {
  const inBundles = readdirSync("l10n").map(
    (name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1],
  );
  expect(inBundles.sort()).toEqual([...LANGUAGES].sort());
  const inManifest = readdirSync(".").flatMap(
    (name) => /^package\.nls\.([\w-]+)\.json$/.exec(name)?.[1] ?? [],
  );
  expect(inManifest.sort()).toEqual([...LANGUAGES].sort());
  const packed = readFileSync(".vscodeignore", "utf8").split("\n");
  expect(packed).toEqual(expect.arrayContaining(["!l10n/**", "!package.nls*.json"]));
});

describe.each(LANGUAGES)("in %s", (language) => {
  afterEach(() => {
    speak();
  });

  describe.each([
    ["client and server", SAID, `l10n/bundle.l10n.${language}.json`],
    ["the manifest", MANIFEST, `package.nls.${language}.json`],
  ] as const)("%s", (_, english, file) => {
    const texts = read(file);

    test("has every text, and none that is no longer used", () => {
      expect(Object.keys(texts).sort()).toEqual(Object.keys(english).sort());
    });

    test("keeps the same names and arguments", () => {
      for (const [key, text] of Object.entries(texts)) {
        const kept = (said = ""): string[] => [...(said.match(KEPT) ?? [])].sort();
        expect([key, kept(text)]).toEqual([key, kept(english[key])]);
      }
    });

    test("is translated, not copied", () => {
      for (const [key, text] of Object.entries(texts)) {
        const said = english[key] ?? "";
        const hasWords = /\p{L}/u.test(said.replace(KEPT, "").replace(/Galley|Markdown/, ""));
        if (!hasWords || SAME[language]?.includes(said) === true) continue;
        expect([key, text]).not.toEqual([key, said]);
        expect([key, text.trim()]).toEqual([key, text]);
      }
    });

    test("fits into its place", () => {
      for (const [key, text] of Object.entries(texts)) {
        const room = ROOM.find(([pattern]) => pattern.test(key))?.[1];
        const most = room ?? 2 * stringWidth(english[key] ?? "") + 12;
        expect([key, stringWidth(text) <= most, text]).toEqual([key, true, text]);
      }
    });
  });

  test("the schema of .galley.json is entirely in it, and otherwise the same", () => {
    const english = schemas(".").get("en");
    const said = schemas(".").get(language);
    const texts = textsOf(said);
    const kept = textsOf(english).filter((text, index) => text === texts[index]);
    expect(texts.length).toBeGreaterThan(200);
    expect(kept).toEqual([]);
    const withoutTexts = (schema: unknown): string =>
      JSON.stringify(schema, (key, part: unknown) =>
        key === "description" || key === "enumDescriptions" ? key : part,
      );
    expect(withoutTexts(said)).toBe(withoutTexts(english));
  });

  test("a button or a command is quoted by its actual name", () => {
    const [client, manifest] = [
      `l10n/bundle.l10n.${language}.json`,
      `package.nls.${language}.json`,
    ];
    const [named, texts] = [{ ...read(client) }, read(manifest)];
    for (const [key, english] of Object.entries(MANIFEST)) named[english] ??= texts[key] ?? "";
    for (const [key, english] of Object.entries(MANIFEST)) {
      for (const [, name = ""] of english.matchAll(/“([^”]+)”/g)) {
        const said = Object.hasOwn(named, name) ? named[name] : undefined;
        if (said !== undefined)
          expect([key, texts[key]]).toEqual([key, expect.stringContaining(said)]);
      }
    }
  });

  test("no two kinds have the same name, by which all of a kind are fixed", () => {
    const texts = read(`l10n/bundle.l10n.${language}.json`);
    const names = new Set(Object.values(KINDS).map((kind) => texts[kind]));
    expect(names.size).toBe(Object.keys(KINDS).length);
  });

  test("numbers are filled in, and no placeholder is left", () => {
    speak(read(`l10n/bundle.l10n.${language}.json`));
    const kinds = ["A", "B"].map((kind) => ({ kind, count: 1 }));
    for (let count = 0; count <= 70; count++) {
      const counts = { error: count, warning: count + 1, information: 2, hint: count };
      const state = { state: "on", counts, kinds, offInDraft: [], offInSettings: [] } as const;
      const said = [
        countsInWords(counts),
        ...KIND_WAYS.map((way) => wayInWords(way, count, "A")),
        ...KIND_WAYS.map((way) => questionInWords(way, count, count + 1, count + 1, "A")),
        readinessInWords(71, count + 1, 0),
        readinessInWords(count + 2, 0, count),
      ];
      for (const text of said) {
        expect(text).not.toMatch(/[{}]/);
        expect(text).toMatch(new RegExp(`(?<!\\d)(?:${count}|${count + 1}|${count + 2})(?!\\d)`));
      }
      expect(statusBarText(state)?.text).toContain(String(2 * count + 3));
    }
  });
});
