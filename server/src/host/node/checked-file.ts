import { createHash } from "node:crypto";
import type { Read } from "./read-file.ts";

/*
 * What is stored for the next start stands in its file behind its digest: a file that is damaged or cut off is
 * known by it, one that somebody else wrote is not.
 */

/** The length of a digest, in bytes. */
export const DIGEST_BYTES = 20;

/** The digest of some parts, one after another. */
export function digest(...parts: readonly (string | Uint8Array)[]): Buffer {
  const hash = createHash("sha1");
  for (const part of parts) hash.update(part);
  return hash.digest();
}

/** What stands behind its digest in a file; undefined where that was not read, or is damaged. */
export function checkedBytes(read: Read): Buffer | undefined {
  if ("unread" in read) return undefined;
  const bytes = Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.length);
  const body = bytes.subarray(DIGEST_BYTES);
  return digest(body).equals(bytes.subarray(0, DIGEST_BYTES)) ? body : undefined;
}
