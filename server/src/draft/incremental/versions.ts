import { attached } from "./attached.ts";
import type { Draft } from "../draft.ts";

/** The last that a function made of a draft or of a version before it. */
interface Made {
  readonly draft: Draft;
  readonly value: unknown;
}

/** What was made of a draft: a row with a place in it for each function, which the draft's versions hand on. */
const rows = attached<Draft, Made[]>();
let places = 0;

/** Tells that `after` is the next version of a draft, so that what is made of it can be made from what is known. */
export function handOn(before: Draft, after: Draft): void {
  const row = rows.get(before);
  if (row !== undefined) rows.set(after, row);
}

/**
 * The function, which is done once for each draft and given what it gave last for a version before, if
 * it was asked for one. It may only save work with that: what it gives is told by the draft alone.
 */
export function perVersion<T>(make: (draft: Draft, last: T | undefined) => T): (draft: Draft) => T {
  const place = places++;
  return (draft) => {
    const row = rows.get(draft) ?? newRow(draft);
    const made = row[place];
    // Only this function writes to its place.
    const last = made?.value as T | undefined;
    if (last !== undefined && made?.draft === draft) return last;
    const value = make(draft, last);
    row[place] = { draft, value };
    return value;
  };
}

function newRow(draft: Draft): Made[] {
  const row: Made[] = [];
  rows.set(draft, row);
  return row;
}
