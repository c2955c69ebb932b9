/** The value with one part of it, at any depth, replaced by each of `wrong`. */
export function spoiled(value: unknown, wrong: readonly unknown[]): unknown[] {
  if (typeof value !== "object" || value === null) return [...wrong];
  const within = Object.entries(value).flatMap(([key, inner]) =>
    spoiled(inner, wrong).map((other) =>
      Array.isArray(value)
        ? value.map((item: unknown, index) => (String(index) === key ? other : item))
        : { ...value, [key]: other },
    ),
  );
  return [...wrong, ...within];
}
