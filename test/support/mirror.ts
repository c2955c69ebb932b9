import { execFileSync } from "node:child_process";
import path from "node:path";

/** Builds Galley, and writes the mirror repository into `folder`/mirror. */
export function writeMirror(folder: string): string {
  const dist = path.join(folder, "dist");
  const mirror = path.join(folder, "mirror");
  execFileSync(process.execPath, ["scripts/build.mjs", "--out", dist]);
  execFileSync(process.execPath, ["scripts/mirror.mjs", mirror, "--dist", dist]);
  return mirror;
}
