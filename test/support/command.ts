import type { Io } from "../../server/src/cli/check.ts";
import { run } from "../../server/src/cli/program.ts";
import type { Report } from "../../server/src/cli/report.ts";
import { GIT_ENV } from "./repository.ts";

/** A command's environment in a folder, and its output on both streams. */
export interface WrittenIo extends Io {
  readonly out: () => string;
  readonly err: () => string;
}

/** `stdin` is the standard input. `isTTY` means that the output is a terminal. */
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

/** A command's output and exit code. */
export interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

export async function runWith(io: WrittenIo, args: readonly string[]): Promise<Ran> {
  const code = await run(args, io);
  return { code, out: io.out(), err: io.err() };
}

/** Runs the command line in a folder. */
export function runIn(cwd: string, ...args: readonly string[]): Promise<Ran> {
  return runWith(ioIn(cwd, "", { env: GIT_ENV }), args);
}

/** The part of the report that JSON contains. */
export interface JsonReport extends Pick<Report, "files" | "problems" | "skipped"> {
  readonly summary: Readonly<Record<string, number>>;
}

export function reportIn(out: string): JsonReport {
  return JSON.parse(out) as JsonReport;
}
