// Trains the finder of holes: npm run train -- --corpus DIR [--seed N] [--articles N] [--out FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { trainModel } from "./pipeline.ts";

const { values } = parseArgs({
  options: {
    corpus: { type: "string" },
    seed: { type: "string", default: "1" },
    /** No more than so many articles of each file: a trial of a minute. */
    articles: { type: "string", default: "Infinity" },
    out: { type: "string", default: "server/model/gaps.json" },
  },
});
if (values.corpus === undefined) throw new Error("Usage: npm run train -- --corpus DIR");

const begun = performance.now();
const log = (text: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${text}`);
};
const text = trainModel(values.corpus, {
  seed: Number(values.seed),
  articles: Number(values.articles),
  log,
});
writeFileSync(values.out, text);
log(`${values.out}: ${text.length} bytes`);
