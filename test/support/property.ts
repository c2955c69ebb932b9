/** Property tests: the same drafts in each run of CI, other ones each time in search of mistakes. */
import fc from "fast-check";

/** `GALLEY_FUZZ=20` tries twenty times as many drafts as usual, from another seed each time. */
const FUZZ = Number(process.env["GALLEY_FUZZ"] ?? 0);

if (FUZZ === 0) fc.configureGlobal({ seed: 1 });

/** How often a property is tried: `usual` times, or more often in a search. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: usual * Math.max(1, FUZZ) };
}
