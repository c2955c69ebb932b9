import path from "node:path";
import { defineConfig } from "vitest/config";

const HANGS = 120_000;

/** Files that put something in a module's place, or ask what runs in one or how V8 stores it: each has a process. */
const ALONE = [
  "test/formats/keystroke-work.test.ts",
  "test/formats/markdown/whole-numbers.test.ts",
  "test/lsp/config-change.test.ts",
];

export default defineConfig({
  // What its editor is to the client: it gives it an object of this name.
  resolve: { alias: { vscode: path.resolve("test/support/vscode.ts") } },
  test: {
    // One for each core, where vitest would leave one idle.
    maxWorkers: "100%",
    // Tests end by themselves, however busy the machine: only one that waits for what never comes is
    // stopped. A search for drafts that break a law takes as long as it takes.
    testTimeout: process.env["GALLEY_FUZZ"] === undefined ? HANGS : 0,
    hookTimeout: HANGS,
    projects: [
      {
        extends: true,
        test: {
          name: "together",
          // To load the modules afresh for each file would take longer than the tests.
          isolate: false,
          include: ["test/**/*.test.ts"],
          exclude: ["test/e2e/**", "test/hostile/**", "test/linear/**", ...ALONE],
        },
      },
      { extends: true, test: { name: "alone", include: ALONE } },
    ],
    coverage: {
      provider: "v8",
      // Files that no test imports count, too.
      include: ["server/src/**/*.ts", "client/src/**/*.ts"],
      // The entry points of the web are run in a browser.
      exclude: ["**/browser.ts"],
      reporter: ["text", "html"],
    },
  },
});
