import { distance } from "fastest-levenshtein";

/** The closest of the names by Levenshtein distance, if close enough to have been meant; of several the first. */
export function didYouMean(name: string, names: readonly string[]): string | undefined {
  // Nobody mistypes a name of three letters for a page.
  if (name.length > LONGEST) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(name.length / 3)) + 1;
  for (const other of names) {
    const between = distance(name.toLowerCase(), other.toLowerCase());
    if (between < least) {
      least = between;
      best = other;
    }
  }
  return best;
}

const LONGEST = 60;
