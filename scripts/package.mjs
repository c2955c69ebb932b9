// Packs galley-VERSION.vsix at the top of the project: npm run package
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

const root = path.dirname(import.meta.dirname);
const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const run = (...args) => {
  execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });
};

run("scripts/build.mjs", "--minify");
// Everything is bundled, so no library is packed; and the project has no address that links could lead to.
run(
  "node_modules/@vscode/vsce/vsce",
  "package",
  "--no-dependencies",
  "--no-rewrite-relative-links",
  "--allow-missing-repository",
  "--out",
  `${name}-${version}.vsix`,
);
