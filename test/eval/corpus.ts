import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { FILES, readLines, type Article } from "../../server/training/corpus.ts";
import { joined } from "../../server/training/judge/pasting.ts";
import { type Random, randomFrom } from "../../server/training/random.ts";

/** The articles of one file of a corpus: every Kth. */
export function articles(folder: string, name: string, every = 1): Article[] {
  return readLines<Article>(folder, name).filter((_, index) => index % every === 0);
}

/** A file of a content repository, as in D5. */
export interface SiteFile {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly text: string;
}

/** The files of each content repository in one file of a corpus, by its name. */
export function filesByRepository(
  folder: string,
  name: string,
): ReadonlyMap<string, readonly SiteFile[]> {
  const groups = new Map<string, SiteFile[]>();
  for (const file of readLines<SiteFile>(folder, name)) {
    groups.set(file.repo, [...(groups.get(file.repo) ?? []), file]);
  }
  return groups;
}

/** The clean files in a folder; empty if it is not a corpus but a folder of drafts. */
export function cleanFiles(folder: string): string[] {
  return FILES.filter((name) => existsSync(join(folder, `${name}.jsonl.gz`)));
}

/** Every Markdown file below a folder. Links are not followed. */
export function* markdownFiles(folder: string): Generator<{ path: string; text: string }> {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* markdownFiles(path);
    else if (entry.isFile() && /\.(?:md|markdown)$/i.test(entry.name)) {
      yield { path, text: readFileSync(path, "utf8") };
    }
  }
}

/** An article as Markdown, with its links. */
export function asMarkdown({ paragraphs }: Pick<Article, "paragraphs">): string {
  return joined(paragraphs).text;
}

/** An article as plain text. */
export function asPlainText({ paragraphs }: Article): string {
  const between = (at: number): string => {
    if (at === 0) return "";
    return paragraphs[at]?.kind === "item" && paragraphs[at - 1]?.kind === "item" ? "\n" : "\n\n";
  };
  return `${paragraphs.map(({ text }, at) => between(at) + text).join("")}\n`;
}

/** The number of words, as an editor counts them. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

/** Random numbers from 0 up to 1, the same for the same name. */
export function randomFor(name: string): Random {
  let state = 0;
  for (const unit of name) state = (Math.imul(state, 31) + unit.charCodeAt(0)) | 0;
  return randomFrom(state);
}
