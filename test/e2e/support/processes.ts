import type { ChildProcess, SpawnOptions } from "node:child_process";
import { spawn } from "node:child_process";

/** A program that was started in a process group of its own, so that it ends with all it started. */
export interface Running {
  readonly child: ChildProcess;
  /** Everything it has printed so far, complaints included. */
  output(): string;
  /** Of that, what stands on standard output. */
  printed(): string;
  /** Resolves with the first match in what it prints; rejects when it ends or the time is up. */
  prints(pattern: RegExp, milliseconds: number): Promise<RegExpExecArray>;
  /** Resolves with its exit code; when the time is up it is ended, and this rejects. */
  ends(milliseconds: number): Promise<number | null>;
  /** Ends it and waits until it is gone. */
  stop(): Promise<void>;
}

export function start(
  command: string,
  args: readonly string[],
  options: SpawnOptions = {},
): Running {
  const child = spawn(command, args, {
    ...options,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  let all = "";
  let plain = "";
  let failure: Error | undefined;
  const gone = new Promise<void>((resolve) => {
    child.once("close", () => {
      resolve();
    });
    child.once("error", (error) => {
      failure = error;
      resolve();
    });
  });
  const heard = new Set<() => void>();
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8").on("data", (text: string) => {
      all += text;
      if (stream === child.stdout) plain += text;
      for (const listener of heard) listener();
    });
  }

  const kill = (signal: NodeJS.Signals) => {
    if (child.pid === undefined) return;
    try {
      process.kill(-child.pid, signal);
    } catch {
      // It has ended by itself.
    }
  };

  return {
    child,
    output: () => all,
    printed: () => plain,
    prints: (pattern, milliseconds) =>
      within(
        milliseconds,
        `${command} did not print ${String(pattern)}`,
        () => all,
        (done) => {
          const look = () => {
            const match = pattern.exec(all);
            if (match !== null) done(match);
          };
          heard.add(look);
          look();
          return gone.then(() => {
            throw failure ?? new Error(`${command} ended early:\n${all}`);
          });
        },
      ),
    ends: async (milliseconds) => {
      try {
        return await within(
          milliseconds,
          `${command} did not end`,
          () => all,
          (done) =>
            gone.then(() => {
              if (failure !== undefined) throw failure;
              done(child.exitCode);
            }),
        );
      } finally {
        kill("SIGKILL");
      }
    },
    stop: async () => {
      kill("SIGTERM");
      const timer = setTimeout(kill, 5_000, "SIGKILL");
      await gone;
      clearTimeout(timer);
      // What it started may outlive it.
      kill("SIGKILL");
    },
  };
}

/** `begin` either calls `done`, or its promise rejects; or the time is up. */
function within<T>(
  milliseconds: number,
  complaint: string,
  printed: () => string,
  begin: (done: (value: T) => void) => Promise<void>,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new Error(`${complaint} in ${milliseconds} ms:\n${printed()}`));
    }, milliseconds);
    const done = (value: T) => {
      clearTimeout(timer);
      resolve(value);
    };
    begin(done).catch((error: unknown) => {
      clearTimeout(timer);
      reject(error instanceof Error ? error : new Error(String(error)));
    });
  });
}
