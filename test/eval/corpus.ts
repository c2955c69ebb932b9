import { createReadStream, existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";

/** A published article. Link spans are in code points, as the corpus has them. */
export interface Article {
  readonly id: string;
  readonly paragraphs: readonly Paragraph[];
}

export interface Paragraph {
  readonly kind: "para" | "item" | "heading" | "quote";
  readonly text: string;
  readonly links: readonly (readonly [number, number])[];
}

/** The clean articles in a corpus folder, by file name without its ending. */
export const CLEAN = ["D1_links", "D1N_wikinews", "D1x_links", "D1x_extra"];

/** Reads one gzipped JSONL file of articles, one at a time. */
export function articles(folder: string, name: string): AsyncGenerator<Article> {
  return records<Article>(folder, name);
}

/** Reads one gzipped JSONL file, one record at a time. */
export async function* records<T>(folder: string, name: string): AsyncGenerator<T> {
  const stream = createReadStream(join(folder, `${name}.jsonl.gz`)).pipe(createGunzip());
  for await (const line of createInterface({ input: stream, crlfDelay: Infinity })) {
    if (line !== "") yield JSON.parse(line) as T;
  }
}

/** A file of a content repository, as D5 has them. */
export interface SiteFile {
  readonly id: string;
  readonly repo: string;
  readonly path: string;
  readonly text: string;
}

/** Reads one gzipped JSONL file of content repositories: the files of each, by its name. */
export async function filesByRepository(
  folder: string,
  name: string,
): Promise<ReadonlyMap<string, readonly SiteFile[]>> {
  const groups = new Map<string, SiteFile[]>();
  for await (const file of records<SiteFile>(folder, name)) {
    const group = groups.get(file.repo);
    if (group === undefined) groups.set(file.repo, [file]);
    else group.push(file);
  }
  return groups;
}

/** The clean files that a folder has; none where it is no corpus but a folder of drafts. */
export function cleanFiles(folder: string): string[] {
  return CLEAN.filter((name) => existsSync(join(folder, `${name}.jsonl.gz`)));
}

/** Every Markdown file under a folder, links followed nowhere. */
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
export function asMarkdown(article: Article): string {
  let link = 0;
  const blocks = article.paragraphs.map(({ kind, text, links }) => {
    const points = Array.from(text);
    let body = "";
    let at = 0;
    for (const [start, end] of links) {
      body += points.slice(at, start).join("");
      body += `[${points.slice(start, end).join("")}](https://example.org/${++link})`;
      at = end;
    }
    body += points.slice(at).join("");
    return { kind, text: MARKERS[kind] + body };
  });
  return joined(blocks);
}

/** An article as plain text. */
export function asPlainText(article: Article): string {
  return joined(article.paragraphs);
}

/** The number of words, as an editor counts them. */
export function countWords(text: string): number {
  return text.match(/\S+/g)?.length ?? 0;
}

const MARKERS = { para: "", item: "- ", heading: "## ", quote: "> " };

function joined(blocks: readonly { kind: string; text: string }[]): string {
  let result = "";
  let before = "";
  for (const { kind, text } of blocks) {
    if (before !== "") result += kind === "item" && before === "item" ? "\n" : "\n\n";
    result += text;
    before = kind;
  }
  return `${result}\n`;
}
