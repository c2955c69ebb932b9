// Trains the finder of holes: npm run train -- --corpus DIR [--seed N] [--out FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { readModel } from "../src/gaps/model.ts";
import { emptyVocabulary, idOf } from "../src/gaps/vocabulary.ts";
import { calibrate } from "./calibrate.ts";
import { learnClusters } from "./clustering.ts";
import { trainingRows } from "./corpus.ts";
import { factsOf } from "./damage.ts";
import { packModel } from "./pack.ts";
import { randomFrom } from "./random.ts";
import { trainRegression } from "./regression.ts";

const BITS = 21;
const CLUSTERS = 160;

const { values } = parseArgs({
  options: {
    corpus: { type: "string" },
    seed: { type: "string", default: "1" },
    out: { type: "string", default: "server/model/gaps.json" },
  },
});
if (values.corpus === undefined) throw new Error("Usage: npm run train -- --corpus DIR");
const seed = Number(values.seed);
const begun = performance.now();
const log = (text: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${text}`);
};

const rows = trainingRows(values.corpus, randomFrom(seed));
log(`${rows.ids.length} tokens in ${rows.starts.length - 1} paragraphs`);
const facts = factsOf(rows);
const clusters = learnClusters(rows, CLUSTERS);
log("words grouped by the company they keep");
const vocabulary = emptyVocabulary(clusters);
const ids = Int32Array.from(rows.words, (word, id) =>
  idOf(vocabulary, word, 0, word.length, rows.kinds[id] ?? 0),
);
const { facets } = vocabulary;
const weights = trainRegression(rows, facts, facets, ids, {
  bits: BITS,
  passes: 4,
  rate: 0.1,
  random: randomFrom(seed + 10),
  log,
});
const none = [0, 0, 0] as const;
const packed = packModel(weights, clusters, {
  bits: BITS,
  thresholds: { quiet: none, normal: none, eager: none },
  floor: 0.2,
});
const thresholds = calibrate(values.corpus, readModel(packed));
log(`thresholds ${JSON.stringify(thresholds)}`);
const text = `${JSON.stringify({ ...packed, thresholds })}\n`;
writeFileSync(values.out, text);
log(`${values.out}: ${text.length} bytes`);
