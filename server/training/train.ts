// Trains the models: npm run train -- [holes|reader|thresholds|judge] --corpus DIR [--out FILE]
// The finder of holes, also: [--seed N] [--articles N]
// Its net, also: [--seed N] [--articles N] [--passes N] [--minutes N] [--from NET.pt] [--data DIR] [--python COMMAND]
// The thresholds of both, also: [--reader FILE]
// The judge of repeats, also: [--pairs FILE]
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { format, resolveConfig } from "prettier";
import { trainJudge } from "./judge/train.ts";
import { packedFile } from "./pack.ts";
import { trainModel } from "./pipeline.ts";
import { GAPS, READER, trainReader, withThresholds } from "./reader/train.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    corpus: { type: "string" },
    seed: { type: "string", default: "1" },
    /** The most articles of each file, for a trial of a minute. */
    articles: { type: "string", default: "Infinity" },
    out: { type: "string" },
    /** The file of the judge's pairs: read if it exists, else written. */
    pairs: { type: "string" },
    /** How often the net's text is damaged anew and read. */
    passes: { type: "string", default: "3" },
    minutes: { type: "string" },
    rate: { type: "string" },
    threads: { type: "string" },
    from: { type: "string" },
    data: { type: "string", default: join(tmpdir(), "galley-reader") },
    python: { type: "string", default: "python3" },
    reader: { type: "string", default: READER },
  },
});
const [what = "holes"] = positionals;
const { corpus } = values;
const begun = performance.now();
const log = (text: string): void => {
  console.log(`${((performance.now() - begun) / 1000).toFixed(0).padStart(5)} s  ${text}`);
};
const write = (out: string, text: string): void => {
  writeFileSync(out, text);
  log(`${out}: ${text.length} bytes`);
};
if (corpus === undefined) throw new Error("Usage: npm run train -- WHAT --corpus DIR");
const numbers = { seed: Number(values.seed), log };
switch (what) {
  case "holes":
    write(
      values.out ?? GAPS,
      packedFile(trainModel(corpus, { ...numbers, articles: Number(values.articles) })),
    );
    break;
  case "reader":
    await trainReader(corpus, values.out ?? READER, {
      ...numbers,
      limit: Number(values.articles),
      passes: Number(values.passes),
      data: values.data,
      from: values.from,
      python: values.python,
      more: (["minutes", "rate", "threads"] as const).flatMap((name) => {
        const value = values[name];
        return value === undefined ? [] : [`--${name}`, value];
      }),
    });
    log(values.out ?? READER);
    // The thresholds of a trial don't ship.
    if (values.out === undefined) write(GAPS, withThresholds(corpus, READER));
    break;
  case "thresholds":
    write(values.out ?? GAPS, withThresholds(corpus, values.reader));
    break;
  case "judge": {
    const { source, report } = trainJudge(corpus, log, values.pairs);
    console.log(report);
    const config = { ...(await resolveConfig("x.ts")), parser: "typescript" };
    write(values.out ?? "server/src/repeats/weights.ts", await format(source, config));
    break;
  }
  default:
    throw new Error(`Nothing named “${what}” is trained: holes, reader, thresholds or judge.`);
}
