import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire, wrap } from "node:module";
import path from "node:path";
import v8 from "node:v8";
import { Script } from "node:vm";
import { MAX_BYTES } from "../../project/size-limits.ts";
import { checkedBytes, digest } from "./checked-file.ts";
import { readFileBounded } from "./read-file.ts";

/** A program in one CommonJS file, ready to run. */
export interface Program {
  /** Whether V8 took what it is given of an earlier run. */
  readonly isFromCache: boolean;
  /** Gives what it exports. */
  readonly run: () => unknown;
  /**
   * Stores what V8 has compiled of it until now, in place of what other builds have stored. Does nothing where it
   * has no folder. Never throws.
   */
  readonly store: () => void;
}

/** What is stored, and what a process that was ended had begun to. */
const NAME = /^code-[\da-f]{40}\.bin(?:\.\d+)?$/;

/**
 * The folder that an argument names: an absolute path. Anything else, such as an option, would be looked for in
 * the folder that the process was started in, which may be a repository of strangers: what stands there must not run.
 */
export function folderIn(argument: string | undefined): string | undefined {
  return argument !== undefined && path.isAbsolute(argument) ? argument : undefined;
}

/**
 * Compiles a program with what V8 stored of it in `folder`, if there is one: compiling it from its text takes half
 * of the time that it needs to be ready. The name of what is stored is a digest of the text, the
 * processor's architecture and V8's own tag of what it can take (its version, its flags, and what the processor
 * can do); where nothing of that name is stored, or it is damaged, the text is compiled. To be called before the
 * program changes a flag. Throws where it can't be read or is none.
 */
export function cachedProgram(file: string, folder: string | undefined): Program {
  const read = readFileBounded(file, MAX_BYTES.cache);
  if ("unread" in read) throw new Error(`${file} can’t be read: it is ${read.unread}`);
  const machine = `${String(v8.cachedDataVersionTag())} ${process.arch}\n`;
  const name = `code-${digest(machine, read.bytes).toString("hex")}.bin`;
  // V8 relies on what it is given.
  const cachedData =
    folder === undefined
      ? undefined
      : checkedBytes(readFileBounded(path.join(folder, name), MAX_BYTES.cache));
  const text = Buffer.from(read.bytes.buffer, read.bytes.byteOffset, read.bytes.length).toString();
  const script = new Script(wrap(text), { filename: file, cachedData });
  return {
    isFromCache: cachedData !== undefined && script.cachedDataRejected === false,
    run: () => {
      const module: { readonly exports: unknown } = { exports: {} };
      const start = script.runInThisContext() as (...scope: readonly unknown[]) => void;
      start(module.exports, createRequire(file), module, file, path.dirname(file));
      return module.exports;
    },
    store: () => {
      if (folder !== undefined) storeIn(folder, name, script);
    },
  };
}

function storeIn(folder: string, name: string, script: Script): void {
  try {
    mkdirSync(folder, { recursive: true });
    replace(path.join(folder, name), script.createCachedData());
    for (const other of readdirSync(folder)) {
      if (other !== name && NAME.test(other)) rmSync(path.join(folder, other), { force: true });
    }
  } catch {
    // Without it the next start is only slower.
  }
}

/** Writes bytes behind their digest, and leaves nothing else where that fails. Throws what the system throws. */
function replace(file: string, data: Uint8Array): void {
  const temporary = `${file}.${String(process.pid)}`;
  // An existing file or link of that name must not be written through.
  rmSync(temporary, { force: true });
  try {
    writeFileSync(temporary, Buffer.concat([digest(data), data]), { flag: "wx" });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}
