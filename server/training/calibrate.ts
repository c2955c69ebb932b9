import { measure, weighEvidence, withEvidence } from "../src/engine/evidence.ts";
import { findGaps, findLeftovers, type Gap } from "../src/missing/find.ts";
import type { GapModel, Thresholds } from "../src/missing/model.ts";
import { plaintext } from "../src/formats/plaintext/format.ts";
import { isEnglish } from "../src/language/english.ts";
import { isHeldOut, readLines, type Article } from "./corpus.ts";

type Rates = Thresholds;

/** The findings in 10,000 words of clean text that each threshold may cost: certain, likely, possible. */
const GAPS: Rates = {
  quiet: [0.25, 0.5, 1.2],
  normal: [0.65, 1.27, 2.1],
  eager: [0.8, 2, 9],
};

/** The same for words left over, which are rarer. The first of them are still right three times in four. */
const LEFTOVERS: Rates = {
  quiet: [0.1, 0.2, 0.5],
  normal: [0.2, 0.41, 0.5],
  eager: [0.3, 0.8, 2],
};

/**
 * Sets the thresholds on published text that the model has not seen.
 * @throws Error if the folder has none.
 */
export function calibrate(
  folder: string,
  model: GapModel,
): Pick<GapModel, "thresholds" | "leftover"> {
  const lowest = [99, 99, LOWEST] as const;
  const all = { quiet: lowest, normal: lowest, eager: lowest };
  const open: GapModel = { ...model, thresholds: all, leftover: all };
  const scores: number[] = [];
  const hints: number[] = [];
  const leftovers: number[] = [];
  let words = 0;
  for (const name of ["D1_links", "D1N_wikinews"]) {
    for (const article of readLines<Article>(folder, name)) {
      if (!isHeldOut(article)) continue;
      const own: Gap[] = [];
      const text = article.paragraphs.map((paragraph) => paragraph.text).join("\n\n");
      words += text.match(/\S+/g)?.length ?? 0;
      const { blocks } = plaintext.parse(text);
      for (const block of blocks) {
        if (!isEnglish(block)) continue;
        own.push(...findGaps(block, open));
        for (const { score } of findLeftovers(block, open)) leftovers.push(score);
      }
      const evidence = weighEvidence(
        own.map(({ score }) => score),
        measure(blocks),
      );
      for (const gap of own) {
        const { loud, hint } = withEvidence(evidence, gap);
        scores.push(loud);
        hints.push(hint);
      }
    }
  }
  if (words === 0) throw new Error(`${folder} has no article that is held out.`);
  const at = (sorted: readonly number[], rate: number): number => {
    const index = Math.min(sorted.length - 1, Math.floor((words / 10_000) * rate));
    return Number((sorted[index] ?? 0).toFixed(2));
  };
  for (const found of [scores, hints, leftovers]) found.sort((a, b) => b - a);
  const steps = (rates: Rates, loud: readonly number[], told: readonly number[]): Thresholds => {
    const each = ([certain, likely, possible]: Rates["normal"]) =>
      [at(loud, certain), at(loud, likely), at(told, possible)] as const;
    return { quiet: each(rates.quiet), normal: each(rates.normal), eager: each(rates.eager) };
  };
  return {
    thresholds: steps(GAPS, scores, hints),
    leftover: steps(LEFTOVERS, leftovers, leftovers),
  };
}

const LOWEST = -2;
