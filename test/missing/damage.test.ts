import { expect, test } from "vitest";
import { RowMaker, type Rows } from "../../server/training/corpus.ts";
import { damage, newDamaged } from "../../server/training/damage.ts";
import { factsOf, REGRESSION_MIX } from "../../server/training/losses.ts";
import { randomFrom } from "../../server/training/random.ts";

const TEXT =
  "According to the harbour office, the old bridge was closed on Monday, and Mayor Ann Lee said that the council wants to repair it before the winter. She has asked the engineers of the county for a report.";

function rowsOf(text: string): Rows {
  const maker = new RowMaker();
  maker.add(text, { masksCode: false, mayLose: true });
  return maker.rows();
}

test("damage removes words, adds none, and reports the places", () => {
  const rows = rowsOf(TEXT);
  const facts = factsOf(rows);
  const random = randomFrom(5);
  const out = newDamaged();
  let holes = 0;
  for (let round = 0; round < 300; round++) {
    damage(rows, facts, 0, random, out, REGRESSION_MIX);
    holes += out.holes;
    // Walks the whole text beside the damaged one: words are missing at the holes and nowhere else.
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
      damage(rows, facts, 0, random, out, REGRESSION_MIX);
      places.push(...out.places.slice(0, out.holes), -1);
    }
    return places;
  };
  expect(all(3)).toEqual(all(3));
  expect(all(3)).not.toEqual(all(4));
});
