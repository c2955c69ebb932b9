import type { Lexicon } from "../../language/lexicon.ts";
import { EDGES, Facet, FACETS, normalized } from "../vocabulary.ts";
import { hashText, mix } from "../../text/hash.ts";
import { VIEWS } from "./forward.ts";
import type { ReaderModel } from "./model.ts";

/**
 * How the net knows a word: by its rank among the frequent ones, two endings, and views that the finder has too. Each
 * is a table of the embedding, and its facet, if it has one, is the row.
 */
const TABLES = [
  undefined,
  Facet.suffix,
  undefined,
  Facet.shape,
  Facet.class,
  Facet.after,
  Facet.before,
] as const;

/** What surrounds the tokens of a stretch. Four kinds of paragraphs begin and end in their own ways (see `edgesOf`). */
export const Edge = { paragraphStart: 0, paragraphEnd: 4, before: 8, after: 9 } as const;

/** How many rows of the first table are for edges, after those of ranks. */
export const EDGE_ROWS = 14;

/** The tables of the embedding, and the ranks of frequent words, from 1: everything that decides the rows of a word. */
export type Tables = Pick<ReaderModel, "firstRows" | "rows" | "ranks">;

/** Writes the rows of a word of a lexicon at `at`. */
export function writeWord(
  tables: Tables,
  lexicon: Lexicon,
  facets: Int32Array,
  word: number,
  rows: Int32Array,
  at: number,
): void {
  const spelt = normalized(lexicon.spelling(word), lexicon.kind(word));
  for (let table = 0; table < VIEWS; table++) {
    const first = tables.firstRows[table] ?? 0;
    const size = (tables.firstRows[table + 1] ?? tables.rows) - first;
    const facet = TABLES[table];
    const row =
      facet !== undefined
        ? (facets[(word + EDGES) * FACETS + facet] ?? 0)
        : table === 0
          ? (tables.ranks.get(spelt) ?? 0)
          : mix(hashText(spelt.slice(-5)) ^ 0x3a5f);
    rows[at + table] = first + ((row >>> 0) % size);
  }
}

/** Writes the rows of an edge at `at`: they come after the ranks, and have the first row of each other table. */
export function writeEdge(tables: Tables, edge: number, rows: Int32Array, at: number): void {
  rows.set(tables.firstRows, at);
  rows[at] = tables.ranks.size + 1 + edge;
}
