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
 * The edit that takes a word, or the words up to `last`, out of a block, with a space beside it; undefined where markup
 * touches it on both sides, so that something would be left that is not what it was. A sentence that began with it
 * begins with a capital again. `at` and `last` are indexes of the block's tokens, between which there is no markup;
 * offsets are UTF-16 units of the block's source. Looks at no more than the words and their neighbours, so it needs no
 * trial as a passage does.
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
  // Beside code or marks alone the word may be what keeps a line from being a rule, a heading or a template.
  const isWord = (index: number): boolean => tokens.kinds[index] === TokenKind.word;
  const onLine = /^[ \t]+$/.test(before);
  const goesOn = hasNext && isWord(last + 1) && /^[ \t]+$/.test(after);
  const capital = goesOn ? capitalFor(tokens, at, last + 1) : undefined;
  if (capital !== undefined)
    return { start: word.start, end: next.start + capital.length, newText: capital };
  // On its own line the word would leave an empty one, which ends the paragraph.
  const endsLine = /^[\s>]*$/.test(after) && (!hasNext || /[\r\n]/.test(after));
  const isLine = endsLine && /^[ \t]*[\r\n][\s>]*$/.test(before);
  const joins = after === "" && hasNext && isWordlike(tokens.kinds[last + 1]);
  if (!joins && ((onLine && (goesOn || isWord(at - 1))) || isLine))
    return { start: word.start - before.length, end: word.end, newText: "" };
  // At the start of a line the next word comes in its place: a letter, so it is no mark of a list.
  return goesOn ? { start: word.start, end: next.start, newText: "" } : undefined;
}

/** The first letter of a word as a capital, where the token that it follows on has one that its sentence's start gave it. */
function capitalFor(tokens: Tokens, at: number, next: number): string | undefined {
  if (!/^\p{Lu}/u.test(tokenText(tokens, at)) || !sentenceMayStartAfter(tokens.kinds[at - 1]))
    return undefined;
  const [first = ""] = /^\p{Ll}/u.exec(tokenText(tokens, next)) ?? [];
  const capital = first.toUpperCase();
  return first !== "" && capital.length === first.length ? capital : undefined;
}
