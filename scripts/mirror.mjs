// Writes the contents of a mirror repository: npm run mirror -- FOLDER [--release] [--dist FOLDER]
// dist/ is not committed here, but whoever installs from a repository (pre-commit, an action) needs it there.
// The mirror is what npm packs, with a manifest without libraries, because all are bundled.
// --release is for publishing, and refused while the project's address is a placeholder.
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { refusePlaceholder } from "./release.mjs";

const root = path.dirname(import.meta.dirname);
const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { dist: { type: "string" }, release: { type: "boolean" } },
});
const [folder] = positionals;
const dist = path.resolve(values.dist ?? path.join(root, "dist"));
if (folder === undefined) {
  console.error("Say where to: npm run mirror -- FOLDER");
  process.exit(2);
}
if (values.release) refusePlaceholder();
const copy = (from, name) => {
  const to = path.join(folder, name);
  mkdirSync(path.dirname(to), { recursive: true });
  cpSync(from, to, { recursive: true, filter: (file) => !file.endsWith(".map") });
};

const packed = spawnSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], {
  cwd: root,
  encoding: "utf8",
  shell: process.platform === "win32",
});
if (packed.status !== 0) {
  console.error(packed.stderr);
  process.exit(1);
}
const [{ files }] = JSON.parse(packed.stdout);
for (const { path: name } of files) {
  if (name.startsWith("dist/") || name === "package.json") continue;
  copy(path.join(root, name), name);
}
copy(dist, "dist");
for (const name of [".pre-commit-hooks.yaml", "action.yml"]) copy(path.join(root, name), name);

const manifest = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
delete manifest.devDependencies;
delete manifest.scripts;
writeFileSync(path.join(folder, "package.json"), `${JSON.stringify(manifest, undefined, 2)}\n`);
