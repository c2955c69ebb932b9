// Adds up vitest's JSON reports in a folder, and the steps that failed for other reasons:
//   node .ci/count.mjs FOLDER [FAILED-STEP…]
// A report that bears a failed step's name tells of its failures. Exits with 1 if anything failed,
// or if nothing passed.

import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

const [folder, ...steps] = process.argv.slice(2);
let passed = 0;
let failed = 0;
let skipped = 0;
const told = new Set();
for (const name of readdirSync(folder)) {
  const report = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const { numTotalTests, numPassedTests, numFailedTests, numPendingTests, numTodoTests } = report;
  const counted = numPassedTests + numFailedTests + numPendingTests + numTodoTests;
  const has = (file, status) => file.assertionResults.some((one) => one.status === status);
  // A file that fails before its tests run, or in what is set up for them, has none that failed;
  // one whose process dies has some that never came to an end.
  const broken = report.testResults.filter(
    (file) =>
      (file.status === "failed" && !has(file, "failed")) ||
      (counted < numTotalTests && has(file, "pending")),
  );
  for (const file of broken) console.log(`FAILED: ${file.name}`);
  for (const file of report.testResults) {
    for (const test of file.assertionResults) {
      if (test.status === "failed") console.log(`FAILED: ${file.name}: ${test.fullName}`);
    }
  }
  const failures = report.numFailedTests + broken.length;
  passed += report.numPassedTests;
  failed += failures;
  skipped += report.numPendingTests + report.numTodoTests;
  if (failures > 0) told.add(name.replace(/\.json$/, ""));
}
failed += steps.filter((step) => !told.has(step)).length;

if (skipped > 0) console.log(`Not run: ${skipped}`);
console.log(`${passed} passed, ${failed} failed`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
