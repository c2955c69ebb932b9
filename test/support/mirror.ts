import { execFileSync } from "node:child_process";
import { mkdtempSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A folder for a test file. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const folder = realpathSync(mkdtempSync(path.join(tmpdir(), "galley-ci-")));
  return {
    path: folder,
    remove: () => {
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Builds Galley, and writes the mirror repository into `folder`/mirror. */
export function writeMirror(folder: string): string {
  const dist = path.join(folder, "dist");
  const mirror = path.join(folder, "mirror");
  execFileSync(process.execPath, ["scripts/build.mjs", "--out", dist]);
  execFileSync(process.execPath, ["scripts/mirror.mjs", mirror, "--dist", dist]);
  return mirror;
}

/** Runs git in a folder, as somebody; returns what it prints. */
export function git(folder: string, ...args: string[]): string {
  const who = ["-c", "user.name=A", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
  return execFileSync("git", [...who, ...args], { cwd: folder, encoding: "utf8" }).trim();
}

/** Makes a folder a repository with one commit of all that is in it, and returns the commit. */
export function committed(folder: string): string {
  git(folder, "init", "-q");
  git(folder, "add", "-A");
  git(folder, "commit", "-q", "-m", "x");
  return git(folder, "rev-parse", "HEAD");
}
