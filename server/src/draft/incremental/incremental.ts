import type { Draft } from "../draft.ts";

let slots = 0;

/**
 * The function, computed once per draft and given the value that it computed last for an earlier version, if
 * any (see `Draft.cache`). It may only save work with that: its value must follow from the draft alone.
 */
export function incremental<T>(
  compute: (draft: Draft, last: T | undefined) => T,
): (draft: Draft) => T {
  const slot = slots++;
  return (draft) => {
    const entry = draft.cache.get(slot);
    // Only this function writes to its slot.
    const last = entry?.value as T | undefined;
    if (last !== undefined && entry?.version === draft) return last;
    const value = compute(draft, last);
    draft.cache.set(slot, draft, value);
    return value;
  };
}
