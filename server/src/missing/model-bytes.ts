import { gunzipSync, strToU8 } from "fflate";
import packed from "../../model/gaps.json";
import packedReader from "../../model/reader.json";
import { computeOnce } from "../draft/incremental/memoize.ts";

/** The bytes of a gzip file, in base 64. Throws if it is not one. */
export function unpack({ gzip }: { readonly gzip: string }): Uint8Array {
  return gunzipSync(strToU8(atob(gzip), true));
}

/** The file of the model that ships with Galley. In Node's bundles it is read unpacked (`scripts/build.mjs`). */
export const modelBytes = computeOnce(() => unpack(packed));

/** The same for the net that reads sentences. */
export const readerBytes = computeOnce(() => unpack(packedReader));

/** What distinguishes these models from all others: a gzip file ends with a checksum of its content, and its length. */
export const modelsMark = packed.gzip.slice(-12) + packedReader.gzip.slice(-12);
