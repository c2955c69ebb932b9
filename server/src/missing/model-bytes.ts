import { gunzipSync, strToU8 } from "fflate";
import packed from "../../model/gaps.json";
import packedReader from "../../model/reader.json";
import { computeOnce } from "../draft/incremental/memoize.ts";

/** The bytes of a gzip file, in base 64. Throws where it is none. */
export function unpack({ gzip }: { readonly gzip: string }): Uint8Array {
  return gunzipSync(strToU8(atob(gzip), true));
}

/** The file of the model that ships with Galley. In Node's bundles it is read unpacked (`scripts/build.mjs`). */
export const modelBytes = computeOnce(() => unpack(packed));

/** The same of the net that reads sentences. */
export const readerBytes = computeOnce(() => unpack(packedReader));

/** What tells these models from all others: the end of a gzip file is a checksum of what it holds, and its length. */
export const modelsMark = packed.gzip.slice(-12) + packedReader.gzip.slice(-12);
