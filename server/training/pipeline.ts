import { Lexicon } from "../src/language/lexicon.ts";
import { trainedReader } from "../src/missing/trained.ts";
import { EDGES, emptyVocabulary, getFacets } from "../src/missing/vocabulary.ts";
import { calibrate } from "./calibrate.ts";
import { learnClusters } from "./clustering.ts";
import { addArticles, RowMaker } from "./corpus.ts";
import { factsOf } from "./losses.ts";
import { modelFile, packModel } from "./pack.ts";
import type { Lessons } from "./paragraph.ts";
import { randomFrom } from "./random.ts";
import { trainRegression } from "./regression.ts";

export interface TrainingOptions {
  readonly seed: number;
  readonly log: (text: string) => void;
  /** The most articles of each file, for a trial. */
  readonly articles?: number;
  /** The model has 2^bits weights. */
  readonly bits?: number;
  /** How many groups each of the two groupings has. */
  readonly groups?: number;
}

/**
 * From a corpus to the model's file: the same bytes for the same corpus and options.
 * @throws Error if the folder has no article to train on, or none for the thresholds.
 */
export function trainModel(
  folder: string,
  { seed, log, articles = Infinity, bits = 21, groups = 160 }: TrainingOptions,
): Uint8Array {
  const maker = new RowMaker();
  addArticles(folder, randomFrom(seed), articles, maker);
  const rows = maker.rows();
  log(`${rows.ids.length} tokens in ${rows.starts.length - 1} paragraphs`);
  if (rows.ids.length === 0) throw new Error(`${folder} has no article to train on.`);
  const facts = factsOf(rows);
  const clusters = learnClusters(rows, groups);
  log("words grouped by the company they keep");
  const lexicon = new Lexicon();
  const toVocabulary = Int32Array.from(
    rows.words,
    (word, id) => lexicon.add(word, rows.kinds[id] ?? 0) + EDGES,
  );
  const facets = getFacets(emptyVocabulary(clusters), lexicon);
  const lessons: Lessons = { rows, facts, facets, toVocabulary };
  const weights = trainRegression(lessons, {
    bits,
    passes: 4,
    rate: 0.1,
    random: randomFrom(seed + 10),
    log,
  });
  const none = [0, 0, 0] as const;
  const unset = { quiet: none, normal: none, eager: none };
  const model = packModel(weights, clusters, {
    bits,
    thresholds: unset,
    leftover: unset,
    floor: 0.2,
  });
  // The packed model and the net are what ships, so the thresholds are set on both.
  const set = calibrate(folder, { ...model, reader: trainedReader });
  log(`thresholds ${JSON.stringify(set)}`);
  return modelFile({ ...model, ...set });
}
