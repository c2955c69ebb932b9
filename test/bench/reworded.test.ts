import { expect, test } from "vitest";
import { madeUp } from "../support/made-up-drafts.ts";
import { reworded } from "./reworded.ts";

test("a reworded text has as many words, at most a third of them replaced, and keeps its markup", () => {
  const drafts = madeUp(3);
  for (let words = 0; words <= 70; words++) {
    const text = words === 0 ? "" : drafts.draft(words);
    const version = reworded(text, words);
    const [before, after] = [text.split(/\s+/), version.split(/\s+/)];
    expect(after).toHaveLength(before.length);
    const changed = before.flatMap((word, at) => (word === after[at] ? [] : [word]));
    expect(changed.length).toBeLessThanOrEqual(Math.round(before.length / 3));
    // Anything but plain words in lower case stays.
    expect(changed.filter((word) => !/^[a-z]+$/.test(word))).toEqual([]);
    expect(version.match(/\s+/g)).toEqual(text.match(/\s+/g));
    expect(reworded(text, words)).toBe(version);
  }
});

test("in a long text, nearly a third of the words are replaced", () => {
  const text = madeUp(5).draft(3000);
  const before = text.split(/\s+/);
  const after = reworded(text, 1).split(/\s+/);
  const changed = before.filter((word, at) => word !== after[at]).length;
  // About one in a hundred is replaced by itself.
  expect(changed / before.length).toBeGreaterThan(0.3);
  expect(reworded(text, 2)).not.toBe(reworded(text, 1));
});
