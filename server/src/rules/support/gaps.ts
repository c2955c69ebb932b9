import type { Block } from "../../draft/draft.ts";
import type { Fix, Report } from "../../draft/finding.ts";
import type { Edit } from "../../text/edits.ts";
import { sourceSpan } from "../../draft/prose.ts";
import type { RuleContext } from "../rule.ts";
import type { Span } from "../../text/span.ts";
import { mayStandForWords } from "../../formats/support/between-words.ts";
import { findGaps, isStranded, type Gap } from "../../missing/find.ts";
import { isClosingMark } from "../../missing/marks.ts";
import { trainedModel } from "../../missing/trained.ts";
import {
  isWordlike,
  lowerText,
  spaceBefore,
  TokenKind,
  getTokens,
  tokenText,
  type Tokens,
} from "../../language/tokens.ts";
import { beginning, HOLE, type Quote } from "../../text/excerpt.ts";
import { type Wording, wording } from "../../text/wording.ts";
import { quotationAround } from "../../draft/quotation.ts";
import { markLoss } from "./placeholder.ts";
import { isAnyOf, WordClass } from "../../language/word-classes.ts";

/** The gaps of one kind in a block, as reports. Each gap is of one kind, so no two rules report it. */
export function toReports(
  block: Block,
  kind: Gap["kind"],
  context: RuleContext,
  toMessage: (tokens: Tokens, gap: Gap, quote: Quote) => Wording,
): Report[] {
  const model = trainedModel();
  const steps = model.thresholds[context.sensitivity];
  const reports: Report[] = [];
  const tokens = getTokens(block);
  for (const gap of findGaps(block, model)) {
    if (gap.kind !== kind) continue;
    if (holdsMarkup(block, tokens, gap)) continue;
    const { start, end } = sourceSpan(block.prose, toSpan(tokens, gap));
    reports.push({
      start,
      end,
      message: toMessage(tokens, gap, toQuote(block, tokens, gap)),
      odds: {
        ...{ score: gap.score, phrase: gap.phrase, steps },
        ...(isMereSpace(tokens, gap) ? { isMereSpace: true } : {}),
      },
      fixes: fixesFor(block, tokens, gap, context.placeholder),
    });
  }
  return reports;
}

/** Whether the source has markup in the gap that may supply words: a tag, a template's value. */
function holdsMarkup(block: Block, tokens: Tokens, { left, right }: Gap): boolean {
  for (let at = left + 1; at <= right; at++) {
    const start = at > 0 ? (tokens.ends[at - 1] ?? 0) : 0;
    const end = tokens.starts[at] ?? tokens.text.length;
    const { start: from } = sourceSpan(block.prose, { start, end: start });
    // Up to the start of the next word, because markup may be on either side of the space before it.
    const to =
      at < tokens.count
        ? sourceSpan(block.prose, { start: end, end: end + 1 }).start
        : block.source.length;
    if (mayStandForWords(block.source.slice(from, to))) return true;
  }
  return false;
}

/** The span of the words on both sides, in the block's prose. */
function toSpan(tokens: Tokens, { left, right }: Gap): Span {
  const first = Math.max(left, 0);
  const last = Math.min(right, tokens.count - 1);
  return { start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 };
}

/** The words around a gap, with the holes shown; unchanged if a space is the only sign of one. */
function toQuote(block: Block, tokens: Tokens, gap: Gap): Quote {
  if (isMereSpace(tokens, gap)) return quotationAround(block, toSpan(tokens, gap));
  const from = firstHole(gap);
  let focus = "";
  for (let right = from; right <= gap.right; right++) {
    if (right > from) focus += tokenText(tokens, right - 1);
    const { before, after } = spacesAround(tokens, right);
    focus += before + HOLE + after;
  }
  const start = tokens.ends[from - 1] ?? 0;
  const end = tokens.starts[gap.right] ?? tokens.text.length;
  return quotationAround(block, { start, end }, focus);
}

/** The token after the first hole of a gap. */
export function firstHole({ left, right }: Gap): number {
  return Math.max(left + 1, right - 1);
}

/**
 * Whether the only sign of the gap is a space before a punctuation mark, after a word that needs nothing after it: “the
 * mayor , who”. The space may be one too many, or all that is left of a name.
 */
export function isMereSpace(tokens: Tokens, { left, right, kind }: Gap): boolean {
  if (kind !== "fragment" || right - left > 1 || left < 0 || right >= tokens.count) return false;
  if (!isClosingMark(tokens.kinds[right]) || !spaceBefore(tokens, right)) return false;
  return isWordlike(tokens.kinds[left]) && !isAnyOf(lowerText(tokens, left), NEEDS_MORE);
}

/** After these a word is missing, whatever precedes the mark. */
const NEEDS_MORE =
  WordClass.determiner |
  WordClass.possessive |
  WordClass.preposition |
  WordClass.coordinator |
  WordClass.subordinator |
  WordClass.subjectPronoun |
  WordClass.auxiliary;

/** The words on both sides of a gap. */
export function sides(tokens: Tokens, { left, right }: Gap): { before: string; after: string } {
  return { before: tokenText(tokens, left), after: tokenText(tokens, right) };
}

