import { join } from "node:path";
import { defineConfig } from "vitest/config";

// Real editors, one after another: each test file has an editor that its tests share.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/e2e/*.test.ts"],
    fileParallelism: false,
    testTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
    hookTimeout: 600_000,
    retry: 0,
  },
});
