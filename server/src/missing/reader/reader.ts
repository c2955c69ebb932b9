import { keepLast, memoizeOn } from "../../draft/incremental/memoize.ts";
import { lowerText, spaceBefore, type Tokens } from "../../language/tokens.ts";
import { clash, isAdverbial, isImpossible } from "../clash.ts";
import { newReader, newReading, VIEWS, type Reading, type Sentence } from "./forward.ts";
import { KERNEL } from "./kernel.generated.ts";
import { compiledKernel, plainKernel } from "./kernel.ts";
import type { ReaderModel } from "./model.ts";
import { isClosing, readStretch, type ParagraphEdges } from "./read.ts";
import { splitStretches } from "./sentences.ts";

const getReader = memoizeOn<ReaderModel>()((model): ((sentence: Sentence) => Reading) => {
  const bytes = Uint8Array.from(atob(KERNEL), (unit) => unit.charCodeAt(0));
  return keepReadings(newReader(model, compiledKernel(bytes) ?? plainKernel()));
});

/** Sentences that were read before a keystroke elsewhere in the paragraph are not read again. */
export function keepReadings(
  read: (sentence: Sentence) => Reading,
): (sentence: Sentence) => Reading {
  return keepLast(MOST_KEPT, toKey, read);
}

/** Less than a megabyte of them. */
const MOST_KEPT = 256;

/** Everything that the net sees of a sentence, and what it judges. */
function toKey({ count, rows, spaces, start, end }: Sentence): string {
  const units = new Uint16Array(rows.buffer, rows.byteOffset, count * VIEWS * 2);
  return String.fromCharCode(start, end, ...units, ...spaces.subarray(0, count));
}

/**
 * The minimum score of the finder, less the doubts about the place, for a sentence to be read. At 0.7 half as much is
 * read, and of 338 words that an editor put back 25 fewer are found.
 */
const FIRST_LOOK = 0;

/**
 * The same between two words that clash, as they do if one is left over. Together with impossible pairs it is 0.3 % of
 * the text, in which 4 of 138 leftover words are.
 */
const CLASH_LOOK = -1.5;

/**
 * A paragraph that is suspicious all over is not prose. After this many tokens, at most one in this many is read, so
 * that reading costs no more than everything else.
 */
const ALWAYS_READ = 512;
const MOST_READ = 8;

/**
 * Reads the sentences of a paragraph in which the finder's `scores` suspect a loss, and replaces these with the
 * combined scores. The numbers are the best of a grid, on held-out text. `doubtAt` is what will be subtracted from a
 * score. Returns the net's output, undefined if nothing was read; for tokens that it did not read, the score of being
 * one too many is -Infinity.
 */
export function readSuspicious(
  modelOf: () => ReaderModel,
  tokens: Tokens,
  facets: Int32Array,
  edges: ParagraphEdges,
  scores: Float32Array,
  doubtAt: (at: number) => number,
): Reading | undefined {
  let next = nextSuspicious(tokens, facets, scores, doubtAt, 0);
  // Most paragraphs have no such sentence.
  if (next > tokens.count) return undefined;
  const model = modelOf();
  const reading = newReading(tokens.count + 1);
  reading.leftover.fill(-Infinity);
  let read = 0;
  for (const stretch of splitStretches(tokens)) {
    const { start, end } = stretch;
    if (next >= end) continue;
    next = nextSuspicious(tokens, facets, scores, doubtAt, end);
    if (read > ALWAYS_READ + start / MOST_READ) {
      // What the net might have denied is not reported.
      scores.fill(-Infinity, start, end);
      continue;
    }
    read += end - start;
    readStretch(model, getReader(model), tokens, facets, edges, stretch, reading);
    for (let at = start; at < end; at++) {
      const isStray = isClosing(tokens.kinds[at]) && spaceBefore(tokens, at);
      scores[at] = together(scores[at] ?? 0, reading.gaps[at] ?? 0, isStray);
    }
  }
  return reading;
}

/** The first boundary from `start` on that is suspicious; beyond the last one if there is none. */
function nextSuspicious(
  tokens: Tokens,
  facets: Int32Array,
  scores: Float32Array,
  doubtAt: (at: number) => number,
  start: number,
): number {
  for (let at = start; at <= tokens.count; at++) {
    const score = scores[at] ?? 0;
    // The finder found no prose here.
    if (score === -Infinity) continue;
    if (score >= FIRST_LOOK && score - doubtAt(at) >= FIRST_LOOK) return at;
    if (isImpossible(tokens, facets, at)) return at;
    if (score < CLASH_LOOK || isAdverbial(lowerText(tokens, at - 1))) continue;
    if (clash(tokens, at - 1, at)) return at;
  }
  return tokens.count + 1;
}

/** The combined score of a boundary, from the finder and from the net, which does not see stray spaces. */
function together(finder: number, net: number, isStray: boolean): number {
  const both = net + 0.4 * finder;
  return 0.71 * (isStray ? Math.max(both, 1.38 * finder - 0.21) : both) + 0.13;
}
