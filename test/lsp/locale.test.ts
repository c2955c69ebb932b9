import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver/node";
import { describe, expect, test } from "vitest";
import { translationsFor } from "../../server/src/text/translations.ts";
import type {
  CountedEdit,
  DraftState,
  LeftInDraft,
  StetChoices,
} from "../../server/src/protocol.ts";
import { openDraft, openFolder } from "../support/for-one-test.ts";
import { EVERY_RULE, likeVsCode, rangeOf } from "../support/lsp.ts";
import { BRIDGE } from "../support/passages.ts";

/* The server speaks the client's language. */

const TEXT = `According to , the stalls open at the the market.\n\n${BRIDGE}\n\nIt rained.\n\n${BRIDGE}\n`;

const RULES = { "empty-attribution": {}, "repeated-block": {} };

const opened = async (locale: string) => {
  const { client, folder } = await openFolder(
    { "a.md": TEXT, "page.html": "<p>Rain.</p>" },
    {
      locale,
      capabilities: likeVsCode({ codeLens: { refreshSupport: true } }, { codeLens: {} }),
      settings: { galley: { rules: RULES } },
    },
  );
  const uri = folder.uriOf("a.md");
  await client.open(uri, TEXT);
  return { client, uri, other: folder.uriOf("page.html") };
};

describe("a client in German", () => {
  test("gets the kinds in German, and can use them in requests", async () => {
    const { client, uri } = await opened("de-AT");
    const left = await client.request<LeftInDraft>("galley/left", { uri });
    const kinds = ["Fehlende Wörter", "Doppelte Passagen", "Doppelte Wörter"];
    expect(left.groups.map(({ kind }) => kind)).toEqual(kinds);
    expect(left.kinds.map(({ kind }) => kind)).toEqual(kinds);
    for (const { kind, ways } of left.groups) {
      expect(ways.length).toBeGreaterThan(0);
      for (const way of ways) {
        const request = { uri, kind, way };
        const edit = await client.request<CountedEdit | null>("galley/kindEdit", request);
        expect([kind, way, edit?.count]).toEqual([kind, way, 1]);
      }
    }
  });

  test("gets in German why a file is not a draft, a stet's reach, and where the other copy is", async () => {
    const { client, uri, other } = await opened("de");
    await client.open(other, "<p>Rain.</p>");
    const { why } = await client.request<DraftState>("galley/draftState", { uri: other });
    expect(why).toBe("HTML wird nur gelesen, wenn „include“ es verlangt, wie es „**/*.html“ tut.");
    const range = rangeOf(TEXT, "the the");
    const found = await client.request<StetChoices>("galley/stetChoices", { uri, range });
    expect(found.choices.map(({ label }) => label)).toEqual([
      "Diese Stelle",
      "Diese Passage, wo immer sie steht",
      "„the the“ in diesem Projekt",
      "Dieser Entwurf",
      "Dieses Projekt",
      "„the the“ für mich",
      "Ich",
    ]);
    expect(found.choices[0]?.about).toBe("Doppelte Wörter, Zeile 1");
    const lenses = await client.request<CodeLens[]>("textDocument/codeLens", {
      textDocument: { uri },
    });
    expect(lenses.map(({ command }) => command?.title)).toEqual([
      "Doppelt: Zeile 3",
      "diese Kopie löschen",
    ]);
  });
});

const UNTITLED = "untitled:a";

/** The messages, titles of fixes and hovers of a draft, for a client with some locale. */
const told = async (locale: string | undefined, text: string, rules: object = RULES) => {
  const { client } = await openDraft(
    text,
    {
      ...(locale === undefined ? {} : { locale }),
      capabilities: likeVsCode({}, { hover: { contentFormat: ["markdown"] } }),
      settings: { galley: { rules } },
    },
    UNTITLED,
  );
  const found = await client.diagnostics(UNTITLED);
  const titles: string[] = [];
  const hovers: string[] = [];
  for (const { range } of found) {
    titles.push(...(await client.titles(UNTITLED, range)));
    const params = { textDocument: { uri: UNTITLED }, position: range.start };
    const hover = await client.request<Hover | null>("textDocument/hover", params);
    if (hover !== null) hovers.push((hover.contents as MarkupContent).value);
  }
  return {
    ...{ client, found, titles, hovers },
    messages: found.map(({ message }) => message as string),
    related: found.flatMap((one) => (one.relatedInformation ?? []).map(({ message }) => message)),
  };
};

