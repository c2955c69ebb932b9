import { readModel } from "../src/gaps/model.ts";
import { emptyVocabulary, idOf } from "../src/gaps/vocabulary.ts";
import { calibrate } from "./calibrate.ts";
import { learnClusters } from "./clustering.ts";
import { trainingRows } from "./corpus.ts";
import { factsOf } from "./damage.ts";
import { packModel } from "./pack.ts";
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

/** From a corpus to the text of the model's file: the same text for the same corpus and options. */
export function trainModel(
  folder: string,
  { seed, log, articles = Infinity, bits = 21, groups = 160 }: TrainingOptions,
): string {
  const rows = trainingRows(folder, randomFrom(seed), articles);
  log(`${rows.ids.length} tokens in ${rows.starts.length - 1} paragraphs`);
  const facts = factsOf(rows);
  const clusters = learnClusters(rows, groups);
  log("words grouped by the company they keep");
  const vocabulary = emptyVocabulary(clusters);
  const ids = Int32Array.from(rows.words, (word, id) =>
    idOf(vocabulary, word, 0, word.length, rows.kinds[id] ?? 0),
  );
  const { facets } = vocabulary;
  const weights = trainRegression(rows, facts, facets, ids, {
    bits,
    passes: 4,
    rate: 0.1,
    random: randomFrom(seed + 10),
    log,
  });
  const none = [0, 0, 0] as const;
  const packed = packModel(weights, clusters, {
    bits,
    thresholds: { quiet: none, normal: none, eager: none },
    floor: 0.2,
  });
  // What ships is the packed model: the thresholds are set on its scores, not on those before rounding.
  const thresholds = calibrate(folder, readModel(packed));
  log(`thresholds ${JSON.stringify(thresholds)}`);
  return `${JSON.stringify({ ...packed, thresholds })}\n`;
}
