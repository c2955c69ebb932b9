// Packs galley-VERSION.vsix at the top of the project: npm run package [-- --release]
// --release is for publishing, and refused while the project's address is a placeholder.
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { withPictures } from "./pictures-as-data.mjs";
import { refusePlaceholder } from "./release.mjs";

const root = path.dirname(import.meta.dirname);
const { name, version } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
const run = (...args) => {
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit" });
  if (status !== 0) process.exit(status ?? 1);
};

if (process.argv.includes("--release")) refusePlaceholder();
run("scripts/build.mjs", "--minify");
// VS Code shows the page to writers. Links to files would be dead there, and it shows only pictures from https
// or in the page itself.
const page = path.join(root, "dist/page.md");
mkdirSync(path.dirname(page), { recursive: true });
writeFileSync(page, withPictures(readFileSync(path.join(root, "client/README.md"), "utf8"), root));
// Everything is bundled, so no library is packed.
run(
  "node_modules/@vscode/vsce/vsce",
  "package",
  "--no-dependencies",
  "--readme-path",
  path.relative(root, page),
  "--no-rewrite-relative-links",
  "--out",
  `${name}-${version}.vsix`,
);
