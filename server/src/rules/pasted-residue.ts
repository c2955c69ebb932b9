import { deletionFix } from "../deletion/deletion.ts";
import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import type { Fix, Report } from "../draft/finding.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { sourceSpan } from "../draft/prose.ts";
import { declaredLanguage } from "../language/declared.ts";
import { getSentences } from "../language/sentences.ts";
import { beginning, messageAbout } from "../text/excerpt.ts";
import { matchSpans, shifted, type Span } from "../text/span.ts";
import { draftRule } from "./rule.ts";
import { markedAddresses, RESIDUE_PATTERNS } from "./support/assistant-residue.ts";
import { wordEnd, wordStart } from "./support/unmatched-marks.ts";
import { type Wording, wording } from "../text/wording.ts";

export const pastedResidue = draftRule({
  id: "pasted-residue",
  kind: "leftover",
  scope: "draft",
  severity: "warning",
  english: false,
  summary: "What a paste from a chat, an email, a word processor or a web page leaves in the text.",
  docs: {
    description:
      "A paste can bring more than the words. The rule flags\n\n- what an assistant leaves: its marks for sources (“turn0search0”, “oaicite”, “oai_citation”), “As an AI language model”, an opening such as “Sure! Here is”, and “utm_source=chatgpt.com” in an address\n- “Sent from my phone”\n- a word processor’s `<o:p>`, `mso-` and `MsoNormal`, once in each paragraph\n- “Click to expand” outside a `<summary>`, and a banner that asks about cookies\n- invisible characters inside words of Latin, Greek or Cyrillic letters, which keep a search from finding the word\n\nCode, quoted words, scripts that need joiners, the non-joiner that keeps letters of a German word apart, and emoji are left alone.",
    flagged: [
      { text: "The bridge cost two million. ⟦citeturn0search0⟧ It opens in May.\n" },
      { text: "See [the report](https://example.org/report?⟦utm_source=chatgpt.com⟧).\n" },
      { text: "⟦Sure! Here is a shorter version:⟧\n\nThe bridge opens in May.\n" },
      { text: "The bridge opens in May.\n\n⟦Sent from my iPhone⟧\n" },
      { text: "The bridge opens in May.⟦<o:p>⟧</o:p>\n" },
    ],
    fine: [
      { text: "“As an AI language model,” it wrote, and `turn0search0` was in the log.\n" },
      {
        text: "<details>\n<summary>Click to expand</summary>\n\nThe bridge opens in May.\n\n</details>\n",
      },
    ],
  },
  options: {},
  check,
});

const OF_ASSISTANT = wording(
  "this is left over from an assistant’s answer. Cut it, and check the words around it.",
);
const OF_MAIL = wording("this is left over from an email. Cut it, and check the words around it.");
const OF_PAGE = wording(
  "this is left over from a web page. Cut it, and check the words around it.",
);
const OF_WORD_PROCESSOR = wording(
  "this is left over from a word processor. Cut it, and check the words around it.",
);

/** Something left over, in UTF-16 units of the block's source, and what should be cut with it. */
interface Residue extends Span {
  readonly says: Wording;
  readonly cut: Span;
  /** It is the whole block. */
  readonly isAll?: true;
}

function check(draft: Draft): readonly Report[] {
  return withAny(draft).flatMap(({ block, start }) =>
    [
      ...markedAddresses(block).map(({ edit, ...span }) => ({
        ...shifted(span, start),
        message: wording(
          "This address says that it came from an assistant. Remove the mark, and check that the page exists.",
        ),
        fixes: [
          {
            title: wording("Remove the assistant’s mark from the address"),
            safe: true,
            edits: [shifted(edit, start)],
          },
        ],
      })),
      ...byWord(block, hiddenIn(draft, block)).map((spans) => hidden(block, spans, start)),
      ...findResidues(block)
        .filter((one) => !isLabel(draft, block, start, one))
        .map((one) => left(draft, block, one, start)),
    ].sort((a, b) => a.start - b.start),
  );
}

function left(draft: Draft, block: Block, residue: Residue, blockStart: number): Report {
  const words = block.source.slice(residue.start, residue.end);
  const span = shifted({ start: residue.cut.start, end: residue.cut.end }, blockStart);
  const isWords = /\s/.test(words);
  const title = wording("Cut it");
  const cut: Fix = isWords
    ? deletionFix({ title, draft, span })
    : { title, safe: false, preferred: true, edits: [{ ...span, newText: "" }] };
  return {
    ...shifted({ start: residue.start, end: residue.end }, blockStart),
    message: messageAbout((most) => beginning(words, most), residue.says),
    fixes: [cut],
  };
}

/** Places in order, with those of one word combined. */
function byWord({ source }: Block, spans: readonly Span[]): readonly Span[][] {
  const words: Span[][] = [];
  for (const span of spans) {
    const word = words.at(-1);
    const last = word?.at(-1);
    if (word !== undefined && !/\s/.test(source.slice(last?.end, span.start))) word.push(span);
    else words.push([span]);
  }
  return words;
}

