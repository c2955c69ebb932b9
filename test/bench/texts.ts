import { articles, asMarkdown } from "../eval/corpus.ts";
import { madeUp } from "../support/made-up-drafts.ts";

/** The articles of D1_links in a corpus, in Markdown. */
export async function articleTexts(corpus: string): Promise<string[]> {
  const texts: string[] = [];
  for await (const article of articles(corpus, "D1_links")) texts.push(asMarkdown(article));
  return texts;
}

/** So many made-up drafts of so many words; the same seed gives the same. */
export function madeUpTexts(seed: number, drafts: number, words: number): string[] {
  const made = madeUp(seed);
  return Array.from({ length: drafts }, () => made.draft(words));
}
