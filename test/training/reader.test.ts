import { spawnSync } from "node:child_process";
import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { tokenize } from "../../server/src/language/tokens.ts";
import { newPadded, pad, PADDING } from "../../server/src/missing/features.ts";
import {
  newReading,
  VIEWS,
  type Reading,
  type Sentence,
} from "../../server/src/missing/reader/forward.ts";
import { readReaderModel } from "../../server/src/missing/reader/model.ts";
import { readStretch } from "../../server/src/missing/reader/read.ts";
import { splitStretches } from "../../server/src/missing/reader/sentences.ts";
import type { Tables } from "../../server/src/missing/reader/words.ts";
import { trainedModel } from "../../server/src/missing/trained.ts";
import { edgeKind, EDGES, getFacets } from "../../server/src/missing/vocabulary.ts";
import { exportText } from "../../server/training/reader/export.ts";
import { trainReader } from "../../server/training/reader/train.ts";
import { READER_MIX } from "../../server/training/losses.ts";
import { newFolder } from "../support/folder.ts";
import { madeUp } from "../support/made-up-drafts.ts";

const HEADINGS = [
  'The "old" bridge (and a "new one").',
  "It fell , she said .",
  "Who said “no”?” Anna did",
];
/** Of fourteen words. */
const SHARED = "the river there once was a bridge that nobody in the town liked to";

const drafts = madeUp(21);

function article(repo: string, texts: readonly string[], kind = "para"): string {
  const paragraphs = texts.map((text) => ({ kind, text, links: [] }));
  return JSON.stringify({ id: repo, repo, paragraphs });
}

const ARTICLES = [
  article("nodejs/nodejs.org", [`${SHARED} cross.`]),
  article("made/headings", [...HEADINGS, "", "a", "a b"], "heading"),
  ...Array.from({ length: 40 }, () =>
    article("made/up", Array.from({ length: 4 }, drafts.paragraph)),
  ),
];
const TEXTS = [
  ...Array.from({ length: 120 }, drafts.paragraph),
  // One shares fourteen words with what is held out, and one shares thirteen.
  ...[`${SHARED} look at.`, `${SHARED.replace(/ to$/, "")} looking at.`],
];

/** A corpus of made-up articles, one of them held out, and of other text. */
const corpus = newFolder({
  "D1_links.jsonl.gz": gzipSync(ARTICLES.join("\n")),
  "D7_text.txt.gz": gzipSync(`${TEXTS.join("\n")}\n`),
});
const folder = corpus.path;

afterAll(corpus.dispose);

interface Exported {
  readonly tables: Tables;
  readonly rows: Int32Array;
  readonly tokens: Int32Array;
  readonly spaces: Uint8Array;
  readonly gaps: Uint8Array;
  readonly leftover: Uint8Array;
  readonly stretches: Int32Array;
}

const { vocabulary } = trainedModel();

async function exported(
  seed: number,
  name: string,
  from = folder,
  log: (text: string) => void = () => undefined,
): Promise<Exported> {
  const out = join(folder, name);
  await exportText(from, out, { seed, passes: 1, vocabulary, log });
  const json = (file: string): unknown => JSON.parse(readFileSync(join(out, file), "utf8"));
  const bytes = (file: string): Uint8Array => Uint8Array.from(readFileSync(join(out, file)));
  const numbers = (file: string): Int32Array => new Int32Array(bytes(file).buffer);
  const words = json("words.json") as string[];
  const firstRows = json("tables.json") as number[];
  const ranks = new Map(words.map((word, at) => [word, at + 1]));
  return {
    tables: { firstRows, rows: (firstRows.at(-1) ?? 0) + 1024, ranks },
    rows: numbers("rows.bin"),
    tokens: numbers("0/tokens.bin"),
    spaces: bytes("0/spaces.bin"),
    gaps: bytes("0/gaps.bin"),
    leftover: bytes("0/leftover.bin"),
    stretches: numbers("0/stretches.bin"),
  };
}

/** What the net is trained to read, each stretch as text: rows and spaces. */
function trainedOn({ rows, tokens, spaces, stretches }: Exported): Set<string> {
  const all = new Set<string>();
  for (let at = 0; at < stretches.length; at += 6) {
    const [from = 0, to = 0, , , before = 0, after = 0] = stretches.subarray(at, at + 6);
    const ids = [before, ...tokens.subarray(from, to), ...(after < 0 ? [] : [after])];
    const seen = [0, ...spaces.subarray(from, to), ...(after < 0 ? [] : [0])];
    const views = ids.map((id) => rows.subarray(id * VIEWS, (id + 1) * VIEWS).join());
    all.add(`${views.join(" ")} ${seen.join("")}`);
  }
  return all;
}

/** What the finder passes to the net for a text. */
function handedOver(text: string, tables: Tables): string[] {
  const tokens = tokenize(text);
  const { count } = tokens;
  const facets = getFacets(vocabulary, tokens.lexicon);
  const padded = newPadded(count + 2 * PADDING);
  for (let at = 0; at < count; at++) padded.ids[at + PADDING] = (tokens.words[at] ?? 0) + EDGES;
  pad(padded, facets, count);
  const start = edgeKind(padded.ids[PADDING - 1] ?? 0);
  const edges = { start, end: edgeKind(padded.ids[count + PADDING] ?? 0) };
  const into = newReading(count + 1);
  const all: string[] = [];
  const read = ({ count: size, rows, spaces }: Sentence): Reading => {
    const views = Array.from({ length: size }, (_, at) =>
      rows.subarray(at * VIEWS, (at + 1) * VIEWS).join(),
    );
    all.push(`${views.join(" ")} ${spaces.subarray(0, size).join("")}`);
    return newReading(size);
  };
  for (const stretch of splitStretches(tokens))
    readStretch(tables, read, tokens, facets, edges, stretch, into);
  return all;
}

