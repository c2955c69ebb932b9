/** `GALLEY_PART=3` asks for one part of what takes minutes, from the cell of this number on; without it all is asked for. */
const PART = process.env["GALLEY_PART"];

if (PART !== undefined && !/^\d+$/.test(PART)) throw new Error("GALLEY_PART is no number.");

/** One cell in so many, which differ with the number that is asked for; all of fewer, or without a number. */
export function partOfCells<T>(cells: readonly T[], oneIn: number): readonly T[] {
  if (PART === undefined || cells.length < oneIn) return cells;
  return cells.filter((_, index) => index % oneIn === Number(PART) % oneIn);
}
