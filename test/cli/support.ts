import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll } from "vitest";
import { run } from "../../server/src/cli/program.ts";

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

const places: string[] = [];

afterAll(() => {
  for (const folder of places) rmSync(folder, { recursive: true, force: true });
});

/** A folder of its own with these files in it, in which the command line is run. */
export function place(
  files: Readonly<Record<string, string | Uint8Array>>,
  stdin = "",
  env: Readonly<Record<string, string>> = {},
  isTTY = false,
): Place {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "galley-")));
  places.push(folder);
  const write = (file: string, content: string | Uint8Array): void => {
    const target = path.join(folder, file);
    mkdirSync(path.dirname(target), { recursive: true });
    writeFileSync(target, content);
  };
  for (const [file, content] of Object.entries(files)) write(file, content);
  return {
    folder,
    write,
    read: (file) => readFileSync(path.join(folder, file), "utf8"),
    galley: async (...args) => {
      let out = "";
      let err = "";
      const code = await run(
        args,
        {
          cwd: folder,
          stdout: { write: (text) => (out += text), isTTY },
          stdinIsTTY: isTTY,
          env,
          stderr: { write: (text) => (err += text) },
          stdin: (async function* () {
            await Promise.resolve();
            yield Buffer.from(stdin);
          })(),
          color: false,
          startWorker: undefined,
        },
        () => Promise.resolve(),
      );
      return { code, out, err };
    },
  };
}

/** A sentence with a mistake, and one without. */
export const WRONG = "The council met on the the Monday of the feast.\n";
export const RIGHT = "The council met on Monday and approved the budget.\n";
