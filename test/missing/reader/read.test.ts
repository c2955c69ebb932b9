import fc from "fast-check";
import { expect, test } from "vitest";
import { tokenize } from "../../../server/src/language/tokens.ts";
import { noClusters } from "../../../server/src/missing/word-clusters.ts";
import { newPadded, PADDING } from "../../../server/src/missing/features.ts";
import { readerBytes } from "../../../server/src/missing/model-bytes.ts";
import {
  newReading,
  VIEWS,
  type Reading,
  type Sentence,
} from "../../../server/src/missing/reader/forward.ts";
import { readReaderModel, type ReaderModel } from "../../../server/src/missing/reader/model.ts";
import { readStretch } from "../../../server/src/missing/reader/read.ts";
import { keepReadings, readSuspicious } from "../../../server/src/missing/reader/reader.ts";
import { splitStretches } from "../../../server/src/missing/reader/sentences.ts";
import { writeEdge, writeWord } from "../../../server/src/missing/reader/words.ts";
import { trainedModel } from "../../../server/src/missing/trained.ts";
import { edgeKind, emptyVocabulary, getFacets } from "../../../server/src/missing/vocabulary.ts";

const model = readReaderModel(readerBytes());
const edges = { start: 3, end: 1 };
const vocabulary = emptyVocabulary(trainedModel().vocabulary.clusters);

/** The scores of a text whose boundaries get these scores from the finder, with these penalties. */
function scored(text: string, scores: readonly number[], doubt = 0): number[] {
  const tokens = tokenize(text);
  const out = Float32Array.from(scores);
  readSuspicious(
    () => model,
    tokens,
    getFacets(vocabulary, tokens.lexicon),
    edges,
    out,
    () => doubt,
  );
  return [...out];
}

test("only a sentence in which the finder suspects a loss is read", () => {
  const text = "He walked over the bridge. She said that the was late.";
  const at = tokenize(text).count;
  const quiet = Array<number>(at + 1).fill(-3);
  expect(scored(text, quiet)).toEqual(quiet);
  const hole = quiet.with(10, 2);
  const read = scored(text, hole);
  expect(read.slice(0, 6)).toEqual(quiet.slice(0, 6));
  expect(read.slice(6)).not.toEqual(hole.slice(6));
  // "the ▢ was"
  expect(Math.max(...read)).toBe(read[10]);
  // A boundary with such a large penalty isn't read.
  expect(scored(text, hole, 1)).toEqual(read);
  expect(scored(text, hole, 3)).toEqual(hole);
});

test("a sentence with two clashing small words is read, too", () => {
  const isRead = (text: string, score: number): boolean => {
    const scores = Array<number>(tokenize(text).count + 1).fill(score);
    return scored(text, scores).some((one, at) => one !== scores[at]);
  };
  expect(isRead("The bridge will can open.", -9)).toBe(true);
  expect(isRead("It is out within in May.", -9)).toBe(false);
  expect(isRead("It is out within in May.", -0.5)).toBe(true);
  expect(isRead("It came up before in May.", -0.5)).toBe(false);
});

test.each(["the of . ", "will can ", "a the . "])("of a row of %j only a part is read", (row) => {
  const text = row.repeat(50_000);
  const scores = Array<number>(tokenize(text).count + 1).fill(-3);
  const read = scored(text, scores).filter((score) => score !== -3 && score !== -Infinity);
  expect(read.length).toBeLessThan(scores.length / 4);
});

test("of a paragraph that is suspicious all over, only a part is read, and the rest has no scores", () => {
  const text = "the of . ".repeat(4000);
  const count = tokenize(text).count;
  const read = scored(text, Array<number>(count + 1).fill(2));
  const judged = read.filter((score) => score !== -Infinity).length;
  expect(judged).toBeGreaterThan(500);
  expect(judged).toBeLessThan(count / 4);
});

