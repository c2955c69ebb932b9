import { spawn, type SpawnOptions } from "node:child_process";

/** A running server. */
export interface Server {
  readonly address: string;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

/** How long one may take to print its address, in milliseconds. */
const PATIENCE = 60_000;

/**
 * Starts a server in its own process group, so that everything it started ends with it. Its address is the pattern's
 * group in its output. Rejects if it exits or takes too long.
 */
export async function serve(
  [command, ...args]: readonly [string, ...string[]],
  options: SpawnOptions,
  address: RegExp,
): Promise<Server> {
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const gone = new Promise((resolve) => child.once("close", resolve).once("error", resolve));
  const kill = (signal: NodeJS.Signals): void => {
    try {
      if (child.pid !== undefined) process.kill(-child.pid, signal);
    } catch {
      // It has exited by itself.
    }
  };
  const stop = async (): Promise<void> => {
    kill("SIGTERM");
    const timer = setTimeout(kill, 5_000, "SIGKILL");
    await gone;
    clearTimeout(timer);
    // Its children may outlive it.
    kill("SIGKILL");
  };

  let printed = "";
  const found = await new Promise<string | undefined>((resolve) => {
    const timer = setTimeout(resolve, PATIENCE);
    void gone.then(() => {
      resolve(undefined);
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => {
        printed += text;
        const match = address.exec(printed)?.[1];
        if (match === undefined) return;
        clearTimeout(timer);
        resolve(match);
      });
    }
  });
  if (found !== undefined) return { address: found, stop };
  await stop();
  throw new Error(`${command} did not start:\n${printed}`);
}
