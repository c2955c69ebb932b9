import { storedFacts } from "../../server/src/project/facts.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { countWords } from "../eval/corpus.ts";
import { readOptions } from "../eval/report.ts";
import { articleTexts, madeUpTexts } from "./texts.ts";

/**
 * How fast one thread is that has checked the same texts before, from text to what is stored of a
 * draft: words in a second of processor time, V8's own threads included. The first round, which
 * compiles everything and meets every word, beside the least and the middle of the others.
 *
 * `--corpus DIR`: over the articles of D1_links there instead of made-up drafts, whose words are few.
 * `--rounds N`: so many rounds after the first.
 */
export function run(args: readonly string[]): void {
  const { corpus, rounds } = readOptions(args, { corpus: "", rounds: 5 });
  const texts = corpus === "" ? madeUpTexts(7, 300, 1000) : articleTexts(corpus);
  const words = texts.reduce((sum, text) => sum + countWords(text), 0);
  const first = secondsOf(texts);
  const others = Array.from({ length: rounds }, () => secondsOf(texts));
  others.sort((a, b) => a - b);
  const row = (title: string, seconds: number): void => {
    const rate = Math.round(words / seconds).toLocaleString("en");
    console.log(`${title.padEnd(18)}${seconds.toFixed(2)} s of processor, ${rate} words/s`);
  };
  console.log(`${texts.length} drafts, ${words.toLocaleString("en")} words`);
  row("first round", first);
  row("least of the rest", others[0] ?? NaN);
  row("middle of the rest", others[others.length >> 1] ?? NaN);
}

/** The processor time, in seconds, of checking each text once. */
function secondsOf(texts: readonly string[]): number {
  const before = process.cpuUsage();
  for (const text of texts) storedFacts(text, "markdown", DEFAULT_SETTINGS);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1e6;
}
