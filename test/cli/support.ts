import { readFileSync } from "node:fs";
import path from "node:path";
import { run } from "../../server/src/cli/program.ts";
import { newFolder } from "../support/for-one-test.ts";
import { ioIn } from "./io.ts";

export interface Ran {
  readonly code: number | undefined;
  readonly out: string;
  readonly err: string;
}

export interface Place {
  readonly folder: string;
  readonly galley: (...args: string[]) => Promise<Ran>;
  readonly write: (file: string, content: string | Uint8Array) => void;
  readonly read: (file: string) => string;
}

/** A folder with these files in it, in which the command line is run, for one test. */
export function place(
  files: Readonly<Record<string, string | Uint8Array>>,
  stdin = "",
  env: Readonly<Record<string, string>> = {},
  isTTY = false,
): Place {
  const made = newFolder(files);
  const folder = made.path;
  return {
    folder,
    write: (file, content) => {
      made.write(file, content);
    },
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    galley: async (...args) => {
      const io = ioIn(folder, stdin, { env }, isTTY);
      const code = await run(args, io);
      return { code, out: io.out(), err: io.err() };
    },
  };
}

/** A sentence with a mistake, and one without. */
export const WRONG = "The council met on the the Monday of the feast.\n";
export const RIGHT = "The council met on Monday and approved the budget.\n";
