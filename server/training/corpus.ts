import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { MASK } from "../src/draft/prose.ts";
import { isEnglishText } from "../src/language/english.ts";
import { TokenKind, tokenize } from "../src/language/tokens.ts";
import type { Random } from "./random.ts";
import { lowerBound } from "../src/text/search.ts";

/**
 * Repositories that no part of the model sees in training, so that thresholds and the numbers on
 * the model card come from strangers. Of the news articles in `D1N`, every second is held out.
 */
export const HELD_OUT: ReadonlySet<string> = new Set([
  "facebook/react-native-website",
  "nodejs/nodejs.org",
  "GSA/plainlanguage.gov",
  "rust-lang/blog.rust-lang.org",
  "prometheus/docs",
]);

export const FILES = ["D1_links", "D1x_links", "D1x_extra", "D1N_wikinews"] as const;

export interface Article {
  readonly id: string;
  readonly repo: string;
  readonly genre?: string;
  readonly paragraphs: readonly {
    readonly kind: string;
    readonly text: string;
    readonly links: readonly (readonly [number, number])[];
  }[];
}

/** Whether an article is for measuring, not for training. */
export function isHeldOut(article: Pick<Article, "id" | "repo">): boolean {
  if (article.repo === "vanatteveldt/wikinews")
    return Number.parseInt(article.id.slice(0, 6), 16) % 2 === 0;
  return HELD_OUT.has(article.repo);
}

export function readLines<T>(folder: string, name: string): T[] {
  const path = join(folder, `${name}.jsonl.gz`);
  if (!existsSync(path)) return [];
  const lines = gunzipSync(readFileSync(path)).toString("utf8").split("\n");
  return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as T);
}

/** Paragraphs as rows of word ids, one after the other in flat arrays. */
export interface Rows {
  readonly words: string[];
  readonly kinds: number[];
  /** Word ids of all paragraphs. */
  readonly ids: Int32Array;
  readonly spaces: Uint8Array;
  /** Where each paragraph begins in `ids`, and the end of the last. */
  readonly starts: Int32Array;
  /** Paragraphs that may lose words: running text, not headings and labels. */
  readonly running: Uint8Array;
  /** Links, as from and to in `ids`. */
  readonly links: Int32Array;
  /** Where each paragraph's links begin in `links`, in pairs. */
  readonly linkStarts: Int32Array;
}

/** Reads the articles to train on. */
export function trainingRows(folder: string, random: Random, limit = Infinity): Rows {
  // Long, as each paragraph adds to the same rows.
  const words: string[] = [];
  const kinds: number[] = [];
  const known = new Map<string, number>();
  const idOf = (text: string, kind: number): number => {
    let id = known.get(text);
    if (id === undefined) {
      id = words.length;
      known.set(text, id);
      words.push(text);
      kinds.push(kind);
    }
    return id;
  };
  const mask = idOf(MASK, TokenKind.mask);
  const ids = new Growing();
  const spaces = new Growing();
  const starts = new Growing();
  const running = new Growing();
  const links = new Growing();
  const linkStarts = new Growing();
  for (const name of FILES) {
    let taken = 0;
    for (const article of readLines<Article>(folder, name)) {
      if (isHeldOut(article) || taken++ >= limit) continue;
      // In Markdown, code is masked; in plain text it is not. The finder has to read both.
      const masked = random() < 0.5;
      for (const paragraph of article.paragraphs) {
        const text = paragraph.text.normalize("NFC");
        if (text.length < 2 || !isEnglishText(text)) continue;
        const tokens = tokenize(text);
        if (tokens.count < 2) continue;
        starts.push(ids.length);
        linkStarts.push(links.length / 2);
        running.push(paragraph.kind !== "heading" && tokens.count >= 8 ? 1 : 0);
        const begin = ids.length;
        for (let at = 0; at < tokens.count; at++) {
          const start = tokens.starts[at] ?? 0;
          const kind = tokens.kinds[at] ?? 0;
          const code = masked && kind === TokenKind.code;
          ids.push(code ? mask : idOf(text.slice(start, tokens.ends[at]), kind));
          spaces.push(at === 0 || (tokens.ends[at - 1] ?? 0) < start ? 1 : 0);
        }
        if (text.length !== paragraph.text.length) continue;
        const toUnits = unitsOf(text);
        for (const [from, to] of paragraph.links) {
          const first = lowerBound(tokens.starts, toUnits(from));
          const last = lowerBound(tokens.starts, toUnits(to));
          // A link that ends inside a token takes a part of a word along: no good example.
          const whole =
            tokens.starts[first] === toUnits(from) && (tokens.ends[last - 1] ?? -1) === toUnits(to);
          if (whole && last > first) {
            links.push(begin + first);
            links.push(begin + last);
          }
        }
      }
    }
  }
  starts.push(ids.length);
  linkStarts.push(links.length / 2);
  return {
    words,
    kinds,
    ids: ids.done(),
    spaces: Uint8Array.from(spaces.done()),
    starts: starts.done(),
    running: Uint8Array.from(running.done()),
    links: links.done(),
    linkStarts: linkStarts.done(),
  };
}

/** From code points, as the corpus counts, to UTF-16 units. */
export function unitsOf(text: string): (points: number) => number {
  if (!/[\ud800-\udbff]/.test(text)) return (points) => points;
  const units: number[] = [];
  let at = 0;
  for (const character of text) {
    units.push(at);
    at += character.length;
  }
  units.push(at);
  return (points) => units[points] ?? at;
}

class Growing {
  #values = new Int32Array(1 << 16);
  length = 0;

  push(value: number): void {
    if (this.length === this.#values.length) {
      const longer = new Int32Array(this.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  done(): Int32Array {
    return this.#values.slice(0, this.length);
  }
}
