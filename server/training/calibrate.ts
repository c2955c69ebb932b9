import { weighEvidence, computeRaise } from "../src/engine/evidence.ts";
import { MOST_RAISED_HINT } from "../src/missing/sensitivity.ts";
import { findGaps } from "../src/missing/find.ts";
import type { GapModel, Thresholds } from "../src/missing/model.ts";
import { plaintext } from "../src/formats/plaintext/format.ts";
import { isEnglish } from "../src/language/english.ts";
import { isHeldOut, readLines, type Article } from "./corpus.ts";

/** Findings in 10,000 words of clean text that each step may cost: certain, likely, possible. */
const RATES = {
  quiet: [0.25, 0.5, 1.2],
  normal: [0.5, 1, 4],
  eager: [0.8, 2, 9],
} as const;

/**
 * Sets the thresholds on published text that the model has not seen.
 * @throws Error if the folder has none.
 */
export function calibrate(folder: string, model: GapModel): Thresholds {
  const open: GapModel = {
    ...model,
    thresholds: {
      quiet: [99, 99, LOWEST],
      normal: [99, 99, LOWEST],
      eager: [99, 99, LOWEST],
    },
  };
  const scores: number[] = [];
  const hints: number[] = [];
  let words = 0;
  for (const name of ["D1_links", "D1N_wikinews"]) {
    for (const article of readLines<Article>(folder, name)) {
      if (!isHeldOut(article)) continue;
      const own: number[] = [];
      let units = 0;
      const text = article.paragraphs.map((paragraph) => paragraph.text).join("\n\n");
      words += text.match(/\S+/g)?.length ?? 0;
      for (const block of plaintext.parse(text).blocks) {
        units += block.prose.text.length;
        if (!isEnglish(block)) continue;
        for (const gap of findGaps(block, open)) own.push(gap.score);
      }
      const evidence = weighEvidence(own, units);
      for (const score of own) {
        const raise = computeRaise(evidence, score);
        scores.push(score + raise);
        hints.push(score + Math.min(raise, MOST_RAISED_HINT));
      }
    }
  }
  if (words === 0) throw new Error(`${folder} has no article that is held out.`);
  const at = (sorted: readonly number[], rate: number): number => {
    const index = Math.min(sorted.length - 1, Math.floor((words / 10_000) * rate));
    return Number((sorted[index] ?? 0).toFixed(2));
  };
  scores.sort((a, b) => b - a);
  hints.sort((a, b) => b - a);
  const thresholds = ([certain, likely, possible]: readonly [number, number, number]) =>
    [at(scores, certain), at(scores, likely), at(hints, possible)] as const;
  return {
    quiet: thresholds(RATES.quiet),
    normal: thresholds(RATES.normal),
    eager: thresholds(RATES.eager),
  };
}

const LOWEST = -1;
