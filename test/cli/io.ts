import type { Io } from "../../server/src/cli/check.ts";

/** A command's environment in a folder, and what was written to its two streams. */
export interface WrittenIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

/** `stdin`: what is on standard input. `isTTY`: its output is a terminal. */
export function ioIn(cwd: string, stdin = "", more: Partial<Io> = {}, isTTY = false): WrittenIo {
  let out = "";
  let err = "";
  return {
    cwd,
    stdout: { write: (text) => (out += text), isTTY },
    stderr: { write: (text) => (err += text) },
    stdin: (async function* () {
      await Promise.resolve();
      yield Buffer.from(stdin);
    })(),
    color: false,
    out: () => out,
    err: () => err,
    ...more,
  };
}
