import { describe, expect, test, vi } from "vitest";
import { formatOf } from "../../server/src/formats/registry.ts";
import type * as parts from "../../server/src/repeats/parts.ts";
import {
  inParts,
  type Items,
  type Part,
  type PreviousParts,
  shiftOf,
  type WordChange,
} from "../../server/src/repeats/parts.ts";
import { findRunsWithin } from "../../server/src/repeats/runs.ts";
import { sequenceOf } from "../../server/src/repeats/sequence.ts";

/** How many parts were made each time that something was put in parts. */
const made = vi.hoisted((): number[] => []);

vi.mock("../../server/src/repeats/parts.ts", async (original) => {
  const module = await original<typeof parts>();
  const counted = <T>(items: Items<T>, before?: PreviousParts<T>): Part<T>[] => {
    const partFrom = vi.fn(items.partFrom);
    const found = module.inParts({ ...items, partFrom }, before);
    made.push(partFrom.mock.calls.length);
    return found;
  };
  return { ...module, inParts: counted };
});

/** How many parts a call makes, each time that it puts something in parts. */
function madeBy(call: () => void): number[] {
  made.length = 0;
  call();
  return [...made];
}

describe("words in parts, which are words no more than ten apart", () => {
  const APART = 10;
  const OLD = [20, 25, 60, 65, 100, 105];

  const itemsAt = (places: readonly number[]): Items<readonly number[]> => {
    const placeOf = (item: number): number => places[item] ?? 0;
    const partFrom = (start: number, place: number): Part<readonly number[]> => {
      let end = start;
      let reach = place;
      for (; end < places.length && placeOf(end) <= reach; end++) reach = placeOf(end) + APART;
      const dependsOn = [place - APART, reach];
      return { start, end, place, reach, dependsOn, value: places.slice(start, end) };
    };
    return { count: places.length, placeOf, partFrom };
  };

  const old = inParts(itemsAt(OLD));
  const afterChange = (
    change: WordChange,
    now: readonly number[],
  ): PreviousParts<readonly number[]> => {
    const moved = (word: number): number => word + shiftOf(change, word);
    return {
      parts: old,
      change,
      isSame: (item, at) => moved(OLD[item] ?? 0) === now[at],
      moved: (words) => words.map(moved),
    };
  };

  test.each<[string, WordChange, number[], number]>([
    ["nothing happened", { start: 300, end: 300, by: 0 }, OLD, 0],
    ["words replaced in one", { start: 62, end: 63, by: 0 }, OLD, 1],
    ["words more in one", { start: 62, end: 63, by: 4 }, [20, 25, 60, 69, 104, 109], 1],
    ["words more before all", { start: 0, end: 0, by: 5 }, [25, 30, 65, 70, 105, 110], 0],
    ["words less between two", { start: 40, end: 45, by: -5 }, [20, 25, 55, 60, 95, 100], 0],
    ["one taken away", { start: 48, end: 80, by: -32 }, [20, 25, 68, 73], 0],
    ["one more before", { start: 0, end: 0, by: 50 }, [5, 8, 70, 75, 110, 115, 150, 155], 1],
    ["one made of two", { start: 40, end: 45, by: -25 }, [20, 25, 35, 40, 75, 80], 1],
    ["a word more in reach of one", { start: 300, end: 300, by: 0 }, [...OLD, 110], 1],
    ["a word less in one", { start: 300, end: 300, by: 0 }, OLD.slice(1), 1],
  ])("%s", (_what, change, now, count) => {
    let found: Part<readonly number[]>[] = [];
    const [anew] = madeBy(() => {
      found = inParts(itemsAt(now), afterChange(change, now));
    });
    expect(found).toEqual(inParts(itemsAt(now)));
    expect(anew).toBe(count);
  });

  test("a part before the change, which does not move, is the very same", () => {
    const now = [20, 25, 60, 69, 104, 109];
    const found = inParts(itemsAt(now), afterChange({ start: 62, end: 63, by: 4 }, now));
    expect(found[0]).toBe(old[0]);
    expect(found[2]).not.toBe(old[2]);
  });
});

describe("after a change, of seeds and of pieces", () => {
  const PASSAGES = [
    "The council voted on Monday to close the old bridge to lorries until the spring.",
    "Nobody whom we asked would say what repairs of that kind had cost in other towns.",
    "A ferry takes walkers over from nine in the morning, as long as there is no ice.",
  ];
  /** Three paragraphs that are each longer than a run reaches, of words that stand nowhere else. */
  const distinct = (name: string): string =>
    ["a", "b", "c"]
      .map((part) => Array.from({ length: 300 }, (_, at) => `${name}${part}${at}`).join(" "))
      .join("\n\n");
  const once = (name: string): string[] =>
    PASSAGES.flatMap((passage, at) => [passage, distinct(`${name}${at}`)]);
  const text = [...once("x"), ...once("y"), "The end."].join("\n\n");

  test.each<[string, string, string, [number, number]]>([
    ["all parts are made in a draft that is new", "", "", [3, 3]],
    ["none where none is touched", "The end", "The very end", [0, 0]],
    ["none where some only move", "y0b9 ", "y0b9 indeed ", [0, 0]],
    ["none where one copy only moves", "x0b9 ", "x0b9 indeed ", [0, 0]],
    ["one that is touched", "y0c299\n\nNobody", "y0c299\n\nAlmost nobody", [1, 1]],
    ["one of which the other copy is", "The council", "The town council", [1, 1]],
    ["one where a paragraph near it is", "y1c9 ", "y1c9 indeed ", [1, 1]],
  ])("%s", (_what, from, to, expected) => {
    const format = formatOf("plaintext");
    const draft = format.parse(text);
    const first = madeBy(() => findRunsWithin(sequenceOf(draft)));
    if (from === "") {
      expect(first).toEqual(expected);
      return;
    }
    const start = text.indexOf(from);
    const edit = { start, end: start + from.length, newText: to };
    const changed = format.update(draft, text.replace(from, to), edit);
    expect(madeBy(() => findRunsWithin(sequenceOf(changed)))).toEqual(expected);
  });
});
