// Counts lines of TypeScript by folder: npm run lines [-- COMMIT], with those of a commit beside them
import { execFileSync } from "node:child_process";

const [commit] = process.argv.slice(2);
const after = linesIn("--untracked");
const before = commit === undefined ? undefined : linesIn(commit);
const table = {};
for (const folder of [...new Set([...after.keys(), ...(before?.keys() ?? [])])].sort()) {
  const now = after.get(folder) ?? 0;
  if (before === undefined) table[folder] = { lines: now };
  else {
    const then = before.get(folder) ?? 0;
    table[folder] = { before: then, after: now, change: now - then };
  }
}
console.table(table);

/** Lines by folder, of the work tree or of a commit; `server/src` and `test` are sums as well. */
function linesIn(where) {
  const files = ["server/src", "client", "test"].map((folder) => `:(glob)${folder}/**/*.ts`);
  // An empty pattern matches every line.
  const found = execFileSync(
    "git",
    ["grep", "--count", "--text", "-e", "", where, "--", ...files],
    {
      encoding: "utf8",
      maxBuffer: 1 << 26,
    },
  );
  const sums = new Map();
  for (const line of found.trim().split("\n")) {
    // For files of a commit, the commit comes before the path.
    const [count, file] = line.split(":").reverse();
    const [, whole, part] = /^(server\/src|client|test)\/(?:([^/]+)\/)?/.exec(file);
    for (const folder of new Set([whole, `${whole}/${part ?? "*.ts"}`])) {
      if (folder.startsWith("client/")) continue;
      sums.set(folder, (sums.get(folder) ?? 0) + Number(count));
    }
  }
  return sums;
}
