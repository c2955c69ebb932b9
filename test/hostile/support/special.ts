import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import { onTestFinished } from "vitest";
import type { Folder } from "../../support/folder.ts";

/** Things that can have a file's name without being a file, or without an end. */
export const SPECIAL: Readonly<Record<string, (file: string) => void>> = {
  "a pipe": (file) => execFileSync("mkfifo", [file]),
  "a device": (file) => execFileSync("mknod", [file, "c", "1", "5"]),
  "a socket": (file) => {
    const server = createServer().listen(file);
    onTestFinished(() => void server.close());
  },
  "a folder": (file) => {
    mkdirSync(file);
  },
  "a link to /dev/zero": (file) => {
    symlinkSync("/dev/zero", file);
  },
  "a link to /dev/tty": (file) => {
    symlinkSync("/dev/tty", file);
  },
  "a link to /proc/self/pagemap": (file) => {
    symlinkSync("/proc/self/pagemap", file);
  },
  "a link to itself": (file) => {
    symlinkSync(path.basename(file), file);
  },
  "a link to nowhere": (file) => {
    symlinkSync("nowhere", file);
  },
  "400 MB of nothing": (file) => {
    sparse(file);
  },
  "1 MB of zeros": (file) => {
    writeFileSync(file, Buffer.alloc(1_000_000));
  },
};

export function sparse(file: string): void {
  writeFileSync(file, "");
  truncateSync(file, 400_000_000);
}

export function makeSpecial(folder: Folder, name: string, kind: string): void {
  const file = path.join(folder.path, name);
  mkdirSync(path.dirname(file), { recursive: true });
  SPECIAL[kind]?.(file);
}
