import { wordSet } from "../text/word-set.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Span } from "../text/span.ts";
import * as scripts from "./scripts.ts";
import { TokenKind, tokenText, getTokens, type Tokens } from "./tokens.ts";

/** The sentences of a block's prose, in UTF-16 offsets of the prose, without the white space between them. */
export const getSentences = perBlock((block): readonly Span[] => splitSentences(getTokens(block)));

/** The sentences of a text, by its tokens. */
export function splitSentences(tokens: Tokens): readonly Span[] {
  const sentences: Span[] = [];
  let first = 0;
  let last = -1;
  let start = 0;
  for (let at = 0; at < tokens.count; at++) {
    if (at < first || !mayEnd(tokens, at)) continue;
    // A row of marks is walked through once, not again for each of them that ends no sentence.
    if (at > last) {
      last = at;
      while (last + 1 < tokens.count && closes(tokens, last + 1)) last++;
      start = last + 1;
      while (start < tokens.count && opens(tokens, start)) start++;
    }
    if (start < tokens.count && !mayStart(tokens, at, last + 1, start)) continue;
    sentences.push(toSpan(tokens, first, last));
    first = last + 1;
  }
  if (first < tokens.count) sentences.push(toSpan(tokens, first, tokens.count - 1));
  return sentences;
}

function toSpan(tokens: Tokens, first: number, last: number): Span {
  return { start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 };
}

/** Whether a token may be the mark that ends a sentence; an abbreviation has its own. */
export function mayEnd(tokens: Tokens, at: number): boolean {
  switch (tokens.kinds[at]) {
    case TokenKind.period:
    case TokenKind.question:
    case TokenKind.exclamation:
    case TokenKind.ellipsis:
      return true;
    case TokenKind.word:
      return tokens.text.charCodeAt((tokens.ends[at] ?? 0) - 1) === 0x2e;
    default:
      return false;
  }
}

/** Whether a token still belongs to the sentence that ended before it: a closing quote or bracket, another end mark. */
function closes(tokens: Tokens, at: number): boolean {
  switch (tokens.kinds[at]) {
    case TokenKind.closeQuote:
    case TokenKind.closeBracket:
    case TokenKind.question:
    case TokenKind.exclamation:
    case TokenKind.period:
    case TokenKind.ellipsis:
      return true;
    default:
      return false;
  }
}

/** Words that start a sentence far more often than they follow an abbreviation in a name. */
const STARTERS = wordSet(
  "the a an this that these those it its he she they we you i his her their our my your there here in on at for " +
    "with by from as but and or so yet if when while after before since although though because however " +
    "what who how why where which many most some all both each no not one two",
);

const TITLES =
  /^(?:mr|mrs|ms|dr|prof|rev|hon|sen|rep|gov|gen|lt|col|capt|cmdr|sgt|maj|adm|pres|st|mt|ft|vs|cf|e\.g|i\.e|no|nos|fig|figs|vol|pp|supt|atty|messrs|approx)\.$/i;

function opens({ kinds }: Tokens, at: number): boolean {
  return kinds[at] === TokenKind.openQuote || kinds[at] === TokenKind.openBracket;
}

/** Whether a sentence that ends with the token `end` may be followed by the token `at`, with what opens from `next` on. */
function mayStart(tokens: Tokens, end: number, next: number, at: number): boolean {
  const text = tokenText(tokens, at);
  const kind = tokens.kinds[at];
  if (tokens.kinds[end] === TokenKind.word) {
    const abbreviation = tokenText(tokens, end);
    if (TITLES.test(abbreviation)) return false;
    if (/^\p{Lu}\.$/u.test(abbreviation)) return false;
    if (kind !== TokenKind.word || !/^\p{Lu}/u.test(text)) return false;
    return (
      at > next || STARTERS.has(text.toLowerCase()) || /^(?:etc|[ap]\.m)\.$/i.test(abbreviation)
    );
  }
  if (kind === TokenKind.word) return !scripts.startsSmall(text);
  if (kind === TokenKind.number || kind === TokenKind.mask || kind === TokenKind.code)
    return tokens.kinds[end] !== TokenKind.ellipsis || kind !== TokenKind.number;
  return at > next || kind === TokenKind.dash || kind === TokenKind.symbol;
}

const TRAILING_MARKUP = new Set(`*_~"'”’)]}»›\`${scripts.CLOSING}${scripts.CLOSING_BRACKETS}`);
const LEADING_MARKUP = new Set(`*_~"'“‘([{«‹\`¿¡${scripts.OPENING}${scripts.OPENING_BRACKETS}`);
const FOREIGN_ENDS = new Set(scripts.STOPS + scripts.QUESTIONS + scripts.EXCLAMATIONS);

/** Whether a line's last words end a sentence, whatever quotes, brackets and markup close after them. */
export function endsSentence(line: string): boolean {
  let end = line.trimEnd().length;
  for (let rounds = 0; rounds < 16 && end > 0; rounds++) {
    const last = line.charAt(end - 1);
    if (last === ")") {
      // A link's target: [words.](target)
      const open = line.lastIndexOf("](", end - 1);
      if (open >= 0 && end - open < 2000 && !line.slice(open + 2, end - 1).includes(")")) {
        end = open;
        continue;
      }
    }
    if (last === "]" && line.lastIndexOf("[^", end) >= 0) {
      const open = line.lastIndexOf("[", end);
      if (line.charAt(open + 1) === "^") {
        end = open;
        continue;
      }
    }
    if (!TRAILING_MARKUP.has(last)) break;
    end--;
  }
  if (end === 0) return false;
  const last = line.charAt(end - 1);
  if (last === "!" || last === "?" || last === "…" || FOREIGN_ENDS.has(last)) return true;
  if (last !== ".") return false;
  const word = /\S{1,12}$/u.exec(line.slice(Math.max(0, end - 14), end))?.[0] ?? "";
  return !TITLES.test(word) && !/^\p{Lu}\.$/u.test(word);
}

/** Whether a line's first word can start a sentence: a capital, a figure, or a script without capitals. */
export function startsSentence(line: string): boolean {
  let at = line.length - line.trimStart().length;
  while (at < line.length && LEADING_MARKUP.has(line.charAt(at))) at++;
  const first = line.codePointAt(at);
  if (first === undefined) return false;
  return /[\p{Lu}\p{Lt}\p{Lo}\p{Nd}\u10D0-\u10FF]/u.test(String.fromCodePoint(first));
}
