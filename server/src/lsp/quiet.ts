import { type Draft, type Block, blockAt, blockEnd } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import type { Clock, Disposable } from "../project/host.ts";
import { QUIET_TIME } from "../protocol.ts";
import { type Edit, movedSpan } from "../text/edits.ts";
import { lineAt } from "../text/lines.ts";
import { overlaps, type Span } from "../text/span.ts";
import { addToList } from "../text/lists.ts";

/*
 * Quiet while writing: new findings in the paragraph at the cursor are held back until the cursor leaves it, or there
 * was no edit for a while. What is shown for a draft is a function of its findings, one value, `HeldBack`, and what was
 * shown before.
 */

/** The paragraph whose new findings are held back. There is only one cursor, so there is at most one of these. */
export interface HeldBack {
  readonly path: string;
  /** Where the cursor was after the last edit, in UTF-16 units of the current text: in the held paragraph. */
  readonly caret: number;
  /** When it ends, in milliseconds of the host's clock. */
  readonly until: number;
}

/** A finding that was shown before the last edit, at its current place. It stays visible. */
export interface ShownFinding extends Span {
  readonly rule: string;
}

/** What is held back after edits, one after the other: the paragraph in which the last edit ends. */
export function heldAfterEdits(
  held: HeldBack | undefined,
  path: string,
  edits: readonly Edit[],
  at: number,
): HeldBack | undefined {
  const last = edits.at(-1);
  if (last === undefined) return held;
  return { path, caret: last.start + last.newText.length, until: at + QUIET_TIME };
}

/** What was shown, in order, at its places after edits, one after the other; undefined: the whole text was replaced. */
export function shownAfterEdits(
  shown: readonly ShownFinding[],
  edits: readonly Edit[] | undefined,
): readonly ShownFinding[] {
  const places = shown.map(({ rule, start, end }) => ({ rule, start, end }));
  const move = (moved: typeof places, edit: Edit): typeof places =>
    moved.flatMap((one) => movedSpan(one, edit) ?? []);
  return edits?.reduce(move, places) ?? [];
}

/** The same once the caret is at an offset of a document's present text, or not in it. `draft` is the one that is held. */
export function heldAtCaret(
  held: HeldBack | undefined,
  path: string,
  caret: number | undefined,
  draft: Draft | undefined,
): HeldBack | undefined {
  // If the cursor is not in this document, that says nothing about the document where it is.
  if (path !== held?.path) return caret === undefined ? held : undefined;
  if (caret === undefined || draft === undefined) return undefined;
  const { start, end } = paragraphAt(draft, held.caret);
  return start <= caret && caret <= end ? held : undefined;
}

/** The same after a document was saved or closed. */
export function heldWithout(held: HeldBack | undefined, path: string): HeldBack | undefined {
  return path === held?.path ? undefined : held;
}

/** The same at a given time, in milliseconds of the host's clock. */
export function heldAt(held: HeldBack | undefined, at: number): HeldBack | undefined {
  return held !== undefined && held.until <= at ? undefined : held;
}

/**
 * The findings of a draft that are shown, in the same order: all but new ones that touch the held paragraph, or that
 * are about a mark that may still be closed there.
 */
export function withoutHeldBack(
  findings: readonly Finding[],
  draft: Draft,
  held: HeldBack | undefined,
  shown: readonly ShownFinding[],
): readonly Finding[] {
  if (held === undefined || findings.length === 0) return findings;
  const paragraph = paragraphAt(draft, held.caret);
  const isWritten = ({ start, end, openSpan }: Finding): boolean =>
    touches({ start, end }, paragraph) || (openSpan !== undefined && touches(openSpan, paragraph));
  const touching = findings.filter(isWritten);
  if (touching.length === 0) return findings;
  const known = shownBefore(touching, shown);
  return findings.filter((finding) => !isWritten(finding) || known.has(finding));
}

function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * The findings that were shown before: at the same place or, because edits change their extent, overlapping one that
 * has left its place. Each matches one. Linear in both.
 */
