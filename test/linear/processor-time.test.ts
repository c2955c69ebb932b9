import { describe, expect, test } from "vitest";
import { CONTENTS } from "../support/contents.ts";
import { read, READINGS } from "../support/readings.ts";
import { processorTime } from "../support/work.ts";

/*
 * What no counter sees: libraries, regular expressions and the engine's own functions. Processor time, by which other
 * programs on the machine stand still, with a wide margin: it fails where the time has more than trebled at each of
 * three doublings, and was more than noise.
 */

const FIRST = 65_536;
/** Less than so many milliseconds tell nothing. */
const NOISE = 60;
const GROWTH = 3;
const DOUBLINGS = 3;

describe.each(READINGS)("%s", (_name, format, prefix) => {
  test.each(Object.entries(CONTENTS))("%s", (_content, make) => {
    const timeOf = (length: number, tries = 1): number => {
      const text = prefix + make(length);
      const once = (): number =>
        processorTime(() => {
          read(format, text);
        });
      return Math.min(...Array.from({ length: tries }, once));
    };
    const times = [timeOf(FIRST)];
    for (let length = FIRST; times.length <= DOUBLINGS; length *= 2) {
      const before = times.at(-1) ?? 0;
      let taken = timeOf(2 * length);
      // Once may be an accident: the engine was compiling, or clearing away.
      if (taken > NOISE && taken > GROWTH * before) taken = Math.min(taken, timeOf(2 * length, 2));
      times.push(taken);
      if (taken <= NOISE || taken <= GROWTH * before) return;
    }
    expect(times, "milliseconds, each for twice the text").toEqual([]);
  });
});