function hidden(block: Block, spans: readonly Span[], blockStart: number): Report {
  const { source } = block;
  const start = spans[0]?.start ?? 0;
  const end = spans.at(-1)?.end ?? start;
  const word = {
    start: wordStart(source, start),
    end: wordEnd(source.slice(0, end + LONGEST_WORD), end),
  };
  return {
    ...shifted(word, blockStart),
    message: messageAbout(
      (most) => beginning(source.slice(word.start, word.end).replace(HIDDEN, ""), most),
      wording("there is an invisible character in this word. Cut it."),
    ),
    fixes: [
      {
        title: wording("Cut the invisible character"),
        safe: false,
        preferred: true,
        edits: spans.map((span) => ({ ...shifted(span, blockStart), newText: "" })),
      },
    ],
  };
}

/** How much of a word after the place is read, in UTF-16 units. */
const LONGEST_WORD = 40;

/** Zero-width spaces and joiners, and byte order marks. */
const HIDDEN = /[\u200B-\u200D\u2060\uFEFF]+/g;
const LETTER = /[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}]/u;

/** Invisible characters inside a word by mistake. In German a non-joiner keeps parts of a word apart (“Auf‌lage”). */
function hiddenIn(draft: Draft, block: Block): readonly Span[] {
  const hidden = betweenLetters(block);
  const others = hidden.filter(({ start, end }) => block.source.slice(start, end) !== "\u200C");
  return others.length < hidden.length && isGermanIn(draft, block) ? others : hidden;
}

/** Whether a block is in German: as the draft declares, by its words or, if it is short, by those of other blocks. */
function isGermanIn(draft: Draft, block: Block): boolean {
  const declared = declaredIn(draft);
  if (declared !== undefined) return /^(?:de|deu|ger|gsw|nds)(?:[-_]|$)/i.test(declared);
  const isShort = block.prose.text.length <= SHORT;
  return isGerman(block) || (isShort && draft.blocks.some(isGerman));
}

const declaredIn = memoizeOn<Draft>()(declaredLanguage);

/** With fewer UTF-16 units, such as a heading, the language can't be judged. */
const SHORT = 60;

const isGerman = perBlock(({ prose: { text } }): boolean => {
  const words = text.match(
    /(?<!\p{L})(?:der|die|das|den|dem|und|ist|nicht|eine?|auf|mit|für|von|zu|im)(?!\p{L})/giu,
  );
  return new Set(words?.map((word) => word.toLowerCase())).size >= 2;
});

/** Invisible characters between two letters that don't need any; memoized per block. */
const betweenLetters = perBlock((block): readonly Span[] => {
  const { source } = block;
  if (!holdsProse(block)) return [];
  const between = matchSpans(source.matchAll(HIDDEN)).filter(
    ({ start, end }) => LETTER.test(source.charAt(start - 1)) && LETTER.test(source.charAt(end)),
  );
  return between.length === 0 ? between : outsideOfMarks(block, between);
});

