import fc from "fast-check";
import { describe, expect, test } from "vitest";
import german from "../../l10n/bundle.l10n.de.json";
import spanish from "../../l10n/bundle.l10n.es.json";
import french from "../../l10n/bundle.l10n.fr.json";
import japanese from "../../l10n/bundle.l10n.ja.json";
import chinese from "../../l10n/bundle.l10n.zh-cn.json";
import type { Draft } from "../../server/src/draft/draft.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { FORMAT_IDS, type FormatId } from "../../server/src/formats/registry.ts";
import { fixCandidates } from "../../server/src/lsp/actions/fixes.ts";
import { restorations } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import {
  isolated,
  sayIsolated,
  MAX_MESSAGE,
  MAX_QUOTATION,
} from "../../server/src/text/excerpt.ts";
import { lineIndex } from "../../server/src/text/lines.ts";
import { compared } from "../support/compared.ts";
import { hostileDrafts } from "../support/hostile-drafts.ts";
import { runs } from "../support/property.ts";
import { draftOf, unmarked } from "../support/rules.ts";
import { say, type Translations, type Wording } from "../../server/src/text/wording.ts";

/*
 * Laws for what all rules say and offer, on their own examples and on drafts made to harm them.
 */

const EAGER = settingsFrom({ sensitivity: "eager", repeatsSensitivity: "eager" });
const formats = fc.constantFrom(...FORMAT_IDS);
const EXAMPLES = RULES.flatMap(({ docs }) => docs.flagged.map(({ text }) => unmarked(text).text));

type Look = (findings: readonly Finding[], draft: Draft) => void;

function lookAt(text: string, format: FormatId, look: Look): void {
  const draft = draftOf(text, format);
  look(lint(draft, RULES, EAGER, { rethrow: true }), draft);
}

/** Passes the findings of all drafts to `look`. */
function inAllDrafts(look: Look, usual = 150): void {
  for (const text of EXAMPLES) lookAt(text, "markdown", look);
  fc.assert(
    fc.property(hostileDrafts, formats, (text, format) => {
      lookAt(text, format, look);
    }),
    runs(usual),
  );
}

/** These are about comments or an address, not about words. */
const WITHOUT_QUOTATION =
  /^This (?:stet|address)|^Two versions clash here: nothing or nothing|^The rule “/;

/**
 * By language: its texts, and the most UTF-16 units of a message in it. A quotation gets the space that English leaves.
 */
const LANGUAGES: readonly (readonly [Translations, most: number])[] = [
  [{}, MAX_MESSAGE],
  [german, 135],
  [spanish, 135],
  [french, 135],
  [japanese, MAX_MESSAGE],
  [chinese, MAX_MESSAGE],
];

/** Right-to-left quotations are isolated, by marks without width; nothing else is. */
function withoutMarks(message: string): string {
  return message.replace(
    /(?<=[“„「]|«\p{Zs}?)\u2068([^\p{Bidi_Control}]*)\u2069(?=[”“」]|\p{Zs}?»)/gu,
    (_, words: string) => {
      expect(words).toMatch(/[\p{sc=Hebrew}\p{sc=Arabic}\p{sc=Syriac}\p{sc=Thaana}\p{sc=Nko}]/u);
      return words;
    },
  );
}

/** The first words that an English message quotes. */
function firstQuoted(message: string): string | undefined {
  return /“(.*?)”(?=[:,.]? |[:,.]?$)/u.exec(withoutMarks(message))?.[1];
}

function expectReadable(words: Wording): void {
  const quoted = firstQuoted(sayIsolated(words)) ?? "";
  for (const [translations, most] of LANGUAGES) {
    const said = sayIsolated(words, translations);
    const message = withoutMarks(said);
    expect(isolated(message)).toBe(said);
    expect(message.length, message).toBeLessThanOrEqual(most);
    expect(message).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\uFFFC]/u);
    expect(message).toContain(quoted);
  }
}

describe("every message", () => {
  test("is one short line with the same quotation in each language, and no internal characters", () => {
    inAllDrafts((findings) => {
      for (const { message, related } of findings) {
        expectReadable(message);
        for (const other of related ?? []) expectReadable(other.message);
      }
    });
  });

  test("isolates right-to-left quotations, and is otherwise the same", () => {
    const latin = "The mayor opened the the bridge. According to , it (opened.\n";
    for (const [word, isMarked] of [
      ["שלום", true],
      ["السلام", true],
      ["ܫܠܡܐ", true],
      ["Ἀθῆναι", false],
      ["１２３", false],
      ["٣", false],
    ] as const) {
      const { length } = word;
      const there = latin.replace("mayor", word.repeat(2)).replace("it (", `${word} (`);
      lookAt(`${there}\n${word} ${word}.\n`, "markdown", (findings) => {
        expect(findings.length, word).toBeGreaterThan(2);
        for (const words of findings.map((one) => one.message)) {
          expectReadable(words);
          const message = sayIsolated(words);
          const isQuoted = message.includes(word.slice(0, length));
          expect([message, /\u2068/.test(message)]).toEqual([message, isMarked && isQuoted]);
        }
      });
    }
  });

  test("about words quotes some of them, 60 characters at most", () => {
    inAllDrafts((findings) => {
      for (const message of findings.map((one) => sayIsolated(one.message))) {
        if (WITHOUT_QUOTATION.test(message)) continue;
        const quoted = firstQuoted(message);
        expect(quoted?.trim(), message).toBeTruthy();
        expect(quoted?.length, message).toBeLessThanOrEqual(MAX_QUOTATION);
      }
    });
  });

  test("about passages in other drafts is as short, whatever those are called", () => {
    const passage =
      "The council voted on Monday to close the old bridge to lorries until the spring of next year after cracks.\n";
    const edited = passage.replace("Monday", "Tuesday").replace("cracks", "storms");
    const names = [
      "a",
      "b\nc",
      "folder/".repeat(40),
      "\u202Ename",
      "市".repeat(90),
      "x".repeat(300),
    ];
    for (const first of names) {
      for (const second of names) {
        if (first === second) continue;
        for (const copy of [passage, edited]) {
          const drafts = {
            [first]: `A ferry runs.\n\n${passage}`,
            [second]: `Shops stay open.\n\n${copy}\nIt is late.\n`,
            third: copy,
          };
          const find = compared(drafts, {}, "eager");
          const found = [first, second, "third"].flatMap((name) => find(name));
          expect(found.length).toBeGreaterThan(0);
          for (const { message, related, fixes } of found) {
            expectReadable(message);
            for (const { title } of fixes ?? []) expect(say(title).length).toBeLessThanOrEqual(70);
            for (const other of related ?? []) expectReadable(other.message);
          }
        }
      }
    }
  });
});

