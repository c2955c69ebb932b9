import type { Hover, MarkupContent } from "vscode-languageserver/node";
import { expect, test } from "vitest";
import {
  LEFT,
  type LeftInDraft,
  STET_CHOICES,
  type StetChoices,
} from "../../server/src/protocol.ts";
import { openDraft } from "../support/for-one-test.ts";
import { likeVsCode, EVERY_RULE } from "../support/lsp.ts";

/* Quoted words of right-to-left scripts are isolated in every text that an editor gets. */

const settings = { galley: { rules: EVERY_RULE } };
const capabilities = likeVsCode({}, { hover: { contentFormat: ["markdown"] } });

/** The marks of a text, in order. */
const marksOf = (text: string): string => text.replace(/[^\p{Bidi_Control}]/gu, "");

/** All texts about a draft that contains this name. */
async function said(name: string, locale = "en"): Promise<string[]> {
  const passage = `הגשר הישן נסגר ${name} לתנועה לפני שבוע, וראש העיר אמר שהוא לא ייפתח עוד לפני הקיץ הבא כי הוא לא בטוח.`;
  const repeat = name === "Anna" ? "" : `\n\n${passage}\n\n# ${name}\n\n${passage}`;
  const text = `The [${name}]() opens (${name}.${repeat}\n`;
  const { client, uri } = await openDraft(text, { settings, capabilities, locale });
  const found = await client.diagnostics(uri);
  expect(found.length).toBeGreaterThan(1);
  const texts = found.map(({ message }) => message as string);
  for (const { range } of found) {
    texts.push(...(await client.actions(uri, range)).map(({ title }) => title));
    const params = { textDocument: { uri }, position: range.start };
    const hover = await client.request<Hover | null>("textDocument/hover", params);
    if (hover !== null) texts.push((hover.contents as MarkupContent).value);
    const { choices } = await client.request<StetChoices>(STET_CHOICES, { uri, range });
    texts.push(...choices.flatMap(({ label, detail }) => [label, detail]));
  }
  const left = await client.request<LeftInDraft>(LEFT, { uri });
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