/** In prose: in a sentence, at the beginning of a block, or all of it. */
const INLINE = new RegExp(RESIDUE_PATTERNS.join("|"), "gu");
const OPENING =
  /^(?:Sure(?: thing)?|Certainly|Of course|Absolutely)(?:! (?:Here(?:['’]s| is| are)|I(?:['’]d| would| can| will|['’]ll))|[,.] [Hh]ere(?:['’]s| is| are) (?:an?|the|your|some) (?:\w+ ){0,3}(?:version|draft|text|article|summary|outline|list|translation|post|paragraph)) /;
const ALL: readonly (readonly [RegExp, Wording])[] = [
  [
    /^Sent from my (?:iPhone|iPad|Android|Galaxy|Samsung|BlackBerry|Huawei|mobile|phone|tablet)[^.\n]{0,30}\.?$/i,
    OF_MAIL,
  ],
  [/^-{2,}[ ]?(?:Original|Forwarded) message[ ]?-{2,}$/i, OF_MAIL],
  [/^(?:Click|Tap) to expand(?:\.{3}|…|!)?$/i, OF_PAGE],
  [/^Accept (?:all )?cookies$/i, OF_PAGE],
  [
    /^(?:We|This (?:web)?site|Our (?:web)?site) uses? cookies\b(?=[^\n]{0,300}(?:Accept (?:all|cookies)|By (?:continuing|clicking)|Got it))/i,
    OF_PAGE,
  ],
  [/^(?:ChatGPT said:|Regenerate response)$/, OF_ASSISTANT],
];
/** In markup: empty tags of its own, styles, classes. */
const OFFICE = /<o:p\b[^<>]{0,20}>|\bmso-[a-z-]{2,40}(?=\s?:)|(?<=class=["']?)Mso[A-Z]\w{1,30}/g;

/** A cheap test that skips most blocks. */
const ANY =
  /turn\d|oaicite|oai_citation|language model|^\W*(?:Sure|Certainly|Of course|Absolutely)|sent from my|message ?--|to expand|cookies|ChatGPT said|Regenerate|<o:p|mso-|Mso/i;

/** What is left over in a block, by place; memoized per block. */
const findResidues = perBlock((block): readonly Residue[] => {
  if (!holdsProse(block) || !ANY.test(block.source)) return [];
  const { prose } = block;
  const found: Residue[] = [];
  const text = prose.text.trimEnd();
  const sentences = getSentences(block);
  const quotations = matchSpans(text.matchAll(QUOTATIONS));
  let at = 0;
  let next = 0;
  for (const { 0: words, index: start } of text.matchAll(INLINE)) {
    const end = start + words.length;
    const before = text.charAt(start - 1);
    while ((quotations[next]?.end ?? Infinity) < end) next++;
    if ((quotations[next]?.start ?? Infinity) < start) continue;
    if (/["“'‘]/.test(before) || /["”'’]/.test(text.charAt(end))) continue;
    while ((sentences[at]?.end ?? Infinity) < end) at++;
    const mark = { start: before === " " ? start - 1 : start, end };
    const cut = words.includes(" ") ? (sentences[at] ?? mark) : mark;
    found.push({
      ...sourceSpan(prose, { start, end }),
      says: OF_ASSISTANT,
      cut: sourceSpan(prose, cut),
    });
  }
  if (OPENING.test(text)) {
    const span = sourceSpan(prose, findOpening(block));
    found.push({ ...span, cut: span, says: OF_ASSISTANT });
  }
  const says = ALL.find(([pattern]) => pattern.test(text))?.[1];
  if (says !== undefined) {
    const span = sourceSpan(prose, { start: 0, end: text.length });
    found.push({ ...span, cut: span, says, isAll: true });
  }
  const office = matchSpans(block.source.matchAll(OFFICE));
  for (const span of outsideOfMarks(block, office).slice(0, 1)) {
    found.push({ ...span, cut: officeCut(block.source, span), says: OF_WORD_PROCESSOR });
  }
  return found.sort((a, b) => a.start - b.start);
});

/** Quotations that are closed, in which an assistant's words are mentioned. A straight mark after a figure means inches. */
const QUOTATIONS = /(?<![\p{L}\p{N}])"[^"]*"|“[^“”]*”|„[^„“”]*[“”]|«[^«»]*»|»[^«»]*«/gu;

/** What an assistant says before its answer: the first sentence, and the second if the first only agrees. */
function findOpening(block: Block): Span {
  const [first, second] = getSentences(block);
  const agrees = /^\S+(?: \S+)?[!.]\s*$/.test(block.prose.text.slice(0, first?.end));
  const end = agrees ? second?.end : first?.end;
  const text = block.prose.text.slice(0, end ?? block.prose.text.length);
  return { start: 0, end: text.trimEnd().length };
}

/** The rest of a declaration, with its own quotation marks; the attribute's mark ends it. */
const VALUE = /^(?:&quot;[^;"'<>&]{0,60}&quot;|"[^"<>;:]{0,60}"(?=[;,'])|[^;"'<>&])*(?:;\s?)?/;

/** Empty tags are cut as a pair, a style with its value, a single class with its attribute. */
function officeCut(source: string, { start, end }: Span): Span {
  const after = source.slice(end, end + 200);
  if (source.startsWith("<", start)) {
    const [pair = ""] = /^(?:\s|&nbsp;)*<\/o:p>/.exec(after) ?? [];
    return { start, end: end + pair.length };
  }
  const before = source.slice(Math.max(0, start - 10), start);
  const [attribute, quote = ""] = /\sclass=(["']?)$/.exec(before) ?? [];
  if (attribute !== undefined && /^["'\s>]/.test(after) && source.startsWith(quote, end))
    return { start: start - attribute.length, end: end + quote.length };
  const [value = ""] = source.startsWith("mso-", start) ? (VALUE.exec(after) ?? []) : [];
  return { start, end: end + value.length };
}

/** Those of a block's spans, in order, that are not in code or in the address of a link. */
function outsideOfMarks<S extends Span>({ marks }: Block, spans: readonly S[]): S[] {
  const hidden = marks.flatMap(({ kind, start, end, text }): Span[] => {
    if (kind === "code") return [{ start, end }];
    return text === undefined ? [] : [{ start: text.end, end }];
  });
  hidden.sort((a, b) => a.start - b.start);
  let next = 0;
  let covered = 0;
  return spans.filter(({ start }) => {
    for (let one = hidden[next]; one !== undefined && one.start <= start; one = hidden[++next]) {
      covered = Math.max(covered, one.end);
    }
    return covered <= start;
  });
}

/** Whether it is a heading, or the label of something that a reader opens. */
function isLabel(
  { text, format }: Draft,
  block: Block,
  start: number,
  { isAll }: Residue,
): boolean {
  if (isAll === undefined) return false;
  if (block.kind === "heading" && !format.markup.guessesHeadings) return true;
  return /<summary[^<>]{0,200}>\s{0,20}$/i.test(text.slice(Math.max(0, start - 240), start));
}

const withAny = blocksWhere(
  (block) =>
    markedAddresses(block).length > 0 ||
    betweenLetters(block).length > 0 ||
    findResidues(block).length > 0,
);