/** What a message might ask for although a fix can do it, and those fixes. */
const DEEDS: readonly (readonly [asked: RegExp, done: RegExp])[] = [
  [/\b(?:cut|delete)\b/i, /^(?:Cut|Delete|Keep|Take)\b/],
  [/\bdrop\b/i, /\bdrop\b/],
  [/\bkeep\b/i, /^(?:Keep|Delete)\b/],
  [/\b(?:put|place|move|join|set)\b/i, /^Put\b/],
  [/\bclose (?:it|the)\b/i, /^Close\b/],
  [/\btake\b/i, /^Take\b/],
  [/\bmark the loss\b/i, /^Mark\b/],
  [/\badd\b/i, /^(?:Mark|Add|Put)\b/],
];

test("a message asks for nothing that a fix could do", () => {
  inAllDrafts((findings, { text }) => {
    for (const { rule, message: words, fixes = [] } of findings) {
      // No edit takes out one of two links without its markup.
      if (rule === "repeated-word" && fixes.length === 0 && text.includes("](")) continue;
      const message = say(words);
      // The quoted words are the draft's.
      const own = message.replace(/“.*”/u, "");
      const titles = fixes.map(({ title }) => say(title));
      for (const [asked, done] of DEEDS) {
        if (asked.test(own))
          expect(
            titles.some((title) => done.test(title)),
            message,
          ).toBe(true);
      }
    }
  });
});

/** The number of words between spaces, without comments. */
function wordCount(text: string): number {
  return text.replace(/<!--.*?-->/gs, "").match(/\S*[\p{L}\p{N}]\S*/gu)?.length ?? 0;
}

test("no single key deletes a passage", () => {
  const twice =
    "The council voted on Monday to close the old bridge to lorries until the spring.\n\n".repeat(
      2,
    );
  const look: Look = (findings, draft) => {
    const judged = {
      uri: "untitled:a",
      version: 1,
      languageId: draft.format.id,
      draft,
      lines: lineIndex(draft.text),
      findings,
    };
    for (const finding of findings) {
      for (const { preferred, effect, title } of fixCandidates(judged, finding, true)) {
        if (!preferred || !("fix" in effect)) continue;
        const after = applyEdits(draft.text, effect.fix.edits);
        expect(wordCount(draft.text) - wordCount(after), say(title)).toBeLessThanOrEqual(1);
      }
    }
  };
  lookAt(twice, "markdown", look);
  inAllDrafts(look, 100);
});

test("the title of a fix is one line of at most 70 characters", () => {
  const look: Look = (findings, draft) => {
    for (const finding of findings) {
      for (const fix of [...restorations(draft, findings, finding), ...(finding.fixes ?? [])]) {
        const title = say(fix.title);
        expect(title.length, title).toBeLessThanOrEqual(70);
        expect(title).not.toMatch(/[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\uFFFC]/u);
      }
    }
  };
  inAllDrafts(look);
  for (const lost of [
    "the harbourmaster’s representatives of the neighbouring municipality",
    "the `harbour` office",
  ]) {
    const whole = `The stalls open at nine on every market day, according to ${lost}, and close when the bell rings at four.`;
    const hole = whole.replace(`${lost},`, ",");
    lookAt(`${whole}\n\nIt rained.\n\n${hole}\n`, "markdown", (findings, draft) => {
      expect(findings.some((one) => restorations(draft, findings, one).length > 0)).toBe(true);
      look(findings, draft);
    });
  }
});

test("a mark put where words were lost leaves no stray space beside it", () => {
  inAllDrafts((findings, draft) => {
    // In HTML a space at the end of a line means nothing.
    if (draft.format.id === "html") return;
    const { text } = draft;
    for (const { rule, fixes } of findings) {
      // A block ends before the spaces of its last line, and its rules see no further.
      const isOfBlock = RULES.some(({ id, scope }) => id === rule && scope === "block");
      for (const fix of fixes ?? []) {
        if (!/^(?:Mark|Put|Add)\b/.test(say(fix.title))) continue;
        for (const { start, end, newText } of fix.edits) {
          const before = `${text.slice(0, start)}${newText}`;
          const after = `${newText}${text.slice(end)}`;
          const at = newText.indexOf("TK");
          const made = `${before.slice(0, before.length - newText.length + at)}⟦TK⟧${after.slice(at + 2)}`;
          if (isOfBlock && /^⟦TK⟧[ \t]*(?:[\r\n]|$)/.test(made.slice(made.indexOf("⟦")))) continue;
          expect(made, say(fix.title)).not.toMatch(/⟦TK⟧[ \t]+(?:[\r\n,.;:!?)\]]|$)|⟦TK⟧[ \t]{2}/);
        }
      }
    }
  });
});
