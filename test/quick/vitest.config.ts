import { defineConfig } from "vitest/config";
import everything from "../../vitest.config.ts";

/** Slow tests: they start built programs, search for drafts that break a law, or count work in modules of their own. */
const LONG = [
  "test/{laws,notices,scripts}.test.ts",
  "test/ci/pre-commit.test.ts",
  "test/cli/{bundle,changed,fixes,init,language,report-formats,show-skipped,visible}.test.ts",
  "test/engine/restore-all.test.ts",
  "test/formats/{incremental,keystroke-work}.test.ts",
  "test/formats/markdown/{syntax,whole-numbers}.test.ts",
  "test/host/{git,git-history,read-file}.test.ts",
  "test/lsp/{any-order,baseline,cache-file,config-change,first-pass,first-pass-law}.test.ts",
  "test/lsp/{framing,held-back,hover,lifecycle,menu,open-drafts,params}.test.ts",
  "test/lsp/{quiet-while-typing,repeats,typing,untitled,what-is-checked,workspace}.test.ts",
  "test/missing/find.test.ts",
  "test/project/{baselines,restored,surfaces}.test.ts",
  "test/repeats/{bound,deletions,differences,in-a-row,judge,laws,pair-of-drafts,put-back,restore}.test.ts",
  "test/rules/messages.test.ts",
  "test/settings/{extends,glob,read-config,tree}.test.ts",
  "test/text/search.test.ts",
  "test/training/{pipeline,reader}.test.ts",
];

// Some tests of each folder, in a minute and without a build: `npm run test:quick`.
export default defineConfig({
  resolve: everything.resolve ?? {},
  test: {
    include: ["test/**/*.test.ts"],
    exclude: ["test/{e2e,hostile,linear}/**", ...LONG],
    isolate: false,
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
