import { run } from "../../server/src/cli/program.ts";
import { GIT_ENV } from "./repository.ts";

/** Runs the command line in a folder. Gives what it wrote to standard output, and its exit code. */
export async function runIn(
  cwd: string,
  ...args: readonly string[]
): Promise<{ readonly code: number | undefined; readonly out: string }> {
  let out = "";
  const code = await run(args, {
    cwd,
    stdout: { write: (more) => (out += more) },
    stderr: { write: () => undefined },
    stdin: (async function* () {})(),
    color: false,
    env: GIT_ENV,
  });
  return { code, out };
}
