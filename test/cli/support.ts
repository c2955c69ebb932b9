import { readFileSync } from "node:fs";
import path from "node:path";
import { ioIn, type Ran, runWith } from "../support/command.ts";
import { newFolder } from "../support/for-one-test.ts";

export interface Place {
  readonly folder: string;
  readonly galley: (...args: string[]) => Promise<Ran>;
  readonly write: (file: string, content: string | Uint8Array) => void;
  readonly read: (file: string) => string;
}

/** A folder with these files for one test, in which the command line runs. */
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
    galley: (...args) => runWith(ioIn(folder, stdin, { env }, isTTY), args),
  };
}

/** A sentence with a mistake, and one without. */
export const WRONG = "The council met on the the Monday of the feast.\n";
export const RIGHT = "The council met on Monday and approved the budget.\n";
