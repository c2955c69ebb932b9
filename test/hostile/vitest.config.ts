import { join } from "node:path";
import { defineConfig } from "vitest/config";

// The built programs, in folders made to harm them. Each case has its own limits
// (support/program.ts); the limit here only stops a case whose own limits fail.
export default defineConfig({
  test: {
    root: join(import.meta.dirname, "../.."),
    include: ["test/hostile/*.test.ts"],
    // Each program has its own core, so that none slows another down.
    maxWorkers: 2,
    testTimeout: 120_000,
    hookTimeout: 60_000,
    retry: 0,
  },
});
