// Packs galley-VERSION.vsix at the top of the project: npm run package [-- --release]
// With --release it is for others, and refused as long as the project's address is a placeholder.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { refusePlaceholder } from "./release.mjs";

const root = path.dirname(import.meta.dirname);
const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

if (process.argv.includes("--release")) refusePlaceholder();
run("scripts/build.mjs", "--minify");
// Everything is bundled, so no library is packed.
run(
  "node_modules/@vscode/vsce/vsce",
  "package",
  "--no-dependencies",
  // The page in VS Code is for writers; pictures and links to files would lead nowhere there.
  "--readme-path",
  "client/README.md",
  "--no-rewrite-relative-links",
  "--out",
  `${name}-${version}.vsix`,
);
