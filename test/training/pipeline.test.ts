import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { scoreAll } from "../../server/src/missing/find.ts";
import { readModel } from "../../server/src/missing/model.ts";
import { tokenize } from "../../server/src/language/tokens.ts";
import { trainModel } from "../../server/training/pipeline.ts";
import { newFolder } from "../support/folder.ts";
import { madeUp } from "../support/made-up-drafts.ts";

const drafts = madeUp(11);

/** Made-up articles, every fourth of which is held out for the thresholds. */
const ARTICLES = Array.from({ length: 80 }, (_, index) =>
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

const folder = newFolder({ "D1_links.jsonl.gz": gzipSync(ARTICLES.join("\n")) });

afterAll(folder.dispose);

function train(seed: number): Uint8Array {
  return trainModel(folder.path, { seed, bits: 14, groups: 12, log: () => undefined });
}

test("the same seed trains the same model, byte for byte; another seed another", () => {
  const first = train(1);
  const other = train(2);
  // What an earlier training left in the process's buffers and tables has no effect.
  expect(Buffer.compare(train(1), first)).toBe(0);
  expect(Buffer.compare(other, first)).not.toBe(0);
});

test("the result is a model that has learned something", () => {
  const model = readModel(train(1));
  const highest = (text: string): number => {
    const tokens = tokenize(text);
    return Math.max(...scoreAll(tokens, model).subarray(0, tokens.count + 1));
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
