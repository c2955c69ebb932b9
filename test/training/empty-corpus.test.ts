import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, expect, test } from "vitest";
import { trainJudge } from "../../server/training/judge/train.ts";
import { trainModel } from "../../server/training/pipeline.ts";

/* A mistyped folder must not end in a model of nothing, which would be written over the one that ships. */

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "galley-empty-"));
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const log = (): void => undefined;
const train = (corpus: string): Uint8Array =>
  trainModel(corpus, { seed: 1, bits: 10, groups: 4, log });

test.each(["", "gone"])("nothing is trained from a folder without a corpus: “%s”", (name) => {
  const corpus = join(folder, name);
  const kept = join(folder, "pairs.json");
  expect(() => train(corpus)).toThrow(`${corpus} has no article to train on.`);
  expect(() => trainJudge(corpus, log, kept)).toThrow(`${corpus} has no repeats to learn from.`);
  expect(existsSync(kept)).toBe(false);
});

test("no thresholds are set where no article is held out", () => {
  const text = "The council met on Monday to vote on the old bridge, and the mayor spoke first.";
  const article = { id: "1", repo: "made/up", paragraphs: [{ kind: "para", text, links: [] }] };
  writeFileSync(join(folder, "D1_links.jsonl.gz"), gzipSync(JSON.stringify(article)));
  expect(() => train(folder)).toThrow(`${folder} has no article that is held out.`);
});