test("the net sees words, edges, and no space before a closing mark", () => {
  const tokens = tokenize("The bridge , it said .");
  const facets = getFacets(vocabulary, tokens.lexicon);
  let seen: Sentence | undefined;
  const into = newReading(7);
  const read = (sentence: Sentence): Reading => {
    seen = sentence;
    const gaps = Float32Array.from({ length: sentence.count }, (_, at) => at);
    return { ...newReading(sentence.count), gaps, lost: Uint8Array.from(gaps) };
  };
  readStretch(model, read, tokens, facets, edges, { start: 0, end: 7, from: 0, to: 7 }, into);
  expect([...into.gaps]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([...into.lost]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect([...(seen?.spaces.subarray(0, 8) ?? [])]).toEqual([0, 1, 1, 0, 1, 1, 0, 0]);
  const edge = new Int32Array(VIEWS);
  writeEdge(model, 3, edge, 0);
  expect([...(seen?.rows.subarray(0, VIEWS) ?? [])]).toEqual([...edge]);
});

test("unknown words have rows, and edges have kinds", () => {
  const tokens = tokenize("Zzyzxqq bl00rgh ﷽ 𝔘𝔫");
  const bare = emptyVocabulary(noClusters());
  const facets = getFacets(bare, tokens.lexicon);
  const rows = new Int32Array(VIEWS);
  for (let word = 0; word < tokens.lexicon.size; word++) {
    writeWord(model, tokens.lexicon, facets, word, rows, 0);
    expect(rows.every((row) => row >= 0 && row < model.rows)).toBe(true);
  }
  expect([2, 3, 4, 5, 6, 7, 8, 9].map(edgeKind)).toEqual([0, 1, 2, 3, 0, 1, 2, 3]);
  expect(newPadded(2 * PADDING + 1).ids).toHaveLength(2 * PADDING + 1);
});

test("a keystroke makes only its own sentence be read again", () => {
  let count = 0;
  const read = keepReadings(({ count: size }) => {
    count++;
    return newReading(size);
  });
  const countRead = (text: string): number => {
    const tokens = tokenize(text);
    const facets = getFacets(vocabulary, tokens.lexicon);
    const into = newReading(tokens.count + 1);
    count = 0;
    for (const stretch of splitStretches(tokens))
      readStretch(model, read, tokens, facets, edges, stretch, into);
    return count;
  };
  const sentence = (words: string): string =>
    `In the second week of May ${words} were taken over the old bridge to the other quay.`;
  const text = (words: string): string =>
    ["some of the crates", words, "six of the boats"].map(sentence).join(" ");
  expect(countRead(text("all of the ladders"))).toBe(3);
  expect(countRead(text("all of the ladder"))).toBe(1);
  expect(countRead(`${sentence("no horses")} ${text("all of the ladder")}`)).toBe(2);
  expect(countRead(text("all of the ladders"))).toBe(0);
});

test("scores kept over a keystroke equal fresh ones", () => {
  const words = fc.array(
    fc.constantFrom<string>("the", "of", "bridge", ".", ",", "was", "over", "it"),
    {
      minLength: 3,
      maxLength: 40,
    },
  );
  const all = (tables: ReaderModel, text: string): unknown => {
    const tokens = tokenize(text);
    const scores = new Float32Array(tokens.count + 1).fill(2);
    const facets = getFacets(vocabulary, tokens.lexicon);
    return [
      scores,
      readSuspicious(
        () => tables,
        tokens,
        facets,
        edges,
        scores,
        () => 0,
      ),
    ];
  };
  fc.assert(
    fc.property(words, fc.nat(), fc.constantFrom("a", "the", "."), (typed, at, key) => {
      const before = typed.join(" ");
      const after = typed.with(at % typed.length, key).join(" ");
      all(model, before);
      // A copy of a model starts without anything that was read.
      expect(all(model, after)).toEqual(all({ ...model }, after));
    }),
    { numRuns: 30 },
  );
});
