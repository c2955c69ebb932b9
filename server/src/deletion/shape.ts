import { type Block, blockEnd, type Draft, holdsProse } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Container, Half } from "../draft/markup.ts";
import { proseOffset, sourceSpan } from "../draft/prose.ts";
import { containersIn, pairsIn } from "../formats/structure/pairs.ts";
import { shifted, type Span } from "../text/span.ts";
import type { Cuts } from "./cuts.ts";

/**
 * What is left of a draft after the cuts, as a row of tokens: its blocks with their words, the halves of its pairs, and
 * the containers of both, in order. White space makes no difference, and empty containers don't count. Paragraphs
 * without a blank line between them are one, because the lengths of their lines decide where they split. For tags it
 * makes no difference whose source they are in.
 */
export function getShape(draft: Draft, cuts: Cuts): readonly string[] {
  const { markup } = draft.format;
  const shape = new Shape(containersIn(draft));
  const halves = pairsIn(draft).filter((half) => half.end > half.start && cuts.of(half) === "none");
  let next = 0;
  const halvesUntil = (end: number): readonly Half[] => {
    const first = next;
    while ((halves[next]?.start ?? Infinity) < end) next++;
    return halves.slice(first, next);
  };
  const addHalf = ({ start, end }: Half): void => {
    shape.add(start, MARKUP, draft.text.slice(start, end).replace(/\s+/g, ""));
  };
  /** There was no blank line since the last paragraph. */
  let goesOn = false;
  /** The depth of an item whose first paragraph is gone. */
  let orphaned = 0;
  for (const [index, block] of draft.blocks.entries()) {
    const start = draft.starts[index] ?? 0;
    halvesUntil(start).forEach(addHalf);
    const halves = halvesUntil(blockEnd(draft, index));
    const left = remainder(block, start, cuts);
    goesOn &&= block.continues && !block.startsItem;
    if (markup.isPairedMarkup(block)) {
      goesOn &&= block.kind !== "break";
      if (left !== undefined && block.kind !== "break") shape.add(start, BLOCK, left);
      continue;
    }
    // In plain text the line after an item's first is a paragraph. It takes the mark of an item that is gone.
    orphaned = block.startsItem || !block.continues ? 0 : orphaned;
    if (left === undefined) {
      if (block.startsItem && markup.itemsAreLines) orphaned = block.listDepth;
      // Between blank lines, the remaining tags of a paragraph are a block.
      const isParted = !goesOn && draft.blocks[index + 1]?.continues !== true;
      if (isParted && markup.blocksOwnLines) {
        shape.add(start, BLOCK, sourceLeft(block.source, start, cuts));
      } else halves.forEach(addHalf);
      continue;
    }
    const listDepth = block.listDepth === 0 ? orphaned : block.listDepth;
    const kind = block.kind === "verse" ? "paragraph" : block.kind;
    goesOn &&= orphaned === 0 && kind === "paragraph";
    orphaned = 0;
    // On the line after a list or quotation, a paragraph may be taken for a continuation of it.
    const isLazy = shape.enter(start) && goesOn;
    const head = `${isLazy ? "lazy " : ""}${kind} ${block.level} ${listDepth} ${block.quoteDepth}`;
    const inside = holdsProse(block) ? halves : [];
    const parts = inside.length === 0 ? [left] : wordsBetween(block, start, cuts, inside);
    // Tags before the first word may also be before the block.
    const first = parts.findIndex((part) => part !== "");
    parts.forEach((part, at) => {
      if (at === Math.max(0, first)) shape.begin(head, goesOn);
      shape.add(start, WORDS, part);
      inside.slice(at, at + 1).forEach(addHalf);
    });
    goesOn = true;
  }
  halvesUntil(Infinity).forEach(addHalf);
  return shape.finish();
}

const CLOSE = ")";
/** Markup on lines with words, or between blocks that need no lines of their own. */
const MARKUP = "markup ";
/** A block with nothing but markup. */
const BLOCK = "block ";
const WORDS = "words ";

type Kind = typeof BLOCK | typeof MARKUP | typeof WORDS;

/** Makes the row of tokens for content at ascending offsets. */
class Shape {
  readonly #tokens: string[] = [];
  /** The kind of each token. It is kept apart, because reading a token that grows copies it each time. */
  readonly #kinds: (Kind | undefined)[] = [];
  readonly #containers: readonly Container[];
  #next = 0;
  readonly #stack: Container[] = [];
  /** How many containers of the stack are open in the row, because something is left in them. */
  #shown = 0;
  /** The container that the last token closes. */
  #closed: Container | undefined;
  /** The last block's, if its container is still open. */
  #head = "";

