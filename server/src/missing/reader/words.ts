import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { enlarged, type Lexicon } from "../../language/lexicon.ts";
import { EDGES, Facet, FACETS, normalized } from "../vocabulary.ts";
import { hashText, mix } from "../../text/hash.ts";
import { VIEWS } from "./forward.ts";
import type { ReaderModel } from "./model.ts";

/**
 * What the net knows a word by: its rank among the frequent ones, two endings, and views that the finder has too. Each
 * is a table of the embedding, and its facet, where it has one, is the row.
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

/** What stands around the tokens of a stretch. Four kinds of paragraphs begin and end in their own ways (see `edgesOf`). */
export const Edge = { paragraphStart: 0, paragraphEnd: 4, before: 8, after: 9 } as const;

interface Known {
  rows: Int32Array;
  count: number;
  lexicon: Lexicon | undefined;
}

const knownOf = memoizeOn<ReaderModel>()((): Known => ({
  rows: new Int32Array(4096 * VIEWS),
  count: 0,
  lexicon: undefined,
}));

/** The rows of the embedding for each word of a lexicon: those of word `id` stand at `id * VIEWS`. Those of the last lexicon are kept. */
export function rowsOf(model: ReaderModel, lexicon: Lexicon, facets: Int32Array): Int32Array {
  const known = knownOf(model);
  if (known.lexicon !== lexicon) {
    known.lexicon = lexicon;
    known.count = 0;
  }
  while (lexicon.size * VIEWS > known.rows.length)
    known.rows = enlarged(known.rows, new Int32Array(known.rows.length * 2));
  for (; known.count < lexicon.size; known.count++) describe(model, known, lexicon, facets);
  return known.rows;
}

function describe(
  model: ReaderModel,
  { rows, count }: Known,
  lexicon: Lexicon,
  facets: Int32Array,
): void {
  const word = normalized(lexicon.spelling(count), lexicon.kind(count));
  for (let table = 0; table < VIEWS; table++) {
    const first = model.firstRows[table] ?? 0;
    const size = (model.firstRows[table + 1] ?? model.rows) - first;
    const facet = TABLES[table];
    const row =
      facet !== undefined
        ? (facets[(count + EDGES) * FACETS + facet] ?? 0)
        : table === 0
          ? (model.ranks.get(word) ?? 0)
          : mix(hashText(word.slice(-5)) ^ 0x3a5f);
    rows[count * VIEWS + table] = first + ((row >>> 0) % size);
  }
}

/** Writes the rows of an edge at `at`: they stand after the ranks, and have the first row of each other table. */
export function writeEdge(model: ReaderModel, edge: number, rows: Int32Array, at: number): void {
  rows.set(model.firstRows, at);
  rows[at] = model.ranks.size + 1 + edge;
}
