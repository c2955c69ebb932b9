import { defineConfig } from "vitest/config";

const HANGS = 120_000;

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "test/hostile/**", "test/linear/**", "node_modules/**"],
    // Tests end by themselves, however busy the machine: only one that waits for what never comes is
    // stopped. A search for drafts that break a law takes as long as it takes.
    testTimeout: process.env["GALLEY_FUZZ"] === undefined ? HANGS : 0,
    hookTimeout: HANGS,
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
