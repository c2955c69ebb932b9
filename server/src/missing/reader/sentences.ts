import { TokenKind, type Tokens } from "../../language/tokens.ts";

/** A stretch of a paragraph's tokens that is read at once. Indexes of tokens; ends are exclusive. */
export interface Stretch {
  /** What is judged: a sentence. The index after the last token represents the paragraph's end. */
  readonly start: number;
  readonly end: number;
  /** What is seen: some tokens around it too. */
  readonly from: number;
  readonly to: number;
}

/** A longer sentence is read in parts of about the same length. */
const LONGEST_SENTENCE = 60;
const SEEN_BEFORE = 6;
const SEEN_AFTER = 4;

/** The sentences of a paragraph, in order: together all its tokens, and its end. */
export function splitStretches(tokens: Pick<Tokens, "kinds" | "count">): Stretch[] {
  const { count } = tokens;
  const stretches: Stretch[] = [];
  let start = 0;
  for (let at = 1; at <= count + 1; at++) {
    if (at <= count && !beginsSentence(tokens, at)) continue;
    const parts = Math.ceil((at - start) / LONGEST_SENTENCE);
    for (let part = 0; part < parts; part++) {
      const first = start + Math.floor(((at - start) * part) / parts);
      const end = start + Math.floor(((at - start) * (part + 1)) / parts);
      stretches.push({
        start: first,
        end,
        from: Math.max(0, first - SEEN_BEFORE),
        to: Math.min(count + 1, end + SEEN_AFTER),
      });
    }
    start = at;
  }
  return stretches;
}

/** After a mark that ends a sentence, and up to two closing marks after it. None begins at the paragraph's end. */
function beginsSentence({ kinds, count }: Pick<Tokens, "kinds" | "count">, at: number): boolean {
  const kind = kinds[at];
  if (at === count || ends(kind)) return false;
  if (ends(kinds[at - 1])) return !closes(kind);
  if (!closes(kinds[at - 1])) return false;
  if (ends(kinds[at - 2])) return !closes(kind);
  return closes(kinds[at - 2]) && ends(kinds[at - 3]);
}

function ends(kind: number | undefined): boolean {
  return kind === TokenKind.period || kind === TokenKind.question || kind === TokenKind.exclamation;
}

function closes(kind: number | undefined): boolean {
  return kind === TokenKind.closeQuote || kind === TokenKind.closeBracket;
}
