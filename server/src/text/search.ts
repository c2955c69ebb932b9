/*
 * Binary searches. Each takes logarithmic time, and returns the end of the range if nothing matches. What is searched
 * must be sorted; that is not checked.
 */

/** The first number from `low` to below `high` for which `isBefore` is false. It must be true for all before. */
export function partitionPoint(
  low: number,
  high: number,
  isBefore: (index: number) => boolean,
): number {
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (isBefore(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The index of the first value that is not less than `value`. */
export function lowerBound(values: ArrayLike<number>, value: number): number {
  return partitionPoint(0, values.length, (index) => (values[index] ?? 0) < value);
}

/** The index of the first value that is greater than `value`. */
export function upperBound(values: ArrayLike<number>, value: number): number {
  return partitionPoint(0, values.length, (index) => (values[index] ?? 0) <= value);
}

/** The index of the first item for which `isBefore` is false. */
export function partitionPointBy<T>(items: readonly T[], isBefore: (item: T) => boolean): number {
  return partitionPoint(0, items.length, (index) => {
    const item = items[index];
    return item !== undefined && isBefore(item);
  });
}
