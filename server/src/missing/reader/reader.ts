import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { spaceBefore, type Tokens } from "../../language/tokens.ts";
import { newReader, type Reading, type Sentence } from "./forward.ts";
import { KERNEL } from "./kernel.generated.ts";
import { compiledKernel, plainKernel } from "./kernel.ts";
import type { ReaderModel } from "./model.ts";
import { isClosing, readStretch, type ParagraphEdges } from "./read.ts";
import { stretchesOf } from "./sentences.ts";
import { rowsOf } from "./words.ts";

const readerOf = memoizeOn<ReaderModel>()((model): ((sentence: Sentence) => Reading) => {
  const bytes = Uint8Array.from(atob(KERNEL), (unit) => unit.charCodeAt(0));
  return newReader(model, compiledKernel(bytes) ?? plainKernel());
});

/** What a score of the finder has to be for its sentence to be read. */
const FIRST_LOOK = 1;

/**
 * A paragraph that is suspicious all over is no prose. After so many tokens no more than one in so many is read, so that
 * reading costs no more than all else.
 */
const ALWAYS_READ = 512;
const MOST_READ = 8;

/**
 * Reads the sentences of a paragraph in which the finder's `scores` suspect a loss, and puts what both say in their
 * place. The numbers are the best of a grid, on held-out text.
 */
export function readSuspicious(
  modelOf: () => ReaderModel,
  tokens: Tokens,
  facets: Int32Array,
  edges: ParagraphEdges,
  scores: Float32Array,
): void {
  let reading: Reading | undefined;
  let read = 0;
  let rows: Int32Array | undefined;
  for (const stretch of stretchesOf(tokens)) {
    let most = -Infinity;
    for (let at = stretch.start; at < stretch.end; at++) most = Math.max(most, scores[at] ?? 0);
    if (most < FIRST_LOOK) continue;
    if (read > ALWAYS_READ + stretch.start / MOST_READ) {
      // What the net might have denied is not told.
      scores.fill(-Infinity, stretch.start, stretch.end);
      continue;
    }
    read += stretch.end - stretch.start;
    const model = modelOf();
    rows ??= rowsOf(model, tokens.lexicon, facets);
    reading ??= {
      gaps: new Float32Array(tokens.count + 1),
      leftover: new Float32Array(tokens.count + 1),
    };
    readStretch(model, readerOf(model), tokens, rows, edges, stretch, reading);
    for (let at = stretch.start; at < stretch.end; at++) {
      const isStray = isClosing(tokens.kinds[at]) && spaceBefore(tokens, at);
      scores[at] = together(scores[at] ?? 0, reading.gaps[at] ?? 0, isStray);
    }
  }
}

/** The score of a boundary by the finder's and the net's, to which stray spaces are hidden. */
function together(finder: number, net: number, isStray: boolean): number {
  const both = net + 0.4 * finder;
  return 0.71 * (isStray ? Math.max(both, 1.38 * finder - 0.21) : both) + 0.13;
}
