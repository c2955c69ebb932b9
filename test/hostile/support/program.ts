import { type ChildProcess, spawn, type StdioOptions } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, chmodSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "vitest";

/**
 * Limits for every case: `heap` for V8, in megabytes, and `megabytes` for the whole process. Without the first, V8
 * keeps unused memory as long as the machine has room, and the second would measure the machine.
 */
export const LIMITS = { seconds: 30, heap: 450, megabytes: 600 } as const;

/** The folder of the bundles; GALLEY_DIST names another build to test. */
const DIST = path.resolve(process.env["GALLEY_DIST"] ?? "dist");
const MEASURED = path.join(import.meta.dirname, "measured.mjs");

export type Program = "cli.js" | "server/node.cjs" | "server/start.cjs";

export interface Ended {
  /** Null if it was ended from outside. */
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  /** Whether it was ended because its time was up. */
  readonly isLate: boolean;
  /** Its peak memory; undefined if it ended before it could report that. */
  readonly megabytes: number | undefined;
}

export interface Started {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
}

export interface StartOptions {
  readonly cwd: string;
  readonly stdio?: StdioOptions;
  /** The user it runs as; only root may choose. */
  readonly uid?: number;
  /** The output is for another program to read. */
  readonly unheard?: boolean;
}

/** Starts a built program, which is ended when its time is up. */
export function start(program: Program, args: readonly string[], options: StartOptions): Started {
  const file = path.join(DIST, program);
  if (!existsSync(file)) throw new Error(`There is no ${file}: build first.`);
  const reports = mkdtempSync(path.join(tmpdir(), "galley-peak-"));
  chmodSync(reports, 0o777);
  const report = path.join(reports, "peak");
  const child = spawn(
    process.execPath,
    [`--max-old-space-size=${LIMITS.heap}`, MEASURED, report, file, ...args],
    {
      cwd: options.cwd,
      stdio: options.stdio ?? ["ignore", "pipe", "pipe"],
      ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    },
  );
  let out = "";
  let err = "";
  if (options.unheard !== true) child.stdout?.on("data", (data: Buffer) => (out += String(data)));
  child.stderr?.on("data", (data: Buffer) => (err += String(data)));
  let isLate = false;
  const limit = setTimeout(() => {
    isLate = true;
    child.kill("SIGKILL");
  }, LIMITS.seconds * 1000);
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => {
      clearTimeout(limit);
      const kilobytes = existsSync(report) ? Number(readFileSync(report, "utf8")) : undefined;
      rmSync(reports, { recursive: true, force: true });
      const megabytes = kilobytes === undefined ? undefined : kilobytes / 1024;
      resolve({ code, out, err, isLate, megabytes });
    });
  });
  return { child, ended };
}

/** Runs a built program to its end, within the limits. */
export async function run(
  program: Program,
  args: readonly string[],
  options: StartOptions,
): Promise<Ended> {
  const ended = await start(program, args, options).ended;
  expectWithinLimits(ended);
  return ended;
}

export function expectWithinLimits({ isLate, megabytes, err }: Ended): void {
  const said = err.slice(0, 1000);
  expect(isLate, `It did not end within ${LIMITS.seconds} s. ${said}`).toBe(false);
  expect(megabytes, `It did not end by itself. ${said}`).toBeDefined();
  expect(megabytes, "megabytes").toBeLessThan(LIMITS.megabytes);
  expect(said).not.toContain("which it should not");
  expect(said).not.toMatch(/^\s+at /m);
}
