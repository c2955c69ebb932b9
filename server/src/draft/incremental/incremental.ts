import type { Draft } from "../draft.ts";

/**
 * The function, computed once per draft and given the value that it computed last for an earlier version, if
 * any (see `Draft.cache`). It may only save work with that: its value must follow from the draft alone.
 */
export function incremental<T>(
  compute: (draft: Draft, last: T | undefined) => T,
): (draft: Draft) => T {
  return (draft) => {
    const entry = draft.cache.get(compute);
    // Only this function stores values under its name.
    const last = entry?.value as T | undefined;
    if (last !== undefined && entry?.version === draft) return last;
    const value = compute(draft, last);
    draft.cache.set(compute, draft, value);
    return value;
  };
}
