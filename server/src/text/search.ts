/*
 * Binary searches. Each looks at as many places as its range can be halved, and gives the end of the range
 * where no place is meant. What is searched must be in order: that is not checked.
 */

/** The first of the numbers from `low` up to, but not with, `high` for which `isBefore` is false; it must be true of all before. */
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
