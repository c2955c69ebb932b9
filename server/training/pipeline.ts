import { Lexicon } from "../src/language/lexicon.ts";
import { EDGES, emptyVocabulary, facetsOf } from "../src/missing/vocabulary.ts";
import { calibrate } from "./calibrate.ts";
import { learnClusters } from "./clustering.ts";
import { trainingRows } from "./corpus.ts";
import { factsOf } from "./damage.ts";
import { suspiciousBoundaries, trainNet } from "./network.ts";
import { modelFile, packModel } from "./pack.ts";
import type { Lessons } from "./paragraph.ts";
import { randomFrom } from "./random.ts";
import { trainRegression } from "./regression.ts";

export interface TrainingOptions {
  readonly seed: number;
  readonly log: (text: string) => void;
  /** No more than so many articles of each file: for a trial. */
  readonly articles?: number;
  /** The model has 2^bits weights. */
  readonly bits?: number;
  /** Into so many groups, twice, are words put by the company they keep. */
  readonly groups?: number;
}

/**
 * From a corpus to the model's file: the same bytes for the same corpus and options.
 * @throws Error if the folder has no article to train on, or none to set the thresholds on.
 */
export function trainModel(
  folder: string,
  { seed, log, articles = Infinity, bits = 21, groups = 160 }: TrainingOptions,
): Uint8Array {
  const rows = trainingRows(folder, randomFrom(seed), articles);
  log(`${rows.ids.length} tokens in ${rows.starts.length - 1} paragraphs`);
  if (rows.ids.length === 0) throw new Error(`${folder} has no article to train on.`);
  const facts = factsOf(rows);
  const clusters = learnClusters(rows, groups);
  log("words grouped by the company they keep");
  const lexicon = new Lexicon();
  const toVocabulary = Int32Array.from(
    rows.words,
    (word, id) => lexicon.addText(word, rows.kinds[id] ?? 0) + EDGES,
  );
  const facets = facetsOf(emptyVocabulary(clusters), lexicon);
  const lessons: Lessons = { rows, facts, facets, toVocabulary };
  const all = Int32Array.from({ length: rows.starts.length - 1 }, (_, row) => row);
  const regression = (paragraphs: Int32Array, from: number): Float32Array =>
    trainRegression(lessons, {
      paragraphs,
      bits,
      passes: 4,
      rate: 0.1,
      random: randomFrom(from),
      log,
    });
  // The net learns where a regression errs on text that it has not seen: one of the other half.
  const isUnseen = everySecondStretch(all.length);
  const seen = all.filter((row) => !isUnseen(row));
  log(`half of the text: ${seen.length} paragraphs`);
  const suspicious = suspiciousBoundaries(lessons, regression(seen, seed + 10), {
    paragraphs: all.filter(isUnseen),
    bits,
    passes: 6,
    random: randomFrom(seed + 20),
  });
  const net = trainNet(suspicious, facets, {
    passes: 2,
    random: randomFrom(seed + 30),
    log,
  });
  log("all of the text");
  const weights = regression(all, seed + 10);
  const none = [0, 0, 0] as const;
  const model = packModel(weights, net, clusters, {
    bits,
    thresholds: { quiet: none, normal: none, eager: none },
    floor: 0.2,
  });
  // What ships is the packed model: the thresholds are set on its scores, not on those before rounding.
  const thresholds = calibrate(folder, model);
  log(`thresholds ${JSON.stringify(thresholds)}`);
  return modelFile({ ...model, thresholds });
}

/** Every second stretch of paragraphs: so long that a site, and what it repeats, stands in one. */
function everySecondStretch(paragraphs: number): (row: number) => boolean {
  const length = Math.min(4096, Math.ceil(paragraphs / 8));
  return (row) => Math.floor(row / length) % 2 === 1;
}
