import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/e2e/**", "node_modules/**"],
    // A search for drafts that break a law takes as long as it takes.
    ...(process.env["GALLEY_FUZZ"] === undefined ? {} : { testTimeout: 0 }),
  },
});
