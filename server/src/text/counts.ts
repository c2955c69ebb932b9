/** How many values have each key, the most first; keys with equal counts are in alphabetical order. */
export function counts<Value>(
  values: Iterable<Value>,
  getKey: (value: Value) => string,
): readonly (readonly [key: string, count: number])[] {
  const counted = new Map<string, number>();
  for (const value of values) {
    const key = getKey(value);
    counted.set(key, (counted.get(key) ?? 0) + 1);
  }
  return [...counted].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
