import { type Block, type Draft, holdsProse, type PlacedBlock } from "../../draft/draft.ts";
import { blocksWhere, withFollowing } from "../../draft/incremental/blocks-where.ts";
import type { Report } from "../../draft/finding.ts";
import { sourceSpan } from "../../draft/prose.ts";
import { quotationAround } from "../../draft/quotation.ts";
import { messageAbout } from "../../text/excerpt.ts";
import { shifted, type Span } from "../../text/span.ts";
import { withoutEnd } from "../../text/trim.ts";
import type { Wording } from "../../text/wording.ts";

/** The marks of one block that have no partner in it. Offsets are UTF-16 units of its prose. */
export interface UnpairedMarks {
  /** Opening marks that nothing closes, in order. */
  readonly opens: readonly number[];
  /** Closing marks that nothing opened, in order. */
  readonly closes: readonly number[];
  /** It begins with an opening mark, which may continue a quotation from the paragraph before. */
  readonly reopens: boolean;
  /** It has none of these marks. */
  readonly isPlain: boolean;
}

/** A block whose marks are all paired, or can't be told apart. */
export const PAIRED: UnpairedMarks = { opens: [], closes: [], reopens: false, isPlain: false };

/** A block without such marks. */
export const PLAIN: UnpairedMarks = { opens: [], closes: [], reopens: false, isPlain: true };

/** A mark without a partner: which block of the draft, and where in that block's prose. */
interface UnmatchedMark {
  readonly block: Block;
  readonly index: number;
  readonly at: number;
  readonly opens: boolean;
  /** The index of the first block that can no longer contain its partner; the number of blocks at the end. */
  readonly beyond: number;
}

/** The most blocks between a mark and its partner, where the paragraphs between don't open again. */
const MAX_BLOCKS_BETWEEN = 6;

/**
 * Finds the marks of a draft without a partner. A mark that is open at the end of a paragraph may be repeated by the
 * next, or closed by a later one before another opens. Cells, verse and blocks without prose are skipped.
 */
function unmatchedMarks(
  draft: Draft,
  unpaired: (block: Block) => UnpairedMarks,
  unpairedIn: (draft: Draft) => readonly PlacedBlock[],
): UnmatchedMark[] {
  const unmatched: UnmatchedMark[] = [];
  let pending: UnmatchedMark | undefined;
  let age = 0;
  const giveUp = (beyond: number): void => {
    if (pending !== undefined) unmatched.push({ ...pending, beyond });
    pending = undefined;
  };
  const isPending = (): boolean => pending !== undefined;
  for (const { index, block } of withFollowing(draft, unpairedIn(draft), isPending)) {
    if (block.kind === "heading" || block.kind === "break") giveUp(index);
    if (isSkipped(block)) continue;
    const here = unpaired(block);
    if (here.isPlain) {
      if (pending !== undefined && ++age > MAX_BLOCKS_BETWEEN) giveUp(index);
      continue;
    }
    let closes = here.closes;
    if (pending !== undefined) {
      // Only the very next paragraph continues a quotation by opening it again.
      if (here.reopens && age === 0) pending = undefined;
      else if (here.reopens) giveUp(index);
      else if (closes.length > 0 && (here.opens[0] ?? Infinity) > (closes[0] ?? 0)) {
        pending = undefined;
        closes = closes.slice(1);
      } else if (++age > MAX_BLOCKS_BETWEEN) giveUp(index);
    }
    const beyond = index + 1;
    for (const at of closes) unmatched.push({ block, index, at, opens: false, beyond });
    here.opens.forEach((at, which) => {
      const last = which === here.opens.length - 1;
      if (!last) {
        unmatched.push({ block, index, at, opens: true, beyond });
        return;
      }
      giveUp(index);
      pending = { block, index, at, opens: true, beyond };
      age = 0;
    });
  }
  giveUp(draft.blocks.length);
  return unmatched.sort((a, b) => a.index - b.index || a.at - b.at);
}

function isSkipped(block: Block): boolean {
  return !holdsProse(block) || block.kind === "cell" || block.kind === "verse";
}

/** What a rule says about the marks that it pairs. */
interface MarkWords {
  readonly unclosed: Wording;
  readonly unopened: Wording;
  /** The title of the fix that closes one with a given mark. */
  readonly closeWith: (mark: string) => Wording;
  /** What closes the mark at a place of the text. */
  readonly getCloser: (text: string, at: number) => string;
  /** Where its partner is probably missing, in the block's prose. */
  readonly likelyEnd: (block: Block, at: number) => number;
  /** What else a report says about one that is not closed. */
  readonly ofUnclosed?: (mark: UnmatchedMark) => Pick<Report, "severity">;
  /** What else a report says about one that was not opened; the span is the mark's in the draft. */
  readonly ofUnopened?: (mark: UnmatchedMark, span: Span) => Pick<Report, "severity" | "fixes">;
}

/** The reports on a draft's marks without a partner. */
export function unmatchedReports(
  unpaired: (block: Block) => UnpairedMarks,
  words: MarkWords,
): (draft: Draft) => readonly Report[] {
  const unpairedIn = blocksWhere((block) => {
    if (isSkipped(block)) return false;
    const { opens, closes } = unpaired(block);
    return opens.length + closes.length > 0;
  });
  return (draft) =>
    unmatchedMarks(draft, unpaired, unpairedIn).map((mark) => report(draft, mark, words));
}

function report(draft: Draft, mark: UnmatchedMark, words: MarkWords): Report {
  const { block, at, opens } = mark;
  const { prose } = block;
  const inDraft = (span: Span): Span =>
    shifted(sourceSpan(prose, span), draft.starts[mark.index] ?? 0);
  const span = opens
    ? { start: at, end: wordEnd(prose.text, at + 1) }
    : { start: wordStart(prose.text, at), end: at + 1 };
  const says = opens ? words.unclosed : words.unopened;
  const message = messageAbout(quotationAround(block, span), says);
  const place = inDraft({ start: at, end: at + 1 });
  if (!opens) return { ...inDraft(span), message, ...words.ofUnopened?.(mark, place) };
  const close = words.getCloser(prose.text, at);
  const end = words.likelyEnd(block, at);
  const edits = [{ ...inDraft({ start: end, end }), newText: close }];
  return {
    ...inDraft(span),
    message,
    fixes: [{ title: words.closeWith(close.trim()), safe: false, edits }],
    // The rest of the text in which the mark's partner may still be written.
    openSpan: { start: place.start, end: draft.starts[mark.beyond] ?? draft.text.length },
    ...words.ofUnclosed?.(mark),
  };
}

/** The end of the word at or after `from`, without punctuation after it. */
export function wordEnd(text: string, from: number): number {
  const match = /\s*\S+/uy;
  match.lastIndex = from;
  const matched = match.exec(text);
  if (matched === null) return from;
  return from + withoutEnd(matched[0], ".,;:!?)]").length;
}

/** The start of the word that ends at `at`, at most 40 UTF-16 units before. */
export function wordStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && at - start < 40 && !/\s/.test(text.charAt(start - 1))) start--;
  return start;
}
