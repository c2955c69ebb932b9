import { defineConfig } from "vitest/config";

// Tests that take minutes: `npm run linear`.
export default defineConfig({
  test: { include: ["test/linear/**/*.test.ts"], testTimeout: 0, hookTimeout: 0 },
});
