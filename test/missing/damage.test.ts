import { expect, test } from "vitest";
import { tokenize } from "../../server/src/language/tokens.ts";
import type { Rows } from "../../server/training/corpus.ts";
import { damage, factsOf, newDamaged } from "../../server/training/damage.ts";
import { randomFrom } from "../../server/training/random.ts";

const TEXT =
  "According to the harbour office, the old bridge was closed on Monday, and Mayor Ann Lee said that the council wants to repair it before the winter. She has asked the engineers of the county for a report.";

function rowsOf(text: string): Rows {
  const tokens = tokenize(text);
  const words: string[] = ["\uFFFC"];
  const kinds: number[] = [4];
  const ids: number[] = [];
  const spaces: number[] = [];
  for (let at = 0; at < tokens.count; at++) {
    const word = text.slice(tokens.starts[at], tokens.ends[at]);
    let id = words.indexOf(word);
    if (id < 0) {
      id = words.length;
      words.push(word);
      kinds.push(tokens.kinds[at] ?? 0);
    }
    ids.push(id);
    spaces.push(at === 0 || tokens.ends[at - 1] !== tokens.starts[at] ? 1 : 0);
  }
  return {
    words,
    kinds,
    ids: Int32Array.from(ids),
    spaces: Uint8Array.from(spaces),
    starts: Int32Array.of(0, ids.length),
    running: Uint8Array.of(1),
    links: new Int32Array(0),
    linkStarts: Int32Array.of(0, 0),
  };
}

test("damage takes words out and puts none in, and says where", () => {
  const rows = rowsOf(TEXT);
  const facts = factsOf(rows);
  const random = randomFrom(5);
  const out = newDamaged();
  let holes = 0;
  for (let round = 0; round < 300; round++) {
    damage(rows, facts, 0, random, out);
    holes += out.holes;
    // Walk the whole text beside the damaged one: words are missing at the holes and nowhere else.
    let whole = 0;
    let hole = 0;
    for (let at = 0; at < out.count; at++) {
      const id = out.ids[at];
      if (hole < out.holes && out.places[hole] === at) {
        hole++;
        whole++;
        while (whole < rows.ids.length && rows.ids[whole] !== id) whole++;
      }
      if (id !== facts.mask) expect(rows.ids[whole]).toBe(id);
      whole++;
    }
    expect(out.count + out.holes).toBeLessThanOrEqual(rows.ids.length);
  }
  expect(holes).toBeGreaterThan(100);
});

test("the same seed gives the same damage", () => {
  const rows = rowsOf(TEXT);
  const facts = factsOf(rows);
  const all = (seed: number): number[] => {
    const random = randomFrom(seed);
    const out = newDamaged();
    const places: number[] = [];
    for (let round = 0; round < 50; round++) {
      damage(rows, facts, 0, random, out);
      places.push(...out.places.slice(0, out.holes), -1);
    }
    return places;
  };
  expect(all(3)).toEqual(all(3));
  expect(all(3)).not.toEqual(all(4));
});
