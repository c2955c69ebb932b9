import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { MASK } from "../src/draft/prose.ts";
import { isEnglishText } from "../src/language/english.ts";
import { TokenKind, tokenize } from "../src/language/tokens.ts";
import type { Random } from "./random.ts";
import { lowerBound } from "../src/text/search.ts";

/**
 * Repositories that the model doesn't see in training. Thresholds and the numbers on the model card come from them. Of
 * the news articles in `D1N`, every second is held out.
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

/** Whether an article is for measuring instead of training. */
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
  /** Paragraphs that may lose words: running text, but no headings or labels. */
  readonly running: Uint8Array;
  /** Links, as from and to in `ids`. */
  readonly links: Int32Array;
  /** Where each paragraph's links begin in `links`, in pairs. */
  readonly linkStarts: Int32Array;
}

/** Converts the articles of the training part to rows. */
export function addArticles(folder: string, random: Random, limit: number, to: RowMaker): void {
  for (const name of FILES) {
    let taken = 0;
    for (const article of readLines<Article>(folder, name)) {
      if (isHeldOut(article) || taken++ >= limit) continue;
      // In Markdown, code is masked; in plain text it is not. The finder has to read both.
      const masksCode = random() < 0.5;
      for (const { kind, text, links } of article.paragraphs)
        to.add(text, { masksCode, mayLose: kind !== "heading", links });
    }
  }
}

/** Converts paragraphs to rows. */
export class RowMaker {
  readonly #words: string[] = [];
  readonly #kinds: number[] = [];
  readonly #known: Map<string, number>[] = [];
  readonly #byKind: boolean;
  readonly #mask: number;
  readonly #ids = new Growing((size) => new Int32Array(size));
  readonly #spaces = new Growing((size) => new Uint8Array(size));
  readonly #starts = new Growing((size) => new Int32Array(size));
  readonly #running = new Growing((size) => new Uint8Array(size));
  readonly #links = new Growing((size) => new Int32Array(size));
  readonly #linkStarts = new Growing((size) => new Int32Array(size));

  /** `byKind`: a word has an id for each of its kinds, as a straight mark that opens and closes, instead of one. */
  constructor({ byKind = false } = {}) {
    this.#byKind = byKind;
    this.#mask = this.#idOf(MASK, TokenKind.mask);
  }

  get tokens(): number {
    return this.#ids.length;
  }

  /** Adds a paragraph, unless it is too short or not English. Links are counted in code points. */
  add(
    paragraph: string,
    how: {
      readonly masksCode: boolean;
      readonly mayLose: boolean;
      readonly links?: readonly (readonly [number, number])[];
    },
  ): void {
    const text = paragraph.normalize("NFC");
    if (text.length < 2 || !isEnglishText(text)) return;
    const tokens = tokenize(text);
    if (tokens.count < 2) return;
    const begin = this.#ids.length;
    this.#starts.push(begin);
    this.#linkStarts.push(this.#links.length / 2);
    this.#running.push(how.mayLose && tokens.count >= 8 ? 1 : 0);
    for (let at = 0; at < tokens.count; at++) {
      const start = tokens.starts[at] ?? 0;
      const kind = tokens.kinds[at] ?? 0;
      const isMasked = how.masksCode && kind === TokenKind.code;
      this.#ids.push(isMasked ? this.#mask : this.#idOf(text.slice(start, tokens.ends[at]), kind));
      this.#spaces.push(at === 0 || (tokens.ends[at - 1] ?? 0) < start ? 1 : 0);
    }
    if (how.links === undefined || text.length !== paragraph.length) return;
    const toUnits = unitsOf(text);
    for (const [from, to] of how.links) {
      const first = lowerBound(tokens.starts, toUnits(from));
      const last = lowerBound(tokens.starts, toUnits(to));
      // A link that ends inside a token takes part of a word with it, which is no good example.
      const isWhole =
        tokens.starts[first] === toUnits(from) && (tokens.ends[last - 1] ?? -1) === toUnits(to);
      if (!isWhole || last <= first) continue;
      this.#links.push(begin + first);
      this.#links.push(begin + last);
    }
  }

  /** All paragraphs so far. */
  rows(): Rows {
    this.#starts.push(this.#ids.length);
    this.#linkStarts.push(this.#links.length / 2);
    return {
      words: this.#words,
      kinds: this.#kinds,
      ids: this.#ids.values(),
      spaces: this.#spaces.values(),
      starts: this.#starts.values(),
      running: this.#running.values(),
      links: this.#links.values(),
      linkStarts: this.#linkStarts.values(),
    };
  }

  #idOf(text: string, kind: number): number {
    const known = (this.#known[this.#byKind ? kind : 0] ??= new Map<string, number>());
    let id = known.get(text);
    if (id === undefined) {
      id = this.#words.length;
      known.set(text, id);
      this.#words.push(text);
      this.#kinds.push(kind);
    }
    return id;
  }
}

/** From code points, which the corpus counts, to UTF-16 units. */
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

class Growing<T extends Int32Array | Uint8Array> {
  #values: T;
  readonly #make: (size: number) => T;
  length = 0;

  constructor(make: (size: number) => T) {
    this.#make = make;
    this.#values = make(1 << 16);
  }

  push(value: number): void {
    if (this.length === this.#values.length) {
      const longer = this.#make(this.length * 2);
      longer.set(this.#values);
      this.#values = longer;
    }
    this.#values[this.length++] = value;
  }

  values(): T {
    return this.#values.subarray(0, this.length) as T;
  }
}
