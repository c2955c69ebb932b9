import { parseArgs } from "node:util";
import type { Block } from "../../server/src/draft/draft.ts";
import { plaintext } from "../../server/src/formats/plaintext/format.ts";
import { findGaps, scoresOf } from "../../server/src/missing/find.ts";
import { readModel, type PackedModel } from "../../server/src/missing/model.ts";
import { tokensOf } from "../../server/src/language/tokens.ts";
import packed from "../../server/model/gaps.json";
import { articles, asPlainText, cleanFiles, countWords } from "../eval/corpus.ts";
import { madeUpTexts } from "./texts.ts";

/**
 * How fast the finder of holes is by itself, on one thread: words in a second, from text to gaps and
 * from tokens to scores, the best of five rounds; and how long the model takes to load.
 * `--corpus DIR`: over the corpus's articles instead of made-up ones, whose words are few.
 */
export async function run(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({ args: [...args], options: { corpus: { type: "string" } } });
  const texts =
    values.corpus === undefined ? madeUpTexts(7, 300, 1000) : await corpusTexts(values.corpus);
  const words = texts.reduce((sum, text) => sum + countWords(text), 0);

  const begun = performance.now();
  const model = readModel(packed as unknown as PackedModel);
  console.log(`model loaded in ${(performance.now() - begun).toFixed(1)} ms`);

  const read = (): Block[] => texts.flatMap((text) => plaintext.parse(text).blocks);
  let best = Infinity;
  for (let round = 0; round < 5; round++) {
    const blocks = read();
    const from = performance.now();
    for (const block of blocks) findGaps(block, model);
    best = Math.min(best, performance.now() - from);
  }
  console.log(`text to gaps:     ${rate(words, best)} words/s`);

  best = Infinity;
  const blocks = read();
  for (const block of blocks) tokensOf(block);
  for (let round = 0; round < 5; round++) {
    const from = performance.now();
    for (const block of blocks) scoresOf(tokensOf(block), model);
    best = Math.min(best, performance.now() - from);
  }
  console.log(`tokens to scores: ${rate(words, best)} words/s   (${words} words)`);
}

function rate(words: number, milliseconds: number): string {
  return Math.round((words / milliseconds) * 1000).toLocaleString("en");
}

async function corpusTexts(folder: string): Promise<string[]> {
  const texts: string[] = [];
  for (const name of cleanFiles(folder).slice(0, 1)) {
    for await (const article of articles(folder, name)) texts.push(asPlainText(article));
  }
  return texts;
}
