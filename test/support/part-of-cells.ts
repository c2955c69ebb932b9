/** `GALLEY_PART=3` requests one part of the slow cells, starting from this number; without it all run. */
const PART = process.env["GALLEY_PART"];

if (PART !== undefined && !/^\d+$/.test(PART)) throw new Error("GALLEY_PART is no number.");

/** One cell in this many, by the requested number; all cells if there are fewer, or without a number. */
export function partOfCells<T>(cells: readonly T[], oneIn: number): readonly T[] {
  if (PART === undefined || cells.length < oneIn) return cells;
  return cells.filter((_, index) => index % oneIn === Number(PART) % oneIn);
}
