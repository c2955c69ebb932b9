import { keepLast, memoizeOn } from "../../draft/incremental/memoize.ts";
import { lowerText, spaceBefore, type Tokens } from "../../language/tokens.ts";
import { clash, isAdverbial, isImpossible } from "../clash.ts";
import { newReader, newReading, VIEWS, type Reading, type Sentence } from "./forward.ts";
import { KERNEL } from "./kernel.generated.ts";
import { compiledKernel, plainKernel } from "./kernel.ts";
import type { ReaderModel } from "./model.ts";
import { isClosing, readStretch, type ParagraphEdges } from "./read.ts";
import { stretchesOf } from "./sentences.ts";

const readerOf = memoizeOn<ReaderModel>()((model): ((sentence: Sentence) => Reading) => {
  const bytes = Uint8Array.from(atob(KERNEL), (unit) => unit.charCodeAt(0));
  return keepReadings(newReader(model, compiledKernel(bytes) ?? plainKernel()));
});

/** Sentences of a paragraph that were read before a keystroke in another are not read again. */
export function keepReadings(
  read: (sentence: Sentence) => Reading,
): (sentence: Sentence) => Reading {
  return keepLast(MOST_KEPT, toKey, read);
}

/** Less than a megabyte of them. */
const MOST_KEPT = 256;

/** All that the net sees of a sentence. */
function toKey({ count, rows, spaces }: Sentence): string {
  const units = new Uint16Array(rows.buffer, rows.byteOffset, count * VIEWS * 2);
  return String.fromCharCode(...units, ...spaces.subarray(0, count));
}

/** What a score of the finder, less the doubts about its place, has to be for its sentence to be read. */
const FIRST_LOOK = 0.7;

/**
 * The same between two words that clash, as where one of them is left over. With what is impossible it is 0.3 % of the
 * text, and finds more of what is left over than `FIRST_LOOK` 0 does, by which four times as much is read.
 */
const CLASH_LOOK = -1.5;

/**
 * A paragraph that is suspicious all over is no prose. After so many tokens no more than one in so many is read, so that
 * reading costs no more than all else.
 */
const ALWAYS_READ = 512;
const MOST_READ = 8;

/**
 * Reads the sentences of a paragraph in which the finder's `scores` suspect a loss, and puts what both say in their
 * place. The numbers are the best of a grid, on held-out text. `doubtAt` is what will be taken from a score. Gives what
 * the net says, undefined where nothing was read; of a token that it did not read, -Infinity of its being one too many.
 */
export function readSuspicious(
  modelOf: () => ReaderModel,
  tokens: Tokens,
  facets: Int32Array,
  edges: ParagraphEdges,
  scores: Float32Array,
  doubtAt: (at: number) => number,
): Reading | undefined {
  // Of forty paragraphs one has such a sentence.
  if (!isSuspicious(tokens, facets, scores, doubtAt, 0, tokens.count + 1)) return undefined;
  const model = modelOf();
  const reading = newReading(tokens.count + 1);
  reading.leftover.fill(-Infinity);
  let read = 0;
  for (const stretch of stretchesOf(tokens)) {
    const { start, end } = stretch;
    if (!isSuspicious(tokens, facets, scores, doubtAt, start, end)) continue;
    if (read > ALWAYS_READ + start / MOST_READ) {
      // What the net might have denied is not told.
      scores.fill(-Infinity, start, end);
      continue;
    }
    read += end - start;
    readStretch(model, readerOf(model), tokens, facets, edges, stretch, reading);
    for (let at = start; at < end; at++) {
      const isStray = isClosing(tokens.kinds[at]) && spaceBefore(tokens, at);
      scores[at] = together(scores[at] ?? 0, reading.gaps[at] ?? 0, isStray);
    }
  }
  return reading;
}

function isSuspicious(
  tokens: Tokens,
  facets: Int32Array,
  scores: Float32Array,
  doubtAt: (at: number) => number,
  start: number,
  end: number,
): boolean {
  for (let at = start; at < end; at++) {
    const score = scores[at] ?? 0;
    // The finder found no prose here.
    if (score === -Infinity) continue;
    if (score >= FIRST_LOOK && score - doubtAt(at) >= FIRST_LOOK) return true;
    if (isImpossible(tokens, facets, at)) return true;
    if (score < CLASH_LOOK || isAdverbial(lowerText(tokens, at - 1))) continue;
    if (clash(tokens, at - 1, at)) return true;
  }
  return false;
}

/** The score of a boundary by the finder's and the net's, to which stray spaces are hidden. */
function together(finder: number, net: number, isStray: boolean): number {
  const both = net + 0.4 * finder;
  return 0.71 * (isStray ? Math.max(both, 1.38 * finder - 0.21) : both) + 0.13;
}
