// Trains what is learned: npm run train -- [holes|judge] --corpus DIR [--out FILE]
// The finder of holes, also: [--seed N] [--articles N]
// The judge of repeats, also: [--pairs FILE]
import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { trainJudge } from "./judge/train.ts";
import { packedFile } from "./pack.ts";
import { trainModel } from "./pipeline.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: "string" },
    seed: { type: "string", default: "1" },
    /** No more than so many articles of each file: a trial of a minute. */
    articles: { type: "string", default: "Infinity" },
    out: { type: "string" },
    /** Where the judge's pairs are kept: read where the file is there, else written. */
    pairs: { type: "string" },
  },
});
const [what = "holes"] = positionals;
if (values.corpus === undefined || (what !== "holes" && what !== "judge")) {
  throw new Error("Usage: npm run train -- [holes|judge] --corpus DIR");
}

const begun = performance.now();
const log = (text: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${text}`);
};
const out =
  values.out ?? (what === "judge" ? "server/src/repeats/weights.ts" : "server/model/gaps.json");
const text = what === "judge" ? await judge(values.corpus) : holes(values.corpus);
writeFileSync(out, text);
log(`${out}: ${text.length} bytes`);

function holes(corpus: string): string {
  const seed = Number(values.seed);
  return packedFile(trainModel(corpus, { seed, articles: Number(values.articles), log }));
}

async function judge(corpus: string): Promise<string> {
  const { source, report } = trainJudge(corpus, log, values.pairs);
  console.log(report);
  return format(source, { ...(await resolveConfig("x.ts")), parser: "typescript" });
}
