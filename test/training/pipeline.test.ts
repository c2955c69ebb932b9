import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { noClusters } from "../../server/src/missing/clusters.ts";
import { scoresOf } from "../../server/src/missing/find.ts";
import { readModel } from "../../server/src/missing/model.ts";
import { netAt } from "../../server/src/missing/net.ts";
import { EDGES, emptyVocabulary, facetsOf } from "../../server/src/missing/vocabulary.ts";
import { Lexicon } from "../../server/src/language/lexicon.ts";
import { tokenize } from "../../server/src/language/tokens.ts";
import { trainingRows } from "../../server/training/corpus.ts";
import { factsOf, MIX_FOR_NET } from "../../server/training/damage.ts";
import { suspiciousBoundaries, trainNet } from "../../server/training/network.ts";
import { packNet } from "../../server/training/pack.ts";
import { Label, newParagraph, readDamaged, type Lessons } from "../../server/training/paragraph.ts";
import { trainModel } from "../../server/training/pipeline.ts";
import { randomFrom } from "../../server/training/random.ts";
import { madeUp } from "../support/made-up-drafts.ts";

let folder = "";

/** A corpus of made-up articles, every fourth of which is held out for the thresholds. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "galley-corpus-"));
  const drafts = madeUp(11);
  const lines = Array.from({ length: 80 }, (_, index) =>
    JSON.stringify({
      id: String(index),
      repo: index % 4 === 0 ? "nodejs/nodejs.org" : "made/up",
      paragraphs: Array.from({ length: 6 }, () => {
        const text = drafts.paragraph();
        const end = text.indexOf(" ", 30);
        return { kind: "para", text, links: end < 0 ? [] : [[text.indexOf(" ") + 1, end]] };
      }),
    }),
  );
  writeFileSync(join(folder, "D1_links.jsonl.gz"), gzipSync(lines.join("\n")));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

function train(seed: number): Uint8Array {
  return trainModel(folder, { seed, bits: 14, groups: 12, log: () => undefined });
}

test("the same seed trains the same model, byte for byte; another seed another", () => {
  const first = train(1);
  const other = train(2);
  // What an earlier training left in the buffers and tables of the process changes nothing.
  expect(Buffer.compare(train(1), first)).toBe(0);
  expect(Buffer.compare(other, first)).not.toBe(0);
});

test("what comes out is a model that has learned something", () => {
  const model = readModel(train(1));
  const highest = (text: string): number => {
    const tokens = tokenize(text);
    return Math.max(...scoresOf(tokens, model).subarray(0, tokens.count + 1));
  };
  const drafts = madeUp(12);
  let whole = 0;
  let damaged = 0;
  for (let round = 0; round < 20; round++) {
    const text = drafts.paragraph();
    whole += highest(text);
    damaged += highest(text.replace(/ the \w+/, " the"));
  }
  expect(damaged).toBeGreaterThan(whole + 20);
});

test("the net learns to tell holes from good text where the regression cannot", () => {
  const rows = trainingRows(folder, randomFrom(1));
  const lexicon = new Lexicon();
  const toVocabulary = Int32Array.from(
    rows.words,
    (word, id) => lexicon.addText(word, rows.kinds[id] ?? 0) + EDGES,
  );
  const facets = facetsOf(emptyVocabulary(noClusters()), lexicon);
  const lessons: Lessons = { rows, facts: factsOf(rows), facets, toVocabulary };
  const paragraphs = Int32Array.from({ length: 100 }, (_, row) => row);
  // Weights that find everything suspicious, all of it alike.
  const bits = 10;
  const samples = suspiciousBoundaries(lessons, new Float32Array(1 << bits).fill(0.08), {
    paragraphs,
    bits,
    passes: 2,
    random: randomFrom(2),
  });
  const net = trainNet(samples, facets, {
    passes: 1,
    random: randomFrom(3),
    log: () => undefined,
  });
  const stored = packNet(net);
  const paragraph = newParagraph();
  const random = randomFrom(4);
  const sums = { hole: 0, whole: 0 };
  const counts = { hole: 0, whole: 0 };
  for (const row of paragraphs) {
    readDamaged(lessons, row, random, paragraph, MIX_FOR_NET);
    const { count, ids, spaces, verbs, labels } = paragraph;
    for (let at = 0; at < count; at++) {
      const label = labels[at] === Label.hole ? "hole" : "whole";
      sums[label] += netAt(stored, facets, ids, spaces, at, verbs, 0);
      counts[label]++;
    }
  }
  expect(counts.hole).toBeGreaterThan(50);
  expect(sums.hole / counts.hole).toBeGreaterThan(sums.whole / counts.whole + 1);
});
