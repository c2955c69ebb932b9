import type { FormatId } from "../../server/src/formats/registry.ts";
import { CONTENTS } from "../support/contents.ts";
import { partOfCells } from "../support/part-of-cells.ts";
import { READINGS } from "../support/readings.ts";

/**
 * A kind of content with a way to read it: its name, and a function that makes a text of about this many UTF-16 units.
 */
type Cell = readonly [name: string, format: FormatId, make: (length: number) => string];

const all = READINGS.flatMap(([reading, format, prefix]) =>
  Object.entries(CONTENTS).map(([content, make]): Cell => [
    `${reading}: ${content}`,
    format,
    (length) => prefix + make(length),
  ]),
);

export const CELLS = partOfCells(all, 10);

/** How to run only the cell of this name. */
export function onlyCell(name: string): string {
  return `npm run linear -- -t "${name}"`;
}