  constructor(containers: readonly Container[]) {
    this.#containers = containers;
  }

  /** Opens the containers of a place, and says whether that is right after a container. */
  enter(at: number): boolean {
    this.#goTo(at);
    this.#show();
    return this.#tokens.at(-1) === CLOSE;
  }

  /** Begins a block. One that `goesOn` may continue the paragraph before it. */
  begin(head: string, goesOn: boolean): void {
    if (goesOn && head === this.#head) return;
    this.#push(head);
    this.#head = head;
  }

  /** Adds words or markup, which continue those before them. */
  add(at: number, kind: Kind, text: string): void {
    if (text === "") return;
    this.enter(at);
    if (this.#kinds.at(-1) === kind) this.#tokens.push((this.#tokens.pop() ?? "") + text);
    else this.#push(kind + text, kind);
  }

  #push(token: string, kind?: Kind): void {
    this.#tokens.push(token);
    this.#kinds.push(kind);
  }

  finish(): readonly string[] {
    this.#leave(Infinity);
    return this.#tokens;
  }

  /** Leaves the containers that end before a place, and enters those that begin before it. */
  #goTo(at: number): void {
    let container = this.#containers[this.#next];
    while (container !== undefined && container.start <= at) {
      this.#leave(container.start);
      this.#stack.push(container);
      container = this.#containers[++this.#next];
    }
    this.#leave(at);
  }

  #leave(at: number): void {
    for (let top = this.#stack.at(-1); top !== undefined && top.end <= at;) {
      this.#stack.pop();
      if (this.#stack.length < this.#shown) {
        this.#shown = this.#stack.length;
        this.#push(CLOSE);
        this.#closed = top;
        this.#head = "";
      }
      top = this.#stack.at(-1);
    }
  }

  #show(): void {
    for (const container of this.#stack.slice(this.#shown)) {
      const isClosed = this.#tokens.at(-1) === CLOSE;
      if (isClosed && this.#closed !== undefined && joins(this.#closed, container)) {
        this.#tokens.pop();
        this.#kinds.pop();
      } else this.#push(`(${container.kind}`);
      this.#closed = undefined;
      this.#head = "";
    }
    this.#shown = this.#stack.length;
  }
}

/** Whether two lists are one if nothing is between them, and keep their numbers. */
function joins(list: Container, next: Container): boolean {
  return list.kind.startsWith("list") && list.kind === next.kind && list.next === next.number;
}

/** A block's words, or its other content, without white space. */
const toPlain = perBlock((block): string => {
  const text = holdsProse(block) ? block.prose.text : block.source.replace(/[\r\n][\s>]*/g, "\n");
  return withoutSpace(text);
});

/**
 * What is left of the words of a block that starts at `start`, or of its source if it has no words, without white
 * space; undefined if nothing is left.
 */
function remainder(block: Block, start: number, cuts: Cuts): string | undefined {
  const { prose, source } = block;
  const much = cuts.of({ start, end: start + source.length });
  if (much === "none") return toPlain(block);
  if (much === "all") return undefined;
  const left = holdsProse(block)
    ? wordsLeft(block, start, cuts, { start: 0, end: prose.text.length })
    : sourceLeft(source, start, cuts);
  return left === "" ? undefined : left;
}

/** What is left of a block's words before each of its halves and after the last, without white space. */
function wordsBetween(block: Block, start: number, cuts: Cuts, halves: readonly Half[]): string[] {
  const places = halves.map((half) => proseOffset(block.prose, half.start - start));
  return [...places, block.prose.text.length].map((end, index) =>
    wordsLeft(block, start, cuts, { start: places[index - 1] ?? 0, end }),
  );
}

/** What is left of a span of a block's prose, without white space. */
function wordsLeft(block: Block, start: number, cuts: Cuts, span: Span): string {
  const { prose } = block;
  const much = cuts.of(shifted(sourceSpan(prose, span), start));
  if (much === "none") return withoutSpace(prose.text.slice(span.start, span.end));
  if (much === "all" || span.end - span.start <= 1) return "";
  const middle = (span.start + span.end) >> 1;
  return (
    wordsLeft(block, start, cuts, { start: span.start, end: middle }) +
    wordsLeft(block, start, cuts, { start: middle, end: span.end })
  );
}

function sourceLeft(source: string, start: number, cuts: Cuts): string {
  let left = "";
  for (let at = 0; at < source.length; at++) {
    if (cuts.of({ start: start + at, end: start + at + 1 }) === "none") left += source.charAt(at);
  }
  return withoutSpace(left.replace(/[\r\n][\s>]*/g, "\n"));
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}
