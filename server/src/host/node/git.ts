import { type ChildProcess, spawn } from "node:child_process";
import { statSync } from "node:fs";
import path from "node:path";
import type { Clock } from "../../project/host.ts";

/*
 * The only place that runs git. A repository may be somebody else's, and its configuration can name programs: for
 * pagers, hooks, file system monitors, filters, diffs, signatures and connections. Every command here only reads
 * objects, with all of these switched off.
 */

/** What git wrote to standard output, or why there is no answer. */
export type GitAnswer = { readonly bytes: Uint8Array } | { readonly failure: GitFailure };

export type GitFailure =
  | { readonly kind: "not installed" | "too slow" | "too large" }
  /** It ended with a code other than 0; `message` is the first line of its standard error. */
  | { readonly kind: "refused"; readonly code: number; readonly message: string };

export interface Git {
  /** Runs a command in a folder. `input` is its standard input. Never throws. */
  run(folder: string, args: readonly string[], input?: string): Promise<GitAnswer>;
}

export interface GitOptions {
  /** Used if it is an absolute path; otherwise PATH is searched. */
  readonly program?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** The time, in milliseconds, after which a command is ended. */
  readonly timeLimit?: number;
  /** The most bytes of output that are read. */
  readonly mostBytes?: number;
}

const TIME_LIMIT = 60_000;

/** A list of a million files has about 100 MB. */
const MOST_BYTES = 256_000_000;

/** The most bytes of an error message that are read. */
const MOST_ERROR_BYTES = 10_000;

export function gitOn({
  program: given = "",
  env,
  clock,
  timeLimit = TIME_LIMIT,
  mostBytes = MOST_BYTES,
}: GitOptions): Git {
  // Long, as every way a process can end leads to one answer.
  const program = path.isAbsolute(given) ? given : programOn(env);
  const environment = toEnvironment(env);
  return {
    run: (folder, args, input) => {
      if (program === undefined) return Promise.resolve(failure({ kind: "not installed" }));
      return new Promise((resolve) => {
        let child: ChildProcess;
        try {
          child = spawn(program, [...GUARDS, ...args], {
            cwd: folder,
            env: environment,
            shell: false,
            windowsHide: true,
            stdio: ["pipe", "pipe", "pipe"],
          });
        } catch {
          resolve(failure({ kind: "not installed" }));
          return;
        }
        const parts: Uint8Array[] = [];
        let size = 0;
        let said = "";
        const end = (answer: GitAnswer): void => {
          limit.dispose();
          resolve(answer);
        };
        // Its children may still hold its output open, so we don't wait for it to end.
        const stop = (kind: "too slow" | "too large"): void => {
          child.kill("SIGKILL");
          for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy();
          end(failure({ kind }));
        };
        const limit = clock.after(timeLimit, () => {
          stop("too slow");
        });
        child.stdout?.on("data", (part: Uint8Array) => {
          size += part.length;
          if (size > mostBytes) stop("too large");
          else parts.push(part);
        });
        child.stderr?.on("data", (part: Buffer) => {
          if (said.length < MOST_ERROR_BYTES) said += part.toString("utf8");
        });
        child.on("error", () => {
          end(failure({ kind: "not installed" }));
        });
        child.on("close", (code) => {
          if (code === 0) end({ bytes: Buffer.concat(parts) });
          else end(failure({ kind: "refused", code: code ?? -1, message: firstLine(said) }));
        });
        // It may end before it has read everything.
        child.stdin?.on("error", () => undefined);
        child.stdin?.end(input ?? "");
      });
    },
  };
}

/**
 * Keeps a repository's configuration from running programs, and a folder that merely looks like a bare repository from
 * counting as one.
 */
const GUARDS = [
  "--no-pager",
  ...[
    "core.fsmonitor=false",
    "core.hooksPath=/dev/null",
    "log.showSignature=false",
    "safe.bareRepository=explicit",
  ].flatMap((setting) => ["-c", setting]),
];

/** The git variables that a user chooses. Others, such as those set for hooks, name another repository. */
const ALLOWED = /^GIT_(?:CONFIG_.*|CEILING_DIRECTORIES|DISCOVERY_ACROSS_FILESYSTEM|EXEC_PATH)$/i;

function toEnvironment(env: GitOptions["env"]): Record<string, string | undefined> {
  const allowed = Object.entries(env).filter(
    ([name]) => !/^GIT_/i.test(name) || ALLOWED.test(name),
  );
  return {
    ...Object.fromEntries(allowed),
    // What a replace reference points to is not what was committed.
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_NO_LAZY_FETCH: "1",
    // Older versions don't know GIT_NO_LAZY_FETCH, so all protocols are forbidden too.
    GIT_ALLOW_PROTOCOL: "none",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

/** The absolute path of git. A PATH with "." must not find one in the folder being checked. */
function programOn(env: GitOptions["env"]): string | undefined {
  const name = process.platform === "win32" ? "git.exe" : "git";
  const folders = Object.entries(env).find(([key]) => key.toUpperCase() === "PATH")?.[1] ?? "";
  return folders
    .split(path.delimiter)
    .filter((folder) => path.isAbsolute(folder))
    .map((folder) => path.join(folder, name))
    .find(isFile);
}

/** A folder in PATH may be another user's and unreadable. */
function isFile(file: string): boolean {
  try {
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

function failure(failure: GitFailure): GitAnswer {
  return { failure };
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}
