import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import type { Edit } from "../text/edits.ts";
import { overlaps, type Span } from "../text/span.ts";
import { QUIET_TIME } from "../protocol.ts";
import { paragraphAt } from "./held-paragraph.ts";

/*
 * Quiet while writing: new findings in the paragraph at the caret are held back until the caret leaves it, or no
 * edit came for a while. What is shown of a draft is a function of its findings and of one value, `HeldBack`.
 */

/** The paragraph whose new findings are held back. There is one caret, so there is one of these, or none. */
export interface HeldBack {
  /** The draft. */
  readonly path: string;
  /** Where the caret was after the last edit, in UTF-16 units of the present text: in the paragraph that is held. */
  readonly caret: number;
  /** What was shown of the draft before the last edit, moved by it: it stays, in order. */
  readonly shown: readonly ShownFinding[];
  /** When it ends, in milliseconds of the host's clock. */
  readonly until: number;
}

/** A finding that is shown. */
export interface ShownFinding extends Span {
  readonly rule: string;
}

/** What happens to a paragraph that may be held back. */
export type HeldBackEvent =
  | {
      readonly type: "edited";
      readonly path: string;
      /** Each in UTF-16 units of the text after the one before it; the caret is at the end of the last. */
      readonly edits: readonly Edit[];
      /** The findings that were shown of the text before, in order; undefined where nobody has looked at that text. */
      readonly shown: readonly ShownFinding[] | undefined;
      readonly at: number;
    }
  /** The caret is at an offset of the present text of `draft`, or in none: `caret` is undefined. */
  | {
      readonly type: "caret moved";
      readonly path: string;
      readonly caret: number | undefined;
      readonly draft: Draft | undefined;
    }
  | { readonly type: "saved" | "closed"; readonly path: string }
  | { readonly type: "tick"; readonly at: number };

/** The value after an event; undefined where nothing is held back. Pure. */
export function heldBackAfter(
  held: HeldBack | undefined,
  event: HeldBackEvent,
): HeldBack | undefined {
  switch (event.type) {
    case "edited": {
      const { path, edits, at } = event;
      const last = edits.at(-1);
      if (last === undefined) return held;
      const shown = event.shown ?? (held?.path === path ? held.shown : []);
      return {
        path,
        caret: last.start + last.newText.length,
        shown: edits.reduce((moved, edit) => moved.flatMap((one) => movedBy(one, edit)), shown),
        until: at + QUIET_TIME,
      };
    }
    case "caret moved": {
      if (held === undefined) return undefined;
      const { path, caret, draft } = event;
      // A document that the caret is not in says nothing of the one that it is in.
      if (path !== held.path) return caret === undefined ? held : undefined;
      if (caret === undefined || draft === undefined) return undefined;
      const { start, end } = paragraphAt(draft, held.caret);
      return start <= caret && caret <= end ? held : undefined;
    }
    case "saved":
    case "closed":
      return event.path === held?.path ? undefined : held;
    case "tick":
      return held !== undefined && held.until <= event.at ? undefined : held;
  }
}

/**
 * The findings of a draft that are shown, in the same order: all but new ones that touch the paragraph that is
 * held, or are of a mark that may still be closed there.
 */
export function withoutHeldBack(
  findings: readonly Finding[],
  draft: Draft,
  held: HeldBack | undefined,
): readonly Finding[] {
  if (held === undefined || findings.length === 0) return findings;
  const paragraph = paragraphAt(draft, held.caret);
  const isWritten = ({ start, end, openSpan }: Finding): boolean =>
    touches({ start, end }, paragraph) || (openSpan !== undefined && touches(openSpan, paragraph));
  const touching = findings.filter(isWritten);
  if (touching.length === 0) return findings;
  const known = shownBefore(touching, held.shown);
  return findings.filter((finding) => !isWritten(finding) || known.has(finding));
}

/** Whether two spans share a unit or an end. */
function touches(a: Span, b: Span): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/**
 * Those of the findings that were shown before: at the very place, or else, as edits change their extent, where
 * they share text with one that is not found at its place any more. Each stands for one. Linear in both.
 */
function shownBefore(
  findings: readonly Finding[],
  shown: readonly ShownFinding[],
): ReadonlySet<Finding> {
  const places = new Set(shown.map(keyOf));
  const known = new Set(findings.filter((finding) => places.has(keyOf(finding))));
  const found = new Set([...known].map(keyOf));
  const left = new Map<string, ShownFinding[]>();
  for (const one of shown) {
    if (found.has(keyOf(one))) continue;
    const others = left.get(one.rule);
    if (others === undefined) left.set(one.rule, [one]);
    else others.push(one);
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

function keyOf({ rule, start, end }: ShownFinding): string {
  return `${rule} ${start} ${end}`;
}

/** A shown finding after an edit; none where all its text was replaced. */
function movedBy({ rule, start, end }: ShownFinding, change: Edit): readonly ShownFinding[] {
  const by = change.newText.length - (change.end - change.start);
  if (change.end <= start) return [{ rule, start: start + by, end: end + by }];
  if (change.start >= end) return [{ rule, start, end }];
  if (change.start <= start && end <= change.end) return [];
  return [{ rule, start: Math.min(start, change.start), end: Math.max(end, change.end) + by }];
}
