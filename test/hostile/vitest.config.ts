import { join } from "node:path";
import { defineConfig } from "vitest/config";

// The programs as they are built, in folders made to harm them. Each case is ended by its own limits
// (support/program.ts); what is over them here only stops a case whose limits fail.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/hostile/*.test.ts"],
    // Each program has a core of its own, so that none is slow because of another.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
