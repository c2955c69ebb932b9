import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import picomatch from "picomatch";
import { expect, test } from "vitest";
import quick from "./quick/vitest.config.ts";

/** Files that no test imports, and why. A new file is tested, or listed here with its reason. */
const UNTESTED = [
  // Entry points, which are run as built: test/packaged.test.ts, test/e2e.
  "browser.ts",
  "cli.ts",
  "mcp.ts",
  "node-connection.ts",
  "node.ts",
  "start.ts",
  // Commands, and parts of them, which test/cli runs as a whole.
  "cli/baseline-use.ts",
  "cli/baseline.ts",
  "cli/changed.ts",
  "cli/check-file.ts",
  "cli/fix-rounds.ts",
  "cli/init.ts",
  "cli/report-files.ts",
  "cli/shown.ts",
  "cli/stets.ts",
  // Parts of a rule, which the marked drafts of its tests cover: test/rules.
  "rules/support/assistant-residue.ts",
  "rules/support/empty-parts.ts",
  "rules/support/footnote-halves.ts",
  "rules/support/labels.ts",
  "rules/support/link-fixes.ts",
  "rules/support/lost-references.ts",
  // Extensions of Markdown: the drafts in test/formats cover them.
  "formats/markdown/components.ts",
  "formats/markdown/definitions.ts",
  "formats/markdown/lines.ts",
  "formats/markdown/links.ts",
  "formats/markdown/shorthands.ts",
  "formats/markdown/template-blocks.ts",
  // Made from the rules: the tests of settings, schema and config files read it through the table.
  "settings/rule-settings.ts",
  // Types.
  "settings/config/problem.ts",
  // Behind protocol messages, which test/lsp sends over the wire; so are all of lsp/handlers.
  "lsp/actions/edits.ts",
  "lsp/actions/kind-edit.ts",
  "lsp/actions/stet-choices.ts",
  "lsp/not-checked.ts",
  "lsp/reports.ts",
  "lsp/stets.ts",
  // Where passages end: test/repeats/whole-passages.test.ts.
  "repeats/edges.ts",
  // An initial value, or one that is stored on an object: each is tested where it is used.
  "draft/incremental/draft-lines.ts",
  "repeats/commit-entry.ts",
];

/** The names of the TypeScript files below a folder, with "/", without those of folders that are run separately. */
function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.replaceAll(path.sep, "/"))
    .filter((name) => name.endsWith(".ts") && !/^(?:e2e|hostile)\//.test(name));
}

test("each file of the server is imported by a test, except those listed", () => {
  const imported = new Set(
    filesIn("test").flatMap((name) =>
      [...readFileSync(`test/${name}`, "utf8").matchAll(/"(?:\.\.\/)+server\/src\/([^"]+)"/g)].map(
        ([, file]) => file,
      ),
    ),
  );
  expect(imported.size).toBeGreaterThan(200);
  const untested = filesIn("server/src").filter(
    (file) => !imported.has(file) && !file.startsWith("lsp/handlers/"),
  );
  expect(untested.sort()).toEqual([...UNTESTED].sort());
});

test("the quick tests have some of each folder", () => {
  const { include = [], exclude = [] } = quick.test ?? {};
  const isQuick = picomatch([...include], { ignore: [...exclude] });
  const tests = filesIn("test").filter((name) => /^(?!linear\/).*\.test\.ts$/.test(name));
  const folderOf = (name: string): string => name.split("/").at(-2) ?? "";
  const covered = new Set(tests.filter((name) => isQuick(`test/${name}`)).map(folderOf));
  expect(tests.map(folderOf).filter((folder) => !covered.has(folder))).toEqual([]);
  const slow = exclude.flatMap((one) => {
    const [start = "", names = "", end = ""] = one.split(/[{}]/);
    return names.split(",").map((name) => start + name + end);
  });
  const files = tests.map((name) => `test/${name}`);
  expect(slow.filter((one) => !one.endsWith("**") && !files.includes(one))).toEqual([]);
});
