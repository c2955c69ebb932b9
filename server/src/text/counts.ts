/** How many values have each key, the most first; of as many, in the order of their keys. */
export function counts<Value>(
  values: Iterable<Value>,
  keyOf: (value: Value) => string,
): readonly (readonly [key: string, count: number])[] {
  const found = new Map<string, number>();
  for (const value of values) {
    const key = keyOf(value);
    found.set(key, (found.get(key) ?? 0) + 1);
  }
  return [...found].sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1));
}