test("the same seed writes the same bytes, another seed others", async () => {
  const first = await exported(1, "a");
  expect(await exported(1, "b")).toEqual(first);
  expect((await exported(2, "c")).gaps).not.toEqual(first.gaps);
});

test("the net is trained on what the finder passes to it", async () => {
  const text = await exported(1, "a");
  const seen = trainedOn(text);
  for (const sentence of HEADINGS.flatMap((heading) => handedOver(heading, text.tables)))
    expect(seen).toContain(sentence);
});

test("stretches judge each boundary once; all words are known; held-out text is not among them", async () => {
  const { tokens, gaps, leftover, stretches, rows, tables } = await exported(1, "a");
  const judged = new Uint8Array(tokens.length);
  for (let at = 0; at < stretches.length; at += 6)
    for (let token = stretches[at + 2] ?? 0; token < (stretches[at + 3] ?? 0); token++)
      judged[token] = (judged[token] ?? 0) + 1;
  expect(judged.every((times) => times === 1)).toBe(true);
  const words = rows.length / VIEWS - 14;
  const ends = tokens.filter((id) => id >= words);
  // Headings of two words and more, articles, and other text with one of the two that share words.
  expect(ends.length).toBe(HEADINGS.length + 1 + 160 + 121);
  expect([gaps.length, leftover.length]).toEqual([tokens.length, tokens.length]);
  expect(tables.ranks.get("the")).toBeLessThan(10);
  // About the shares that training is tuned to.
  const share = (labels: Uint8Array, test: (label: number) => boolean): number =>
    labels.filter(test).length / labels.length;
  expect(share(gaps, (label) => label > 0 && label < 255)).toBeGreaterThan(0.02);
  expect(share(gaps, (label) => label > 0 && label < 255)).toBeLessThan(0.06);
  expect(share(leftover, (label) => label === 1)).toBeGreaterThan(0.003);
  expect(share(leftover, (label) => label === 1)).toBeLessThan(0.02);
});

test("a corpus without text is an error", async () => {
  await expect(exported(1, "d", join(folder, "gone"))).rejects.toThrow("has no text to train on");
});

test.skipIf(spawnSync("xz", ["--version"]).error !== undefined)(
  "a file made by xz is read like one of gzip, and a truncated one is an error",
  async () => {
    const other = join(folder, "xz");
    cpSync(join(folder, "D1_links.jsonl.gz"), join(other, "D1_links.jsonl.gz"));
    const input = gunzipSync(readFileSync(join(folder, "D7_text.txt.gz")));
    const { stdout } = spawnSync("xz", ["-c"], { input });
    writeFileSync(join(other, "D7_text.txt.xz"), stdout);
    expect(await exported(1, "e", other)).toEqual(await exported(1, "a"));
    writeFileSync(join(other, "D7_text.txt.xz"), stdout.subarray(0, stdout.length / 2));
    await expect(exported(1, "f", other)).rejects.toThrow("xz can't read");
  },
);

test("text without a settled licence is left out if the text names its sources", async () => {
  const lines = gunzipSync(readFileSync(join(folder, "D7_text.txt.gz")))
    .toString()
    .split("\n");
  const corpus = (name: string, texts: readonly string[]): string => {
    const other = join(folder, name);
    cpSync(join(folder, "D1_links.jsonl.gz"), join(other, "D1_links.jsonl.gz"));
    const licences = ["a/a\t\t\t\tMIT?", "b/b\t\t\t\tnone in repo", "c/c\t\t\t\tMIT"];
    writeFileSync(join(other, "D7_sources.tsv"), `${licences.join("\n")}\n`);
    writeFileSync(join(other, "D7_text.txt.gz"), gzipSync(texts.join("\n")));
    return other;
  };
  const logged: string[] = [];
  const all = await exported(1, "g", corpus("unmarked", lines), (text) => logged.push(text));
  expect(all).toEqual(await exported(1, "a"));
  expect(logged.filter((text) => text.includes("those of 2 without a settled"))).toHaveLength(1);
  const marked = ["# a/a", "It rained all day.", "# c/c", ...lines, "# b/b", "It rained again."];
  expect(await exported(1, "h", corpus("marked", marked))).toEqual(await exported(1, "a"));
});

const python = ["python3", "/usr/bin/python3"].find(
  (name) => spawnSync(name, ["-c", "import numpy, torch"]).status === 0,
);

// `.ci/run` doesn't install torch.
test.skipIf(python === undefined)(
  `one command makes a model file that the finder reads${python === undefined ? ": skipped for want of torch" : ""}`,
  async () => {
    const out = join(folder, "reader.json");
    await trainReader(folder, out, {
      ...{ seed: 1, passes: 1, data: join(folder, "data"), python: python ?? "" },
      ...{ more: ["--batch", "4000", "--threads", "1"], log: () => undefined },
    });
    const { gzip } = JSON.parse(readFileSync(out, "utf8")) as { gzip: string };
    const model = readReaderModel(Uint8Array.from(gunzipSync(Buffer.from(gzip, "base64"))));
    const words = JSON.parse(readFileSync(join(folder, "data/words.json"), "utf8")) as string[];
    expect([...model.ranks.keys()]).toEqual(words);
    expect(model.layers.length).toBe(7);
  },
);

test("the kinds of losses are in the order that messages assume", () => {
  const names = READER_MIX.losses.map(([loss]) => loss.name);
  expect(names.slice(0, 8).join(" ")).toBe(
    "name phrase prepObject afterDeterminer finiteVerb toVerb participle subject",
  );
  expect(names.slice(8).join(" ")).toBe(
    "source object conjunct clause  anything headNoun misfit gerund opening tail anyObject",
  );
});
