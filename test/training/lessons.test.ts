import { expect, test } from "vitest";
import { RowMaker, type Rows } from "../../server/training/corpus.ts";
import { damage, newDamaged } from "../../server/training/damage.ts";
import { factsOf, FIRST_KIND, READER_MIX } from "../../server/training/losses.ts";
import { randomFrom } from "../../server/training/random.ts";
import {
  leaveStrays,
  newLesson,
  smallWords,
  UNCLEAR,
} from "../../server/training/reader/strays.ts";
import { madeUp } from "../support/made-up-drafts.ts";

/* What the net learns from: damaged paragraphs and their labels. */

function rowsOf(...texts: readonly string[]): Rows {
  const maker = new RowMaker({ byKind: true });
  for (const text of texts) maker.add(text, { masksCode: false, mayLose: true });
  return maker.rows();
}

/** The drafts that one kind of loss makes from a text. */
function damagedBy(kind: number, text: string): Set<string> {
  const [loss] = READER_MIX.losses[kind - FIRST_KIND] ?? [];
  if (loss === undefined) throw new RangeError(`Kind ${kind}`);
  const rows = rowsOf(text);
  const facts = factsOf(rows);
  const random = randomFrom(kind);
  const out = newDamaged();
  const drafts = new Set<string>();
  for (let round = 0; round < 300; round++) {
    const mix = { losses: [[loss, 1]], whole: 0, spacing: [40, 0] } as const;
    damage(rows, facts, 0, random, out, mix);
    if (out.holes === 0) continue;
    expect(out.losses[0]).toBe(FIRST_KIND);
    drafts.add(Array.from(out.ids.subarray(0, out.count), (id) => rows.words[id]).join(" "));
  }
  return drafts;
}

test.each([
  [16, "The council ran a public ⟦survey ⟧to find out what people want ."],
  [17, "Yesterday she wore an ⟦elaborate ⟧headscarf to the meeting of the council ."],
  [18, "Most people are comfortable ⟦using ⟧the system in the new office ."],
  [19, "The bridge is closed . ⟦Because of that ⟧people walk to the other side ."],
  [20, "From next week on everyone in the town can use ⟦the tool ⟧."],
  [21, "From next week on they will frobnicate ⟦the old bridges ⟧for the town ."],
])("a loss of kind %i: %s", (kind, marked) => {
  const whole = marked.replace(/[⟦⟧]/g, "");
  expect(damagedBy(kind, whole)).toContain(marked.replace(/⟦[^⟧]*⟧/, ""));
});

test("exactly the lost and inserted words have a label", () => {
  const drafts = madeUp(4);
  const texts = Array.from({ length: 150 }, () => drafts.paragraph());
  const rows = rowsOf(...texts, "The", "A b", "He went.", "a ".repeat(70));
  const facts = factsOf(rows);
  const counts = new Int32Array(rows.words.length);
  for (const id of rows.ids) counts[id] = (counts[id] ?? 0) + 1;
  // As often as in a large text.
  const small = smallWords(
    facts,
    counts.map((count) => count * 50),
  );
  const random = randomFrom(9);
  const damaged = newDamaged();
  const lesson = newLesson();
  const told = { holes: 0, strays: 0, whole: 0 };
  for (let round = 0; round < 6; round++)
    for (let row = 0; row + 1 < rows.starts.length; row++) {
      damage(rows, facts, row, random, damaged, READER_MIX);
      leaveStrays(damaged, facts, small, round % 2 === 0 ? 0 : 0.3, random, lesson);
      const { count, ids, gaps, leftover } = lesson;
      const own = Array.from({ length: count }, (_, at) => at).filter((at) => leftover[at] !== 1);
      // Without the inserted words it is the damaged paragraph, and has its labels.
      expect(own.map((at) => ids[at])).toEqual([...damaged.ids.subarray(0, damaged.count)]);
      const holes = new Map<number, number | undefined>();
      for (let hole = 0; hole < damaged.holes; hole++)
        holes.set(damaged.places[hole] ?? 0, damaged.losses[hole]);
      const labels = [...own, count].map((at) => gaps[at] ?? 0);
      labels.forEach((label, at) => {
        if (label !== UNCLEAR) expect(label).toBe(holes.get(at) ?? 0);
        else expect(holes.has(at)).toBe(false);
      });
      for (let at = 0; at < count; at++) {
        if (leftover[at] !== 1) continue;
        expect([gaps[at], gaps[at + 1]]).toEqual([UNCLEAR, UNCLEAR]);
        expect([leftover[at - 1], leftover[at + 1]]).not.toContain(0);
      }
      told.holes += holes.size;
      told.strays += count - own.length;
      if (holes.size > 0 || count > own.length) continue;
      told.whole++;
      expect(gaps.subarray(0, count + 1).every((label) => label === 0)).toBe(true);
      expect(leftover.subarray(0, count).every((label) => label === 0)).toBe(true);
    }
  expect(Math.min(told.holes, told.strays, told.whole)).toBeGreaterThan(50);
});
