import { LARGEST_DRAFT } from "../draft/largest.ts";

/** The largest file that is read, in bytes, by kind of file. */
export const MAX_BYTES = {
  /** In UTF-8, a UTF-16 unit takes up to three bytes. */
  draft: 3 * LARGEST_DRAFT.units,
  /** `.galley.json`, and the file named by `--config`. */
  config: 1_000_000,
  /** `.galley-baseline.json`. */
  baseline: 20_000_000,
  /** `.gitignore` and `.git/info/exclude`. */
  ignore: 1_000_000,
  /** The language server's cache from earlier sessions. */
  cache: 250_000_000,
} as const;

/** The size limit, in bytes, for the file of a path or URI, by its name. */
export function maxBytes(path: string): number {
  if (/(?:^|\/)\.galley\.json$/.test(path)) return MAX_BYTES.config;
  if (/(?:^|\/)\.galley-baseline\.json$/.test(path)) return MAX_BYTES.baseline;
  return /(?:^|\/)(?:\.gitignore|\.git\/info\/exclude)$/.test(path)
    ? MAX_BYTES.ignore
    : MAX_BYTES.draft;
}
