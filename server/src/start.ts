import { createRequire } from "node:module";
import type * as Server from "./node.ts";
import { folderIn, useCompiledCode } from "./host/node/compiled-code.ts";

/**
 * What VS Code starts: the language server next to this file, with code that Node compiled earlier. That code is in the
 * folder named by the first argument, if it is an absolute path. All other arguments are the server's.
 */
const storage = folderIn(process.argv[2]);
if (storage !== undefined) process.argv.splice(2, 1);
const works = storage === undefined ? undefined : useCompiledCode(storage);
const { ready } = createRequire(import.meta.url)("./node.cjs") as typeof Server;
void ready?.then(works);