function shownBefore(
  findings: readonly Finding[],
  shown: readonly ShownFinding[],
): ReadonlySet<Finding> {
  const places = new Set(shown.map(toKey));
  const known = new Set(findings.filter((finding) => places.has(toKey(finding))));
  const taken = new Set([...known].map(toKey));
  const left = new Map<string, ShownFinding[]>();
  for (const one of shown) {
    if (!taken.has(toKey(one))) addToList(left, one.rule, one);
  }
  const next = new Map<string, number>();
  for (const finding of findings) {
    const others = left.get(finding.rule);
    if (others === undefined || known.has(finding)) continue;
    let at = next.get(finding.rule) ?? 0;
    while ((others[at]?.end ?? Infinity) < finding.start) at++;
    const other = others[at];
    if (other !== undefined && isSame(other, finding)) {
      known.add(finding);
      at++;
    }
    next.set(finding.rule, at);
  }
  return known;
}

/** Whether two spans, one of which may have grown or shrunk, share text or an edge of the same side. */
function isSame(a: Span, b: Span): boolean {
  return overlaps(a, b) || a.start === b.start || a.end === b.end;
}

function toKey({ rule, start, end }: ShownFinding): string {
  return `${rule} ${start} ${end}`;
}

/**
 * The paragraph being written when the cursor is at `offset`: the blocks on the cursor's line, as whole lines. On a
 * line without blocks, it is the block that the next letter would continue. While the cursor's block has no words yet
 * (a heading, an empty item, a blank line), the heading right above it is part of it: what is written next decides
 * whether its section is empty. Offsets are UTF-16 units.
 */
export function paragraphAt(draft: Draft, offset: number): Span {
  const lines = linesOfDraft(draft);
  const line = lineAt(lines, offset);
  const lineStart = lines[line] ?? 0;
  const nextLine = lines[line + 1] ?? draft.text.length + 1;
  const last = blockAt(draft, nextLine - 1);
  let first = last;
  while (first > 0 && blockEnd(draft, first - 1) > lineStart) first--;
  const isBlank =
    last < 0 || Math.max(blockEnd(draft, last), (draft.starts[last] ?? 0) + 1) <= lineStart;
  // Right under a block, the next letter continues it; after a blank line it starts a new one.
  if (isBlank && !(last >= 0 && isRightUnder(draft, last, line))) first = last + 1;
  const from = first > 0 && !isWritten(draft, first, last) ? withHeading(draft, first) : first;
  const start = Math.min(lineStart, draft.starts[from] ?? lineStart);
  const end = Math.max(nextLine - 1, first <= last ? blockEnd(draft, last) : 0);
  return { start: lines[lineAt(lines, start)] ?? 0, end: Math.min(end, draft.text.length) };
}

function isRightUnder(draft: Draft, index: number, line: number): boolean {
  const lines = linesOfDraft(draft);
  const start = draft.starts[index] ?? 0;
  const words = draft.blocks[index]?.source.trimEnd().length ?? 0;
  return lineAt(lines, start + words) === line - 1;
}

/** Whether one of the blocks is text that belongs to a section. */
function isWritten({ blocks }: Draft, first: number, last: number): boolean {
  return blocks.slice(first, last + 1).some((block) => block.kind !== "heading" && !isEmpty(block));
}

/** The index of the heading before a block with nothing between them; the block's own index if there is none. */
function withHeading({ blocks }: Draft, index: number): number {
  let above = index - 1;
  for (let block = blocks[above]; block !== undefined && isEmpty(block); block = blocks[above])
    above--;
  return blocks[above]?.kind === "heading" ? above : index;
}

function isEmpty({ kind }: Block): boolean {
  return kind === "empty-item" || kind === "empty-quote" || kind === "break";
}

/** Calls back once something has been quiet for long enough, once each time it is started. */
export interface QuietTimer extends Disposable {
  start(): void;
}

/**
 * `end` says until when to wait, in milliseconds of the clock; undefined: there is nothing left to wait for. One timer
 * serves any number of keystrokes. When it is due, it checks whether there was another one, and waits for the rest.
 */
export function quietTimer(
  clock: Clock,
  end: () => number | undefined,
  call: () => void,
): QuietTimer {
  let pending: Disposable | undefined;
  const start = (): void => {
    pending ??= clock.after(Math.max(0, (end() ?? 0) - clock.now()), due);
  };
  const due = (): void => {
    pending = undefined;
    const until = end();
    if (until === undefined) return;
    if (until > clock.now()) start();
    else call();
  };
  return {
    start,
    dispose: () => {
      pending?.dispose();
      pending = undefined;
    },
  };
}