describe("findings", () => {
  test("with their fixes and hovers are in German, and a fix works", async () => {
    const { client, messages, related, titles, hovers } = await told("de", TEXT);
    expect(messages).toEqual([
      "„According to ▢, the stalls open at the the market.“: Hier fehlt ein Name. Die Quelle angeben.",
      "„According to , the stalls open at the the market.“: Dasselbe Wort zweimal hintereinander. Eines löschen.",
      "„The harbour bridge was closed for eleven weeks last spring …“ steht zweimal, auch in Zeile 3. Eine davon löschen.",
    ]);
    expect(related).toEqual(["Die andere Kopie"]);
    expect(titles).toEqual([
      "Die Lücke mit TK markieren",
      "Stet: stehen lassen",
      "„empty-attribution“ für diesen Entwurf ausschalten",
      "Das zweite „the“ löschen",
      "Stet: stehen lassen",
      "„repeated-word“ für diesen Entwurf ausschalten",
      "Diese Kopie löschen",
      "Die andere Kopie löschen",
      "Zur anderen Stelle gehen",
      "Stet: stehen lassen",
      "„repeated-block“ für diesen Entwurf ausschalten",
    ]);
    expect(hovers).toHaveLength(3);
    expect(hovers[1]).toBe(`> „According to , the stalls open at **the the** market.“

- **Das zweite „the“ löschen**: ergibt „… to , the stalls open at the market. The harbour bridge …“

Dasselbe Wort zweimal hintereinander. Warum? galley rules repeated-word`);
    expect(hovers[2]).toMatch(/^> Hier und wörtlich in Zeile 3: „The harbour/);
    const action = await client.action(UNTITLED, "the the", /^Das zweite „the“ löschen$/);
    expect(client.textAfter(action.edit, UNTITLED)).toBe(TEXT.replace("the the", "the"));
  });

  test("are in English for a client without a language, or with one that Galley does not speak", async () => {
    const english = await told(undefined, TEXT);
    expect(english.messages[0]).toMatch(
      /^“According to ▢.*”: a name is missing\. Say who the source is\.$/,
    );
    expect({ ...(await told("tlh", TEXT)), client: 0 }).toEqual({ ...english, client: 0 });
  });

  test("quote hostile words unchanged, in every language", async () => {
    const words = "{0} $& {1} \\ „so“ »da«";
    for (const locale of ["en", "de", "es", "fr", "ja", "zh-cn"]) {
      const { messages } = await told(locale, `The ${words} stalls opened at the the market.\n`);
      expect(messages).toHaveLength(1);
      expect(messages[0]).toContain(`${words} stalls`);
    }
  });
});

describe("mistakes in Galley's own files", () => {
  const CONFIG = `{
  "placeholder": 7,
  "exclude": ["!a"],
  "rules": { "empty-atribution": "off", "repeated-word": { "severity": "loud" } }
}`;

  const wrongFiles = async (locale: string) => {
    const { client, folder } = await openFolder(
      { ".galley.json": CONFIG, ".galley-baseline.json": "[]", "a.md": "Rain.\n" },
      { locale, settings: { galley: { exclude: ["../b"] } } },
    );
    const pull = client.workspace();
    await client.connection.sendRequest("galley/settled");
    const config = folder.uriOf(".galley.json");
    await client.open(config, CONFIG, "jsonc");
    const open = await client.diagnostics(config);
    return {
      shown: client.messages,
      stored: pull.messages(config) ?? [],
      baseline: pull.messages(folder.uriOf(".galley-baseline.json")) ?? [],
      open: open.map(({ message }) => message),
    };
  };

  test("are reported in German, with typed words unchanged", async () => {
    const { shown, stored, baseline, open } = await wrongFiles("de");
    expect(stored).toEqual([
      "„placeholder“ muss ein Text in doppelten Anführungszeichen sein. Alles andere in dieser Datei gilt.",
      "Eintrag 1 von „exclude“ darf nicht mit „!“ beginnen. Die gemeinten Dateien nennen. Alles andere in dieser Datei gilt.",
      "Eine Regel „empty-atribution“ gibt es nicht. Meinten Sie „empty-attribution“? Alles andere in dieser Datei gilt.",
      "„severity“ von „repeated-word“ kann nicht „loud“ sein. Zur Wahl stehen „off“, „hint“, „information“, „warning“ und „error“. Alles andere in dieser Datei gilt.",
    ]);
    expect(open).toEqual(stored);
    expect(baseline).toEqual([
      "Diese Datei ist keine Baseline. „galley baseline“ schreibt die Datei neu. Bis das behoben ist, gilt nichts aus dieser Datei.",
    ]);
    expect(shown).toEqual([
      "„../b“ in der Einstellung „galley.exclude“ führt aus dem Ordner hinaus. Es zählt von dort und geht nur abwärts.",
    ]);
  });

  test("are in English for a client in another language", async () => {
    const { stored, baseline } = await wrongFiles("tlh");
    expect(stored[0]).toBe(
      "“placeholder” must be a text in double quotes. The rest of this file still applies.",
    );
    expect(baseline[0]).toMatch(/^This file is not a baseline\. “galley baseline” writes/);
  });
});

