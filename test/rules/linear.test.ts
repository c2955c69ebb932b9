import { describe, expect, test } from "vitest";
import type { DraftRule, BlockRule } from "../../server/src/core/rule.ts";
import { cutOff } from "../../server/src/rules/cut-off.ts";
import { emptyCredit } from "../../server/src/rules/empty-credit.ts";
import { emptyLink } from "../../server/src/rules/empty-link.ts";
import { emptySection } from "../../server/src/rules/empty-section.ts";
import { leftoverPlaceholder } from "../../server/src/rules/leftover-placeholder.ts";
import { repeatedWord } from "../../server/src/rules/repeated-word.ts";
import { unattributedQuote } from "../../server/src/rules/unattributed-quote.ts";
import { unclosedBracket } from "../../server/src/rules/unclosed-bracket.ts";
import { unclosedQuote } from "../../server/src/rules/unclosed-quote.ts";
import { DEFAULT_SETTINGS } from "../../server/src/core/settings.ts";
import type { Block, Draft } from "../../server/src/core/draft.ts";
import { verbatim } from "../../server/src/core/prose.ts";
import { processorTime } from "../support/work.ts";

const RULES: readonly (DraftRule | BlockRule)[] = [
  cutOff,
  emptyCredit,
  emptyLink,
  emptySection,
  leftoverPlaceholder,
  repeatedWord,
  unattributedQuote,
  unclosedBracket,
  unclosedQuote,
];

/** What could make a rule look at the same stretch again and again. */
const PIECES = [
  "(",
  ")",
  "[",
  "((a) ",
  "a) ",
  ":( ",
  '"',
  '" ',
  "“a ",
  "a” ",
  "« a ",
  "»",
  "„a ",
  "‘",
  "''",
  "it it a ",
  "the the ",
  "what it is is ",
  "a ",
  "etc. ",
  "... ",
  "… ",
  "TK ",
  "TK",
  "XXX ",
  "[insert a",
  "[link] ",
  "<<<<<<< a\n",
  "=======\n",
  ">>>>>>> a\n",
  "Photo by ",
  "(photo by) ",
  "Source: ",
  "By ",
  "“A b c d e f g h,” ",
  "[a][b] ",
  "[^1] ",
  "[](b) ",
  "# a\n",
  "- \n",
  "   ",
  "\n",
  "\u2014 ",
  '5" ',
  "{",
  "import a from ",
  "TODO: ",
];

const LENGTH = 200_000;

describe("the small rules", () => {
  test.each(RULES.map((rule) => [rule.id, rule] as const))(
    "%s takes time in proportion to the text",
    (_id, rule) => {
      for (const piece of PIECES) {
        const text = piece.repeat(Math.ceil(LENGTH / piece.length));
        const draft = asOneParagraph(text);
        const taken = processorTime(() => {
          if (rule.scope === "draft") rule.check(draft, {}, DEFAULT_SETTINGS);
          else for (const block of draft.blocks) rule.check(block, {}, DEFAULT_SETTINGS);
        });
        // It takes less than 200; a quadratic look at this much text takes tens of thousands.
        expect(taken, JSON.stringify(piece)).toBeLessThan(2500);
      }
    },
  );

  test.each(RULES.map((rule) => [rule.id, rule] as const))(
    "%s takes time in proportion to the paragraphs",
    (_id, rule) => {
      for (const source of [
        "“A sentence of a few words, and then some more.”",
        "# A",
        "“Open",
        "TK",
        "<<<<<<< a",
        "-",
        "By",
      ]) {
        const count = 20_000;
        const block = paragraph(source, source.startsWith("#") ? "heading" : "paragraph");
        const draft: Draft = {
          text: `${source}\n\n`.repeat(count),
          format: "markdown",
          blocks: Array.from({ length: count }, () => block),
          starts: Array.from({ length: count }, (_, index) => index * (source.length + 2)),
        };
        const taken = processorTime(() => {
          if (rule.scope === "draft") rule.check(draft, {}, DEFAULT_SETTINGS);
        });
        expect(taken, source).toBeLessThan(2500);
      }
    },
  );
});

function asOneParagraph(text: string): Draft {
  return { text, format: "markdown", blocks: [paragraph(text, "paragraph")], starts: [0] };
}

function paragraph(source: string, kind: "paragraph" | "heading"): Block {
  return {
    kind,
    source,
    prose: verbatim(source),
    marks: [],
    level: kind === "heading" ? 1 : 0,
    listDepth: 0,
    quoteDepth: 0,
    startsItem: false,
    continues: false,
  };
}
