import type { Block } from "../draft/draft.ts";
import { sourceSpan } from "../draft/prose.ts";
import {
  isWordlike,
  sentenceMayStartAfter,
  TokenKind,
  tokenText,
  type Tokens,
} from "../language/tokens.ts";
import type { Edit } from "../text/edits.ts";
import type { Span } from "../text/span.ts";

/**
 * The edit that removes a word, or the words up to `last`, from a block, with a space beside it; undefined if markup
 * touches it on both sides, because the rest might then change its meaning. A sentence that began with the word begins
 * with a capital again. `at` and `last` are indexes of the block's tokens, with no markup between them; offsets are
 * UTF-16 units of the block's source. It looks only at the words and their neighbours, so it needs no trial as a
 * passage does.
 */
export function wordDeletion(
  { prose, source }: Block,
  tokens: Tokens,
  at: number,
  last = at,
): Edit | undefined {
  const place = (index: number): Span =>
    sourceSpan(prose, { start: tokens.starts[index] ?? 0, end: tokens.ends[index] ?? 0 });
  const word = { start: place(at).start, end: place(last).end };
  const hasPrevious = at > 0;
  const hasNext = last + 1 < tokens.count;
  const next = hasNext ? place(last + 1) : { start: source.length, end: source.length };
  const before = hasPrevious ? source.slice(place(at - 1).end, word.start) : "";
  const after = source.slice(word.end, next.start);
  // Next to code or marks alone, the word may be what keeps a line from being a rule, a heading or a template.
  const isWord = (index: number): boolean => tokens.kinds[index] === TokenKind.word;
  const onLine = /^[ \t]+$/.test(before);
  const goesOn = hasNext && isWord(last + 1) && /^[ \t]+$/.test(after);
  const capital = goesOn ? capitalFor(tokens, at, last + 1) : undefined;
  if (capital !== undefined)
    return { start: word.start, end: next.start + capital.length, newText: capital };
  // A word alone on its line would leave an empty line, which ends the paragraph.
  const endsLine = /^[\s>]*$/.test(after) && (!hasNext || /[\r\n]/.test(after));
  const isLine = endsLine && /^[ \t]*[\r\n][\s>]*$/.test(before);
  const joins = after === "" && hasNext && isWordlike(tokens.kinds[last + 1]);
  if (!joins && ((onLine && (goesOn || isWord(at - 1))) || isLine))
    return { start: word.start - before.length, end: word.end, newText: "" };
  // At the start of a line the next word takes its place: a letter, so it is not a list marker.
  return goesOn ? { start: word.start, end: next.start, newText: "" } : undefined;
}

/** The first letter of a word as a capital, if the start of a sentence gave one to the token it replaces. */
function capitalFor(tokens: Tokens, at: number, next: number): string | undefined {
  if (!/^\p{Lu}/u.test(tokenText(tokens, at)) || !sentenceMayStartAfter(tokens.kinds[at - 1]))
    return undefined;
  const [first = ""] = /^\p{Ll}/u.exec(tokenText(tokens, next)) ?? [];
  const capital = first.toUpperCase();
  return first !== "" && capital.length === first.length ? capital : undefined;
}
