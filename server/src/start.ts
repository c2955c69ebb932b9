import { fileURLToPath } from "node:url";
import { cachedProgram, folderIn } from "./host/node/code-cache.ts";
import { underFreeHeapGrowth } from "./host/node/heap-growth.ts";

/**
 * What VS Code starts: the language server beside it, compiled as it was before, from the folder that is the first
 * argument if that is an absolute path. All other arguments are the server's.
 */

/** By then the first draft is judged, and V8 has let go of nothing that only a start needs; in milliseconds. */
const STORED_AFTER = 2000;

const folder = folderIn(process.argv[2]);
if (folder !== undefined) process.argv.splice(2, 1);
const program = cachedProgram(fileURLToPath(new URL("node.cjs", import.meta.url)), folder);
program.run();
if (folder !== undefined && !program.isFromCache) {
  setTimeout(underFreeHeapGrowth, STORED_AFTER, program.store).unref();
}
