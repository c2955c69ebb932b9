import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { read } from "../support/readings.ts";
import { processorTime } from "../support/work.ts";
import { CELLS, onlyCell } from "./cells.ts";

/*
 * What no counter sees: libraries, regular expressions and the engine's own functions. Processor time, by which other
 * programs on the machine stand still, with a wide margin: it fails where the time has more than trebled at each of
 * three doublings, and was more than noise.
 */

/** Short texts come first: what is worse than quadratic is known there, and would never end on long ones. */
const FIRST = 1024;
const ENOUGH = 131_072;
/** Less than so many milliseconds tell nothing. */
const NOISE = 60;
const GROWTH = 3;
const DOUBLINGS = 3;

test.each(CELLS)("%s", (name, format, make) => {
  expectLinear(onlyCell(name), (length) => {
    const text = make(length);
    return () => {
      read(format, text);
    };
  });
});

test("an accepted phrase", () => {
  expectLinear("an accepted phrase", (length) => {
    const settings = settingsFrom({ accept: ["a ".repeat(length / 2)] });
    const draft = getFormat("markdown").parse("The the bridge.\n");
    return () => {
      lint(draft, RULES, settings, { rethrow: true });
    };
  });
});

/** Fails, naming `what`, where what `workOf` prepares for a length grows too fast with it. */
function expectLinear(what: string, workOf: (length: number) => () => void): void {
  const timeOf = (length: number): number => processorTime(workOf(length));
  /** Of the last lengths that each took too long after the one before. */
  let times: number[] = [];
  let before = timeOf(FIRST);
  for (let length = 2 * FIRST; length <= ENOUGH || times.length > 0; length *= 2) {
    const isMuch = (taken: number): boolean => taken > NOISE && taken > GROWTH * before;
    let taken = timeOf(length);
    // Once may be an accident: the engine was compiling, or clearing away.
    for (let more = 0; more < 2 && isMuch(taken); more++) {
      taken = Math.min(taken, timeOf(length));
    }
    times = isMuch(taken) ? [...times, taken] : [];
    before = taken;
    if (times.length === DOUBLINGS) break;
  }
  expect(times, `${what}: milliseconds, each for twice the text`).toEqual([]);
}
