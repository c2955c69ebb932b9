import { spawn } from "node:child_process";
import {
  closeSync,
  createReadStream,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { createGunzip } from "node:zlib";
import { Lexicon } from "../../src/language/lexicon.ts";
import { PADDING } from "../../src/missing/features.ts";
import { VIEWS } from "../../src/missing/reader/forward.ts";
import { isClosing } from "../../src/missing/reader/read.ts";
import { splitStretches } from "../../src/missing/reader/sentences.ts";
import {
  Edge,
  EDGE_ROWS,
  writeEdge,
  writeWord,
  type Tables,
} from "../../src/missing/reader/words.ts";
import type { Vocabulary } from "../../src/missing/vocabulary.ts";
import { BEFORE, edgeKind, EDGES, paragraphEdges, Facet } from "../../src/missing/vocabulary.ts";
import { FACETS, getFacets, normalized } from "../../src/missing/vocabulary.ts";
import type { Article, Rows } from "../corpus.ts";
import { addArticles, FILES, isHeldOut, readLines, RowMaker } from "../corpus.ts";
import { damage, newDamaged } from "../damage.ts";
import { factsOf, READER_MIX } from "../losses.ts";
import { randomFrom, shuffle } from "../random.ts";
import { Passages } from "./passages.ts";
import { leaveStrays, newLesson, smallWords, UNCLEAR, type Lesson } from "./strays.ts";

export interface ExportOptions {
  readonly seed: number;
  /** How often the text is damaged anew. */
  readonly passes: number;
  /** The finder's model, whose groupings of words the net uses. */
  readonly vocabulary: Vocabulary;
  /** The most articles of each file, and the most paragraphs of other text, for a trial. */
  readonly limit?: number;
  /** The frequent words of the net that training continues from; by default those of the text. */
  readonly words?: readonly string[];
  readonly log: (text: string) => void;
}

/** Files of paragraphs, one per line, `NAME.txt`, `.txt.gz` or `.txt.xz`: edited text besides the articles. */
const TEXTS = ["D7_text"] as const;

/** How many rows each table of the embedding has after the one of ranks, as in `net.py`. */
const HASHED = [2048, 4096, 512, 4096, 1024, 1024];
const FREQUENT_WORDS = 30_000;
const LEAST_COUNT = 6;

/**
 * Writes the net's training data into a folder, the same bytes for the same corpus and options. `data.py` reads it.
 * About words: `words.json` (the frequent ones, by rank), `tables.json` (where the rows of each table begin) and
 * `rows.bin` (those of each word and each edge). Each pass has a numbered folder with the files of `newWriter`.
 * @throws Error if the folder has no text.
 */
export async function exportText(
  folder: string,
  out: string,
  { seed, passes, vocabulary, limit = Infinity, words, log }: ExportOptions,
): Promise<void> {
  const maker = new RowMaker({ byKind: true });
  addArticles(folder, randomFrom(seed), limit, maker);
  log(`${maker.tokens} tokens of articles`);
  await addTexts(folder, { seed: seed + 4, limit, log }, maker);
  const rows = maker.rows();
  log(`${rows.ids.length} tokens in ${rows.starts.length - 1} paragraphs`);
  if (rows.ids.length === 0) throw new Error(`${folder} has no text to train on.`);
  const counts = new Int32Array(rows.words.length);
  for (const id of rows.ids) counts[id] = (counts[id] ?? 0) + 1;
  const frequent = words ?? frequentWords(rows, counts);
  const tables = tablesOf(frequent);
  const lexicon = new Lexicon();
  rows.words.forEach((word, id) => lexicon.add(word, rows.kinds[id] ?? 0));
  const facets = getFacets(vocabulary, lexicon);
  mkdirSync(out, { recursive: true });
  writeFileSync(join(out, "words.json"), JSON.stringify(frequent));
  writeFileSync(join(out, "tables.json"), JSON.stringify(tables.firstRows));
  writeFileSync(join(out, "rows.bin"), wordRows(tables, lexicon, facets));
  const facts = factsOf(rows);
  const small = smallWords(facts, counts);
  const order = Int32Array.from({ length: rows.starts.length - 1 }, (_, row) => row);
  const random = randomFrom(seed + 76);
  const damaged = newDamaged();
  const lesson = newLesson();
  for (let pass = 0; pass < passes; pass++) {
    shuffle(order, random);
    const writer = newWriter(join(out, String(pass)), rows, facets);
    for (const row of order) {
      damage(rows, facts, row, random, damaged, READER_MIX);
      if (damaged.count === 0) continue;
      const rate = rows.running[row] === 1 && random() < 0.6 ? 0.02 + random() * 0.06 : 0;
      leaveStrays(damaged, facts, small, rate, random, lesson);
      writer.write(lesson);
    }
    log(`pass ${pass}: ${writer.close()}`);
  }
}

/**
 * Converts the paragraphs of `TEXTS` to rows, except those that share a passage with a held-out article, and those of
 * sources whose licence is not settled, if the text says of which source a paragraph is.
 */
async function addTexts(
  folder: string,
  { seed, limit, log }: Required<Pick<ExportOptions, "seed" | "limit" | "log">>,
  to: RowMaker,
): Promise<void> {
  const heldOut = new Passages();
  for (const name of FILES)
    for (const article of readLines<Article>(folder, name))
      if (isHeldOut(article)) for (const { text } of article.paragraphs) heldOut.add(text);
  const unsettled = unsettledSources(folder);
  const random = randomFrom(seed);
  for (const name of TEXTS) {
    let taken = 0;
    let masksCode = false;
    let source: string | undefined;
    for await (const text of readParagraphs(join(folder, `${name}.txt`))) {
      if (taken >= limit) break;
      const mark = SOURCE.exec(text)?.[1];
      source = mark ?? source;
      if (unsettled.size > 0 && source === undefined && taken === 0)
        log(
          `${name} does not say which source a paragraph is of, so those of ${unsettled.size} without a settled licence are not left out.`,
        );
      if (mark !== undefined || unsettled.has(source ?? "")) continue;
      if (taken++ % 40 === 0) masksCode = random() < 0.5;
      if (text.length <= LONGEST_PARAGRAPH && !heldOut.isIn(text))
        to.add(text, { masksCode, mayLose: true });
    }
  }
}

const LONGEST_PARAGRAPH = 6000;

/** The source of the paragraphs below it: “# owner/name”. */
const SOURCE = /^# ([^ /]+\/.+)$/;

/**
 * The sources in `D7_sources.tsv` whose licence, in the fifth column, is in doubt: none, or not a free one for text.
 */
function unsettledSources(folder: string): ReadonlySet<string> {
  const path = join(folder, "D7_sources.tsv");
  if (!existsSync(path)) return new Set();
  const rows = readFileSync(path, "utf8").split("\n");
  return new Set(
    rows.flatMap((row) => {
      const [source = "", , , , licence = ""] = row.split("\t");
      return /\?|\b(?:none|see|GPL)\b/i.test(licence) ? source : [];
    }),
  );
}

async function* readParagraphs(path: string): AsyncGenerator<string> {
  const file = [path, `${path}.gz`, `${path}.xz`].find(existsSync);
  if (file === undefined) return;
  if (!file.endsWith(".xz")) {
    const input = createReadStream(file);
    yield* createInterface(file.endsWith(".gz") ? input.pipe(createGunzip()) : input);
    return;
  }
  const xz = spawn("xz", ["-dc", file], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise<boolean>((resolve) => {
    xz.on("error", () => {
      resolve(false);
    });
    xz.on("close", (code) => {
      resolve(code === 0);
    });
  });
  try {
    yield* createInterface(xz.stdout);
    if (!(await ended)) throw new Error(`xz can't read ${file}.`);
  } finally {
    xz.kill();
  }
}

function frequentWords({ words, kinds }: Rows, counts: Int32Array): string[] {
  const met = new Map<string, number>();
  words.forEach((word, id) => {
    const name = normalized(word, kinds[id] ?? 0);
    met.set(name, (met.get(name) ?? 0) + (counts[id] ?? 0));
  });
  return [...met]
    .filter(([, count]) => count >= LEAST_COUNT)
    .sort(([a, countA], [b, countB]) => countB - countA || (a < b ? -1 : 1))
    .slice(0, FREQUENT_WORDS)
    .map(([name]) => name);
}

function tablesOf(frequent: readonly string[]): Tables {
  let rows = 0;
  const sizes = [frequent.length + 1 + EDGE_ROWS, ...HASHED];
  const firstRows = sizes.map((size) => (rows += size) - size);
  return { firstRows, rows, ranks: new Map(frequent.map((word, at) => [word, at + 1])) };
}

/** The embedding rows of each word, and after them those of each edge. */
function wordRows(tables: Tables, lexicon: Lexicon, facets: Int32Array): Int32Array {
  const { size } = lexicon;
  const rows = new Int32Array((size + EDGE_ROWS) * VIEWS);
  for (let word = 0; word < size; word++)
    writeWord(tables, lexicon, facets, word, rows, word * VIEWS);
  for (let edge = 0; edge < EDGE_ROWS; edge++) writeEdge(tables, edge, rows, (size + edge) * VIEWS);
  return rows;
}

interface Writer {
  write(lesson: Lesson): void;
  /** Prints how much was written. */
  close(): string;
}

/**
 * Writes paragraphs into the files of a pass. One number for each token, and one for each paragraph's end: `tokens` (a
 * word's id, or after all those an edge's), `spaces` (whether the net sees one before it), `gaps` and `leftover` (see
 * `Lesson`). Six numbers for each stretch that the net reads: `from`, `to`, `start` and `end` as in `Stretch`, and the
 * edges before and after it; the last is -1 if it is the paragraph's own.
 */
function newWriter(folder: string, { words, kinds }: Rows, facets: Int32Array): Writer {
  mkdirSync(folder, { recursive: true });
  const tokens = new NumberFile(join(folder, "tokens.bin"), (size) => new Int32Array(size));
  const spaces = new NumberFile(join(folder, "spaces.bin"), (size) => new Uint8Array(size));
  const gaps = new NumberFile(join(folder, "gaps.bin"), (size) => new Uint8Array(size));
  const leftover = new NumberFile(join(folder, "leftover.bin"), (size) => new Uint8Array(size));
  const stretches = new NumberFile(join(folder, "stretches.bin"), (size) => new Int32Array(size));
  const outside = facets[BEFORE * FACETS + Facet.flags] ?? 0;
  const flags = new Uint16Array(1 << 17);
  const own = new Uint8Array(1 << 17);
  let holes = 0;
  let strays = 0;
  const write = ({ count, ...lesson }: Lesson): void => {
    const begin = tokens.length;
    flags.fill(outside, 0, count + 2 * PADDING);
    for (let at = 0; at < count; at++) {
      const id = lesson.ids[at] ?? 0;
      own[at] = kinds[id] ?? 0;
      flags[at + PADDING] = facets[(id + EDGES) * FACETS + Facet.flags] ?? 0;
      tokens.push(id);
      spaces.push(isClosing(own[at]) ? 0 : (lesson.spaces[at] ?? 0));
      leftover.push(lesson.leftover[at] ?? 0);
      if (lesson.leftover[at] === 1) strays++;
    }
    const edges = paragraphEdges(flags, PADDING, count);
    tokens.push(words.length + Edge.paragraphEnd + edgeKind(edges.after));
    spaces.push(0);
    leftover.push(UNCLEAR);
    for (let at = 0; at <= count; at++) {
      const gap = lesson.gaps[at] ?? 0;
      gaps.push(gap);
      if (gap !== 0 && gap !== UNCLEAR) holes++;
    }
    for (const { from, to, start, end } of splitStretches({ kinds: own, count })) {
      for (const at of [from, to, start, end]) stretches.push(begin + at);
      const opens = from === 0 ? Edge.paragraphStart + edgeKind(edges.before) : Edge.before;
      stretches.push(words.length + opens);
      stretches.push(to === count + 1 ? -1 : words.length + Edge.after);
    }
  };
  return {
    write,
    close: () => {
      for (const file of [tokens, spaces, gaps, leftover, stretches]) file.close();
      return `${tokens.length} boundaries, ${holes} holes, ${strays} words left over`;
    },
  };
}

const PART = 1 << 20;

/** A file of numbers, of which only a part is in memory. */
class NumberFile {
  readonly #part: Int32Array | Uint8Array;
  readonly #file: number;
  #count = 0;
  length = 0;

  constructor(path: string, make: (size: number) => Int32Array | Uint8Array) {
    this.#part = make(PART);
    this.#file = openSync(path, "w");
  }

  push(value: number): void {
    this.#part[this.#count++] = value;
    this.length++;
    if (this.#count === PART) this.#flush();
  }

  close(): void {
    this.#flush();
    closeSync(this.#file);
  }

  #flush(): void {
    writeSync(this.#file, this.#part.subarray(0, this.#count));
    this.#count = 0;
  }
}
