import type { Block, Draft } from "../../draft/draft.ts";
import { blockAt } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import { proseOffset } from "../../draft/prose.ts";
import { writtenWords } from "../../draft/quotation.ts";
import { sentencesOf } from "../../language/sentences.ts";
import type { Edit } from "../../text/edits.ts";
import { beginning, ending, HOLE } from "../../text/excerpt.ts";
import { shifted, type Span } from "../../text/span.ts";
import type { Inline } from "./rich-text.ts";

/** So much of a sentence is shown on each side of a finding, in UTF-16 units. */
const SIDE = 200;

/**
 * The sentence that a finding is in, with its holes, or else the words that it is about, strong. Undefined where
 * there are no words.
 */
export function markedSentence(draft: Draft, finding: Finding): readonly Inline[] | undefined {
  const index = Math.max(0, blockAt(draft, finding.start));
  const block = draft.blocks[index];
  if (block === undefined || block.prose.text.trim() === "") return undefined;
  const start = draft.starts[index] ?? 0;
  const marks = marksOf(finding).map((mark): Mark => ({
    ...proseSpan(block, shifted(mark, -start)),
    of: mark.of,
  }));
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const sentence = sentenceAround(block, { start: first.start, end: last.end });
  const inlines: Inline[] = [
    ending(
      writtenWords(block, {
        start: Math.max(sentence.start, first.start - SIDE * 2),
        end: first.start,
      }),
      SIDE,
    ),
  ];
  marks.forEach(({ end, of, start: from }, at) => {
    const next = marks[at + 1];
    inlines.push(
      ...(of ?? [{ strong: beginning(writtenWords(block, { start: from, end }), SIDE) }]),
    );
    if (next !== undefined)
      inlines.push(writtenWords(block, { start: end, end: Math.max(end, next.start) }));
  });
  const rest = { start: last.end, end: Math.min(sentence.end, last.end + SIDE * 2) };
  return [...inlines, beginning(writtenWords(block, rest), SIDE)];
}

/** What is strong: the words of a span, or what is put there. */
interface Mark extends Span {
  readonly of?: readonly Inline[] | undefined;
}

/** Where the placeholder would go there are holes; a finding without any is strong itself. */
function marksOf(finding: Finding): readonly Mark[] {
  const loss = finding.fixes?.find((fix) => fix.uri === undefined && fix.stops !== undefined);
  const holes = (loss?.edits ?? []).map((edit, at): Mark => holeAt(edit, loss?.stops?.[at]));
  const isNear = holes.every(
    ({ start, end }) => finding.start - 2 <= start && end <= finding.end + 2,
  );
  return holes.length > 0 && isNear ? holes : [finding];
}

function holeAt(
  { start, end, newText }: Edit,
  stop: Span = { start: 0, end: newText.length },
): Mark {
  const of = [newText.slice(0, stop.start), { strong: HOLE }, newText.slice(stop.end)];
  return { start, end, of };
}

function proseSpan({ prose }: Block, { start, end }: Span): Span {
  const from = proseOffset(prose, start);
  return { start: from, end: Math.max(from, proseOffset(prose, end)) };
}

/** The sentences that a span of prose touches. */
function sentenceAround(block: Block, span: Span): Span {
  const touched = sentencesOf(block).filter(
    ({ start, end }) => start <= span.end && span.start <= end,
  );
  return {
    start: Math.min(span.start, touched[0]?.start ?? span.start),
    end: Math.max(span.end, touched.at(-1)?.end ?? span.end),
  };
}
