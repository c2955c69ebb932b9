import { expect, test } from "vitest";
import { lint } from "../../server/src/engine/lint.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { read } from "../support/readings.ts";
import { processorTime } from "../support/work.ts";
import { CELLS, onlyCell } from "./cells.ts";

/*
 * Work that no counter sees: libraries, regular expressions and the engine's own functions. It measures processor time,
 * to which other programs don't add, with a wide margin: it fails if the time more than triples at each of three
 * doublings and is more than noise.
 */

/** Short texts come first: they reveal anything worse than quadratic, which would never end on long ones. */
const FIRST = 1024;
const ENOUGH = 131_072;
/** Fewer milliseconds than this say nothing. */
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

/** Fails, naming `what`, if the work that `workOf` prepares for a length grows too fast with it. */
function expectLinear(what: string, workOf: (length: number) => () => void): void {
  const timeOf = (length: number): number => processorTime(workOf(length));
  /** The last lengths that each took too long compared with the one before. */
  let times: number[] = [];
  let before = timeOf(FIRST);
  for (let length = 2 * FIRST; length <= ENOUGH || times.length > 0; length *= 2) {
    const isMuch = (taken: number): boolean => taken > NOISE && taken > GROWTH * before;
    let taken = timeOf(length);
    // Once may be chance: the engine was compiling or collecting garbage.
    for (let more = 0; more < 2 && isMuch(taken); more++) {
      taken = Math.min(taken, timeOf(length));
    }
    times = isMuch(taken) ? [...times, taken] : [];
    before = taken;
    if (times.length === DOUBLINGS) break;
  }
  expect(times, `${what}: milliseconds, each for twice the text`).toEqual([]);
}
