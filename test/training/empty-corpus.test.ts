import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { trainJudge } from "../../server/training/judge/train.ts";
import { trainModel } from "../../server/training/pipeline.ts";
import { newFolder } from "../support/for-one-test.ts";

/* A mistyped folder must not produce an empty model, which would overwrite the one that ships. */

const log = (): void => undefined;
const train = (corpus: string): Uint8Array =>
  trainModel(corpus, { seed: 1, bits: 10, groups: 4, log });

test.each(["", "gone"])("nothing is trained from a folder without a corpus: “%s”", (name) => {
  const folder = newFolder();
  const corpus = join(folder.path, name);
  const kept = join(folder.path, "pairs.json");
  expect(() => train(corpus)).toThrow(`${corpus} has no article to train on.`);
  expect(() => trainJudge(corpus, log, kept)).toThrow(`${corpus} has no repeats to learn from.`);
  expect(folder.has("pairs.json")).toBe(false);
});

test("no thresholds are set where no article is held out", () => {
  const text = "The council met on Monday to vote on the old bridge, and the mayor spoke first.";
  const article = { id: "1", repo: "made/up", paragraphs: [{ kind: "para", text, links: [] }] };
  const { path } = newFolder({ "D1_links.jsonl.gz": gzipSync(JSON.stringify(article)) });
  expect(() => train(path)).toThrow(`${path} has no article that is held out.`);
});
