import { articles, asMarkdown } from "../eval/corpus.ts";
import { madeUp } from "../support/made-up-drafts.ts";

/** The articles of D1_links in a corpus, in Markdown. */
export function articleTexts(corpus: string): string[] {
  return articles(corpus, "D1_links").map(asMarkdown);
}

/** This many made-up drafts of this many words; the same seed gives the same. */
export function madeUpTexts(seed: number, drafts: number, words: number): string[] {
  const made = madeUp(seed);
  return Array.from({ length: drafts }, () => made.draft(words));
}
