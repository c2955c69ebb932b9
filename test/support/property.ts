/** Property tests: the same drafts in each run of CI, and new ones each time in a search for mistakes. */
import fc from "fast-check";

/** `GALLEY_FUZZ=20` tries twenty times as many drafts as usual, from a new seed each time. */
const FUZZ = Number(process.env["GALLEY_FUZZ"] ?? 0);

/** `GALLEY_SEED=7` uses the drafts of that seed, which a failure names. */
const SEED = process.env["GALLEY_SEED"] ?? (FUZZ === 0 ? "1" : undefined);

if (SEED !== undefined) fc.configureGlobal({ seed: Number(SEED) });

/** How often a property is tried: `usual` times, or more in a search. */
export function runs(usual: number): { numRuns: number } {
  return { numRuns: usual * Math.max(1, FUZZ) };
}

/** One of several kinds for `fc.oneof`, by weight: `fc.record` with the kind in it. */
export function ofKind<const Kind extends string, Rest extends object>(
  weight: number,
  kind: Kind,
  rest: { [Name in keyof Rest]: fc.Arbitrary<Rest[Name]> },
): { weight: number; arbitrary: fc.Arbitrary<{ kind: Kind } & Rest> } {
  return { weight, arbitrary: fc.record(rest).map((one) => ({ kind, ...(one as Rest) })) };
}
