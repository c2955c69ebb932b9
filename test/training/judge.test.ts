import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, expect, test } from "vitest";
import { trainJudge } from "../../server/training/judge/train.ts";
import { fit, scoreOf, type Sample } from "../../server/training/judge/regression.ts";
import { newFolder } from "../support/folder.ts";
import { madeUp } from "../support/made-up-drafts.ts";

const drafts = madeUp(5);
const long = (): string => `${drafts.paragraph()} ${drafts.paragraph()}`.replace(/\s+/g, " ");

function records(make: (at: number) => object): Uint8Array {
  return gzipSync(Array.from({ length: 16 }, (_, at) => JSON.stringify(make(at))).join("\n"));
}

/** A corpus of made-up articles and sites; each site repeats something under two headings on purpose. */
const corpus = newFolder({
  "D1_links.jsonl.gz": records((at) => ({
    id: `article ${at}`,
    repo: `articles/${at % 4}`,
    path: `${at}/article.md`,
    paragraphs: [1, 2, 3, 4, 5].map(() => ({ kind: "para", text: long(), links: [] })),
  })),
  "D5_sites.dev.jsonl.gz": records((at) => {
    const same = long();
    const text = `${long()}\n\n## Linux\n\n${same}\n\n## Windows\n\n${long()}\n\n${same}\n`;
    return { repo: `sites/${at % 4}`, path: `${at}.md`, text };
  }),
});
const folder = corpus.path;

afterAll(corpus.dispose);

const log = (): void => undefined;

test("the same corpus gives the same judge, byte for byte", () => {
  const { source, report } = trainJudge(folder, log);
  expect(source).toContain("export const JUDGE");
  expect(trainJudge(folder, log)).toEqual({ source, report });
  const file = join(folder, "pairs.json");
  trainJudge(folder, log, file);
  expect(trainJudge(folder, log, file)).toEqual({ source, report });
});

test("weights separate what can be separated, and stay within their bounds", () => {
  const samples = Array.from({ length: 200 }, (_, at): Sample => ({
    x: [at % 2, (at % 7) / 7, (at % 3) / 3],
    accident: at % 2 === 1,
    weight: 1,
  }));
  const free = fit(samples, [{}, {}, {}], 1);
  expect(scoreOf(free, [1, 0, 0])).toBeGreaterThan(1);
  expect(scoreOf(free, [0, 0, 0])).toBeLessThan(-1);
  const bound = fit(samples, [{ most: 0 }, { least: 2 }, { most: -3 }], 1);
  expect(bound[0]).toBe(0);
  expect(bound[1]).toBeGreaterThanOrEqual(2);
  expect(bound[2]).toBeLessThanOrEqual(-3);
});
