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

/** Why a file was not read. `gone` includes a broken link and a link cycle. */
export type ReadFailure =
  "gone" | "forbidden" | "folder" | "pipe" | "socket" | "device" | "too large" | "failed";

/** The message for the user. `most` is the size limit of the read, in bytes. */
export function readFailureText(unread: ReadFailure, most: number): string {
  switch (unread) {
    case "gone":
      return "It is gone.";
    case "forbidden":
      return "It may not be read by you.";
    case "folder":
      return "It is a folder.";
    case "pipe":
      return "It is a pipe, not a file.";
    case "socket":
      return "It is a socket, not a file.";
    case "device":
      return "It is a device, not a file.";
    case "too large":
      return `It is larger than ${Math.round(most / 1_000_000)} MB.`;
    case "failed":
      return "It can’t be read.";
  }
}
