// Opens the sample drafts in your own VS Code, with this checkout's extension and its walkthrough:
//   npm start [-- FOLDER]
// GALLEY_CODE names another editor made from VS Code, such as codium or code-insiders.

import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const editor = process.env.GALLEY_CODE ?? "code";
const folder = path.resolve(process.argv[2] ?? path.join(root, "samples"));

/** On Windows `code` is a batch file, which only a shell can start, and which handles the quotes itself. */
function run(command, args, options = {}) {
  const windows = process.platform === "win32";
  return spawnSync(command, windows ? args.map((one) => `"${one}"`) : args, {
    cwd: root,
    shell: windows,
    ...options,
  });
}

const version = run(editor, ["--version"], { encoding: "utf8" });
if (version.error !== undefined || version.status !== 0) {
  console.error(
    `\`${editor}\` is not to be found. In VS Code, run "Shell Command: Install 'code' command in PATH"
from the palette and open a new terminal; or open this folder in VS Code and press F5.
Without VS Code, the same findings come from: npm run build && node dist/cli.js check samples`,
  );
  process.exit(1);
}

if (!existsSync(path.join(root, "node_modules/esbuild"))) {
  const installed = run("npm", ["ci"], { stdio: "inherit" });
  if (installed.status !== 0) process.exit(installed.status ?? 1);
}
const built = run(process.execPath, ["scripts/build.mjs"], { stdio: "inherit", shell: false });
if (built.status !== 0) process.exit(built.status ?? 1);

const opened = run(editor, ["--new-window", `--extensionDevelopmentPath=${root}`, folder], {
  stdio: "inherit",
  env: { ...process.env, GALLEY_WALKTHROUGH: "1" },
});
process.exit(opened.status ?? 1);