function fixesFor(block: Block, tokens: Tokens, gap: Gap, placeholder: string): Fix[] {
  const fixes = [placeholderFor(block, tokens, gap, placeholder)];
  const space = isMereSpace(tokens, gap) ? spaceFor(block, tokens, gap) : undefined;
  if (space !== undefined) fixes.push(space);
  // No cut for an attribution: the shortened one would read as if nothing were missing.
  const cut = gap.kind === "fragment" ? cutFor(block, tokens, gap) : undefined;
  if (cut !== undefined) fixes.push(cut);
  return fixes;
}

/** The fix that inserts the placeholder in the gap; twice around a word with gaps on both sides. */
function placeholderFor(block: Block, tokens: Tokens, gap: Gap, placeholder: string): Fix {
  const edits: Edit[] = [];
  const stops: Span[] = [];
  for (let right = firstHole(gap); right <= gap.right; right++) {
    const { edit, at } = placed(block, tokens, right, placeholder);
    edits.push(edit);
    stops.push({ start: at, end: at + placeholder.length });
  }
  return { title: markLoss(placeholder), safe: false, kind: "placeholder", edits, stops };
}

/** The spaces that words inserted between two tokens need on their sides. */
function spacesAround(tokens: Tokens, right: number): { before: string; after: string } {
  const left = right - 1;
  const opens =
    left < 0 ||
    tokens.kinds[left] === TokenKind.openBracket ||
    tokens.kinds[left] === TokenKind.openQuote;
  const kind = tokens.kinds[right];
  const goesOn = right < tokens.count && (left < 0 ? !isClosingMark(kind) : needsSpace(kind));
  return { before: opens ? "" : " ", after: goesOn ? " " : "" };
}

/** The fix that closes the space before a punctuation mark. A guess: the space may be all that is left of a name. */
function spaceFor(block: Block, tokens: Tokens, { left, right }: Gap): Fix | undefined {
  const start = tokens.ends[left] ?? 0;
  const space = sourceSpan(block.prose, { start, end: tokens.starts[right] ?? start });
  // Markup between the two stays where it is.
  if (!/^[^\S\r\n]+$/.test(block.source.slice(space.start, space.end))) return undefined;
  return { title: wording("Close the space"), safe: false, edits: [{ ...space, newText: "" }] };
}

/** The edit that inserts the placeholder before a token, with spaces where needed, and its offset in the new text. */
function placed(
  block: Block,
  tokens: Tokens,
  right: number,
  placeholder: string,
): { readonly edit: Edit; readonly at: number } {
  const left = right - 1;
  const from = tokens.ends[left] ?? 0;
  const to = tokens.starts[right] ?? tokens.text.length;
  const { before, after } = spacesAround(tokens, right);
  const space = sourceSpan(block.prose, { start: from, end: to });
  // Markup between the words stays where it is.
  const plain = to > from && block.source.slice(space.start, space.end).trim() === "";
  // At the start, a space may be left over from a comment or an empty link. The placeholder follows it.
  const at = left < 0 ? sourceSpan(block.prose, { start: to, end: to + 1 }).start : space.start;
  const end = afterBlanks(block.source, at);
  const edit =
    left >= 0 && plain
      ? { start: space.start, end: space.end, newText: before + placeholder + after }
      : right >= tokens.count
        ? { start: at, end, newText: before + placeholder }
        : left < 0 || from < to
          ? { start: at, end, newText: before + placeholder + (left < 0 ? after : "") }
          : { start: at, end: at, newText: before + placeholder + after };
  return { edit, at: before.length };
}

/** The end of the spaces and tabs that would be stray next to a mark: all at a line's end, elsewhere all but one. */
function afterBlanks(source: string, at: number): number {
  const blanks = /[ \t]*(?=[\r\n]|$)|[ \t]+(?=[ \t])/y;
  blanks.lastIndex = at;
  return blanks.test(source) ? blanks.lastIndex : at;
}

function needsSpace(kind: number | undefined): boolean {
  return (
    isWordlike(kind) ||
    kind === TokenKind.openBracket ||
    kind === TokenKind.openQuote ||
    kind === TokenKind.dash
  );
}

/** The fix that deletes the stranded function words, with the comma before them: "the bank, or the ." */
function cutFor(block: Block, tokens: Tokens, { right }: Gap): Fix | undefined {
  const kind = tokens.kinds[right];
  if (right < tokens.count && isWordlike(kind)) return undefined;
  let first = right;
  while (first > 0 && isStranded(tokens, first - 1, tokenText(tokens, first - 1).toLowerCase()))
    first--;
  if (first === right || first === 0) return undefined;
  const marks = kind === TokenKind.period || kind === TokenKind.comma;
  if (marks && tokens.kinds[first - 1] === TokenKind.comma) first--;
  if (first === 0) return undefined;
  const span = sourceSpan(block.prose, {
    start: tokens.ends[first - 1] ?? 0,
    end: tokens.starts[right] ?? tokens.text.length,
  });
  // Of an element that is left empty it might take one tag.
  if (block.source.slice(span.start, span.end).includes("<")) return undefined;
  const words = tokens.text.slice(tokens.starts[first], tokens.ends[right - 1]);
  return {
    title: wording("Cut “{0}”", beginning(words, MAX_TITLE_WORDS)),
    safe: false,
    edits: [{ ...span, newText: right < tokens.count && needsSpace(kind) ? " " : "" }],
  };
}

/** How much of the deleted text a title shows. */
const MAX_TITLE_WORDS = 40;
