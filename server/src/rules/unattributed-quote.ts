import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import { quotationFrom } from "../draft/quotation.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { messageAbout } from "../text/excerpt.ts";
import { shifted, type Span } from "../text/span.ts";
import { isEnglish } from "../language/english.ts";
import { missingWords } from "./support/placeholder.ts";
import { wording } from "../text/wording.ts";

export const unattributedQuote = draftRule({
  id: "unattributed-quote",
  kind: "credit",
  scope: "draft",
  severity: "hint",
  english: true,
  needsDraft: true,
  summary: "A quotation without a speaker.",
  docs: {
    description:
      "Readers want to know who is speaking. The rule gives a hint for\n\n- a paragraph that is one quotation of at least a full sentence, if neither it nor its neighbours name or mention a speaker\n- a quotation that ends in a comma, with no speaker after it\n- a block quotation or pull quote that ends in a dash and no name\n\nQuotations after a colon, dialogue, interviews, and quotations of a few words are left alone.",
    flagged: [
      {
        text: "The bridge was closed on Monday.\n\n⟦“We will not open it again until the last bolt has been replaced.”⟧\n\nIt was built in 1931.\n",
      },
      { text: "> We will not open it again until the last bolt has been replaced. ⟦—⟧\n" },
    ],
    fine: [
      {
        text: "The bridge was closed on Monday, the mayor said.\n\n“We will not open it again until the last bolt has been replaced.”\n",
      },
      { text: "> We will not open it again until the last bolt has been replaced. — Jane Doe\n" },
      {
        text: "The sign at the gate has one line:\n\n“No entry for anyone who is not a member.”\n",
      },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  for (const placed of withoutSpeaker(draft)) {
    const { block, index, start } = placed;
    const { dash, comma, quotation } = getFacts(block);
    if (dash !== undefined && endsItsQuotation(draft, index)) {
      const says = wording("no name after the dash. Say whose words these are.");
      reports.push(missingWords(draft, placed, dash, ["after"], says, context.placeholder));
      continue;
    }
    if (comma !== undefined && (!comma.atEnd || !draft.blocks[index + 1]?.continues)) {
      const says = wording("nobody is named after the comma. Say who speaks.");
      reports.push(missingWords(draft, placed, comma, ["after", "."], says, context.placeholder));
      continue;
    }
    if (!quotation || isCredited(draft, index)) continue;
    const trimmed = block.prose.text.trim();
    const from = block.prose.text.indexOf(trimmed);
    const span = shifted(
      sourceSpan(block.prose, { start: from, end: from + trimmed.length }),
      start,
    );
    reports.push({
      ...span,
      message: messageAbout(
        quotationFrom(block, from + 1),
        wording("nobody is credited, here or nearby. Say who speaks."),
      ),
    });
  }
  return reports;
}

interface Facts {
  /** The block is one quotation from end to end, of a sentence or more. */
  readonly quotation: boolean;
  /** It contains nothing but an open or continued quotation: part of a longer one. */
  readonly inside: boolean;
  readonly dash?: Span;
  /** A quotation that ends in a comma with nothing after it. */
  readonly comma?: Span & { readonly atEnd: boolean };
}

const NONE: Facts = { quotation: false, inside: false };

/** A block's quotations without a speaker, judged on its own; memoized per block. */
const getFacts = perBlock((block): Facts =>
  !holdsProse(block) || block.kind === "cell" || block.kind === "verse" ? NONE : findFacts(block),
);

const withoutSpeaker = blocksWhere((block) => {
  const { dash, comma, quotation } = getFacts(block);
  return dash !== undefined || comma !== undefined || quotation;
});

/** Words that show that someone speaks, or who. */
const SPEAKS =
  /\b(?:sa(?:id|ys?|ying)|t(?:old|ells?)|ask(?:ed|s)?|add(?:ed|s)|wr(?:ote|ites?|iting|itten)|explain\w*|according to|repl(?:ied|ies)|respon\w+|not(?:ed|es)|argu\w+|warn\w*|recall\w*|insist\w*|claim\w*|announc\w*|tweet\w*|testif\w+|continued|concluded|quot\w+|stat(?:ed|es|ement\w*)|comment\w*|speech|spoke\w*|speak\w*|interview\w*|remark\w*|declar\w+|describ\w+|call(?:ed|s)|prais\w+|urg\w+|joke\w*|shar\w+|observ\w+|discuss\w*|talk\w*|answer\w*|letter|motto|slogan|words?|reads?|testimon\w+|feedback|heard?|mention\w*|reflect\w*|summar\w+|pointed out|emphasi\w+|stress\w+|highlight\w*|acknowledg\w+|recommend\w*|thank\w*|welcom\w+|review\w*|voices?|message\w*|participant\w*|conversation\w*|opinion\w*|I|me|my|he|she|him|her)\b/;

function findFacts(block: Block): Facts {
  const text = block.prose.text.trim();
  if (text === "") return NONE;
  const opens = /^["“]/.test(text);
  const closes = /["”]$/.test(text);
  const marks = text.match(/["“”]/g)?.length ?? 0;
  const inside = opens && (marks === 1 || (closes && marks === 2));
  const quotation =
    block.kind === "paragraph" &&
    block.listDepth === 0 &&
    block.quoteDepth === 0 &&
    inside &&
    closes &&
    /[.!?]["”]$/.test(text) &&
    /^["“]\p{Lu}/u.test(text) &&
    text.split(/\s+/, 9).length > 8 &&
    isEnglish(block);
  const dash = dashAtEnd(block);
  const comma = commaAtEnd(block);
  return {
    quotation,
    inside,
    ...(dash === undefined ? {} : { dash }),
    ...(comma === undefined ? {} : { comma }),
  };
}

/** A dash after the words of a quotation, with nothing behind it. */
function dashAtEnd(block: Block): Span | undefined {
  const text = block.prose.text;
  const match = /[.!?…"”’]\s?((?:[—–―]|--?)\s*)$/u.exec(text.slice(-12));
  if (match === null) return undefined;
  // Outside a block quotation, only quotation marks show that these are someone's words.
  if (
    block.quoteDepth === 0 &&
    !(/^\s*["“]/.test(text) && /["”]\s?[-—–―]+\s*$/.test(text.slice(-12)))
  )
    return undefined;
  const end = text.trimEnd().length;
  return { start: end - (match[1] ?? "").trimEnd().length, end };
}

const QUOTED = /["“](\p{Lu}[^"“”]{24,1000},)["”](?=\s*$|\s+["“]?\p{Lu})/gu;

/** A quotation of some length that ends in a comma, before the end of the paragraph or a new sentence. */
function commaAtEnd(block: Block): (Span & { readonly atEnd: boolean }) | undefined {
  const text = block.prose.text;
  if (block.kind !== "paragraph" || !/,["”]/.test(text)) return undefined;
  for (const match of text.matchAll(QUOTED)) {
    const end = match.index + match[0].length;
    const quoted = (match[1] ?? "").split(/\s+/);
    // A title has a capital on every important word.
    const small = quoted.filter((word) => /^\p{Ll}/u.test(word)).length;
    if (quoted.length < 8 || small < quoted.length * 0.6) continue;
    const after = text.slice(end, end + 80);
    if (after.trim() !== "" && !isNewSentence(after)) continue;
    if (!isEnglish(block)) return undefined;
    return { start: end - 2, end, atEnd: after.trim() === "" };
  }
  return undefined;
}

/** Whether a quotation is followed by a new sentence, and not by the name of the speaker. */
function isNewSentence(after: string): boolean {
  return (
    /^\s+["“]|^\s+(?:The|A|An|This|That|These|Those|It|There|In|On|At|But|And|When|While|If|As|For|Since|After|Before)\s/.test(
      after,
    ) && !SPEAKS.test(after)
  );
}

/** Whether the block is the last of its block quotation, with no name on the lines after it. */
function endsItsQuotation(draft: Draft, index: number): boolean {
  const block = draft.blocks[index];
  const next = draft.blocks[index + 1];
  if (next === undefined || block === undefined) return true;
  if (next.continues || next.kind === "cell") return false;
  if (block.quoteDepth > 0 && next.quoteDepth > 0) return false;
  // A short line right after it is the name.
  const text = next.prose.text.trim();
  return !holdsProse(next) || next.kind === "heading" || text.split(/\s+/, 13).length > 12;
}

/** Whether the quotation is part of a longer one, or the neighbouring paragraphs name the speaker. */
function isCredited(draft: Draft, index: number): boolean {
  // Several in a row are a longer quotation, dialogue, or examples.
  if (isInside(draft, index - 1) || isInside(draft, index + 1)) return true;
  return speaks(draft.blocks[index - 1], true) || speaks(draft.blocks[index + 1], false);
}

function isInside(draft: Draft, index: number): boolean {
  const block = draft.blocks[index];
  return block !== undefined && getFacts(block).inside;
}

function speaks(block: Block | undefined, isBefore: boolean): boolean {
  if (block === undefined) return true;
  if (!holdsProse(block) || block.kind !== "paragraph" || block.quoteDepth > 0) return true;
  const text = block.prose.text.trim();
  if (SPEAKS.test(text)) return true;
  if (isBefore) return !/[.!?]["”’)]?$/.test(text) || block.listDepth > 0;
  // A short line, or one that starts with a dash, is the name.
  return /^[-—–―(]/.test(text) || (text.split(/\s+/, 9).length < 9 && !/[.!?]$/.test(text));
}
