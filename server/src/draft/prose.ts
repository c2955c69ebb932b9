import { decomposedIn, isComposed } from "../text/composed.ts";
import type { Span } from "../text/span.ts";
import { upperBound } from "../text/search.ts";

/** Replaces, in prose, one thing that is not prose but counts as a word: inline code, an image, a template value. */
export const MASK = "\uFFFC";

/**
 * The words of a block without their markup, and the place of each in the block's source.
 *
 * The text is a row of pieces. A piece is either a verbatim copy of its source, or one or more units that replace a
 * source of another length (a mask, a decoded entity, a decomposed letter). The text is in composed form (NFC), so that
 * all its readers see the same words in both forms of Unicode. All offsets are UTF-16 units; source offsets count from
 * the start of the block.
 */
export interface Prose {
  readonly text: string;
  /** Where each piece begins in `text`, ascending from 0. */
  readonly starts: ArrayLike<number>;
  /** Where each piece begins in the block's source. */
  readonly sourceStarts: ArrayLike<number>;
  /** Where each piece ends in the block's source. */
  readonly sourceEnds: ArrayLike<number>;
}

/** Where the first piece begins. */
const AT_ZERO: readonly number[] = [0];

/** Prose that is its own source. */
export function verbatim(text: string): Prose {
  return composed({ text, starts: AT_ZERO, sourceStarts: AT_ZERO, sourceEnds: [text.length] });
}

/** Collects prose piece by piece. */
export class ProseBuilder {
  #text = "";
  /** The last piece is a mask. (Looking at the text itself would copy it at every piece.) */
  #masked = false;
  readonly #starts: number[] = [];
  readonly #sourceStarts: number[] = [];
  readonly #sourceEnds: number[] = [];

  /** Appends `text`, which replaces the source from `start` to `end`. */
  add(text: string, start: number, end: number): void {
    if (text === "") return;
    const last = this.#starts.length - 1;
    const joins =
      last >= 0 &&
      this.#sourceEnds[last] === start &&
      text.length === end - start &&
      this.#text.length - (this.#starts[last] ?? 0) === start - (this.#sourceStarts[last] ?? 0) &&
      text !== MASK &&
      !this.#masked;
    if (joins) {
      this.#sourceEnds[last] = end;
    } else {
      this.#starts.push(this.#text.length);
      this.#sourceStarts.push(start);
      this.#sourceEnds.push(end);
    }
    this.#text += text;
    this.#masked = text === MASK;
  }

  get length(): number {
    return this.#text.length;
  }

  build(): Prose {
    return composed(this.asAdded());
  }

  /** What was added, letter by letter. */
  asAdded(): Prose {
    // Copies, because an array that has grown keeps room for sixteen more. Most prose is one piece.
    return {
      text: this.#text,
      starts: this.#starts.length === 1 ? AT_ZERO : this.#starts.slice(),
      sourceStarts: this.#sourceStarts.slice(),
      sourceEnds: this.#sourceEnds.slice(),
    };
  }
}

/** The prose in composed form; the same object if it already is, as most prose is. */
function composed(prose: Prose): Prose {
  if (isComposed(prose.text)) return prose;
  const builder = new ProseBuilder();
  let done = 0;
  for (const { start, end, composed: letters } of decomposedIn(prose.text)) {
    // A letter and its combining mark stay apart if there is markup between them, as they do on the page.
    if (!isUnbroken(prose, start, end)) continue;
    copy(prose, done, start, builder);
    const source = sourceSpan(prose, { start, end });
    builder.add(letters, source.start, source.end);
    done = end;
  }
  copy(prose, done, prose.text.length, builder);
  return builder.asAdded();
}

/** Whether the source of a span contains nothing that is not in the span. */
function isUnbroken(prose: Prose, start: number, end: number): boolean {
  const last = pieceAt(prose, end - 1);
  for (let piece = pieceAt(prose, start); piece < last; piece++) {
    if (prose.sourceEnds[piece] !== prose.sourceStarts[piece + 1]) return false;
  }
  return true;
}

/** Adds a span of prose, piece by piece. */
function copy(prose: Prose, start: number, end: number, builder: ProseBuilder): void {
  for (let at = start; at < end;) {
    const next = Math.min(end, prose.starts[pieceAt(prose, at) + 1] ?? prose.text.length);
    const source = sourceSpan(prose, { start: at, end: next });
    builder.add(prose.text.slice(at, next), source.start, source.end);
    at = next;
  }
}

/**
 * The source of a span of prose, in offsets from the start of the block.
 * An empty span maps to an empty one, right after the unit before it.
 */
export function sourceSpan(prose: Prose, span: Span): Span {
  if (span.end <= span.start) {
    const at = span.start === 0 ? sourceStart(prose, 0) : sourceEnd(prose, span.start);
    return { start: at, end: at };
  }
  return { start: sourceStart(prose, span.start), end: sourceEnd(prose, span.end) };
}

/** The unit of prose whose source contains an offset of the block's source, or the next; at most the prose's length. */
export function proseOffset(prose: Prose, offset: number): number {
  const piece = Math.max(0, upperBound(prose.sourceStarts, offset) - 1);
  const from = prose.starts[piece] ?? 0;
  const to = prose.starts[piece + 1] ?? prose.text.length;
  const into = offset - (prose.sourceStarts[piece] ?? 0);
  if (into <= 0) return from;
  if (offset >= (prose.sourceEnds[piece] ?? 0)) return to;
  return isVerbatim(prose, piece) ? from + into : from;
}

/** Where the source of the unit at `offset` begins. */
function sourceStart(prose: Prose, offset: number): number {
  if (prose.text === "") return 0;
  const piece = pieceAt(prose, Math.min(offset, prose.text.length - 1));
  const from = prose.starts[piece] ?? 0;
  const source = prose.sourceStarts[piece] ?? 0;
  if (offset >= prose.text.length) return prose.sourceEnds[piece] ?? 0;
  return isVerbatim(prose, piece) ? source + (offset - from) : source;
}

/** Where the source of the unit before `offset` ends. */
function sourceEnd(prose: Prose, offset: number): number {
  const piece = pieceAt(prose, offset - 1);
  const from = prose.starts[piece] ?? 0;
  const source = prose.sourceStarts[piece] ?? 0;
  return isVerbatim(prose, piece) ? source + (offset - from) : (prose.sourceEnds[piece] ?? 0);
}

function isVerbatim(prose: Prose, piece: number): boolean {
  const from = prose.starts[piece] ?? 0;
  const to = prose.starts[piece + 1] ?? prose.text.length;
  return to - from === (prose.sourceEnds[piece] ?? 0) - (prose.sourceStarts[piece] ?? 0);
}

/** The piece that contains the unit at `offset`, by binary search. */
function pieceAt(prose: Prose, offset: number): number {
  return Math.max(0, upperBound(prose.starts, offset) - 1);
}