test.each([
  ["de", "Fehlende Wörter"],
  ["de_CH.UTF-8", "Fehlende Wörter"],
  ["ZH-cn", "缺漏的文字"],
  ["zh-Hans-SG", "缺漏的文字"],
  ["zh-TW", undefined],
  ["zh-Hant-HK", undefined],
  ["en-GB", undefined],
  ["deutsch", undefined],
  ["", undefined],
  ["constructor", undefined],
  ["__proto__", undefined],
  ["C", undefined],
  [`de${"-x".repeat(100_000)}`, "Fehlende Wörter"],
  [7, undefined],
  [null, undefined],
  [{ de: 1 }, undefined],
])("the locale %j has “Lost words” as %j", (locale, words) => {
  expect(translationsFor(locale)?.["Lost words"]).toBe(words);
});

/* Quoted words of right-to-left scripts are isolated in every text that an editor gets. */

/** The marks of a text, in order. */
const marksOf = (text: string): string => text.replace(/[^\p{Bidi_Control}]/gu, "");

/** All texts about a draft that contains this name. */
async function said(name: string, locale = "en"): Promise<string[]> {
  const passage = `הגשר הישן נסגר ${name} לתנועה לפני שבוע, וראש העיר אמר שהוא לא ייפתח עוד לפני הקיץ הבא כי הוא לא בטוח.`;
  const repeat = name === "Anna" ? "" : `\n\n${passage}\n\n# ${name}\n\n${passage}`;
  const text = `The [${name}]() opens (${name}.${repeat}\n`;
  const { client, found, messages, titles, hovers } = await told(locale, text, EVERY_RULE);
  expect(found.length).toBeGreaterThan(1);
  const texts = [...messages, ...titles, ...hovers];
  const uri = UNTITLED;
  for (const { range } of found) {
    const { choices } = await client.request<StetChoices>("galley/stetChoices", { uri, range });
    texts.push(...choices.flatMap(({ label, detail }) => [label, detail]));
  }
  const left = await client.request<LeftInDraft>("galley/left", { uri });
  texts.push(...left.groups.flatMap(({ findings }) => findings.map(({ message }) => message)));
  return texts;
}

test.each([
  ["אנה", "en"],
  ["آنا", "en"],
  ["ܐܢܐ", "en"],
  ["אנה", "de"],
  ["אנה", "fr"],
  ["אנה", "ja"],
])(
  "in %s each quotation is isolated, and all marks are in pairs, in the locale %s",
  async (name, locale) => {
    const texts = await said(name, locale);
    expect(texts.filter((text) => marksOf(text) !== "").length).toBeGreaterThan(3);
    for (const text of texts) {
      expect(marksOf(text)).toMatch(/^(?:\u2068\u2069)*$/);
      for (const [, quoted = ""] of text.matchAll(/[“„«「]([^“”„«»「」]*)[”“»」]/g)) {
        if (quoted.includes(name)) expect(quoted).toMatch(/^\s?\u2068[^]*\u2069\s?$/);
      }
    }
  },
);

test("if everything is written from left to right there are no marks", async () => {
  for (const text of await said("Anna")) expect([text, marksOf(text)]).toEqual([text, ""]);
});
