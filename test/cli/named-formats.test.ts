import { expect, test } from "vitest";
import {
  addStepSummary,
  formatNamed,
  writeReportFiles,
  type NamedFormat,
} from "../../server/src/cli/report-files.ts";
import { github } from "../../server/src/cli/reporters/github.ts";
import { json } from "../../server/src/cli/reporters/json.ts";
import { BASELINE_NAME } from "../../server/src/settings/baseline-file.ts";
import { CONFIG_NAME } from "../../server/src/settings/config/config.ts";
import { findingMadeUp, reportMadeUp } from "./reports.ts";
import { place } from "./support.ts";

test.each<[string, NamedFormat | RegExp]>([
  ["json", { reporter: json, file: undefined }],
  ["json=a.json", { reporter: json, file: "a.json" }],
  ["json=a=b", { reporter: json, file: "a=b" }],
  ["json=", /^Name a file/],
  ["xml", /^Allowed choices are/],
  ["", /^Allowed choices are/],
  ["=a", /^Allowed choices are/],
])("--format %s", (value, expected) => {
  const named = formatNamed(value, []);
  if (expected instanceof RegExp) expect(named).toMatch(expected);
  else expect(named).toEqual(expected);
});

test("one format for standard output, and one for each file", () => {
  const before = [formatNamed("json", []), formatNamed("json=a", [])].filter(
    (one) => typeof one !== "string",
  );
  expect(formatNamed("sarif", before)).toMatch(/^Only one format can go to standard output/);
  expect(formatNamed("sarif=a", before)).toBe("Another format goes to that file.");
  expect(formatNamed("sarif=b", before)).toHaveProperty("file", "b");
});

const REPORT = reportMadeUp([{ path: "a.md", words: 1, findings: [findingMadeUp("warning")] }]);

test("a report is written as a whole, but over no draft, config file, baseline or other report", () => {
  const { folder, read } = place({ "a.md": "a", [CONFIG_NAME]: "{}", [BASELINE_NAME]: "[]" });
  const written = (...files: string[]): string[] =>
    writeReportFiles(
      folder,
      files.map((file) => ({ reporter: json, file })),
      REPORT,
      true,
    ).map(({ path, message, fatal }) => {
      expect(fatal).toBe(true);
      return `${path}: ${message.replace(/^The report was not written there\. /, "")}`;
    });
  expect(written("out.json", "./out.json", "a.md", CONFIG_NAME, BASELINE_NAME)).toEqual([
    "./out.json: Another report of this run stands there.",
    "a.md: It is a draft that was checked.",
    `${CONFIG_NAME}: It is a config file.`,
    `${BASELINE_NAME}: It is a baseline.`,
  ]);
  expect(JSON.parse(read("out.json"))).toHaveProperty("files");
  expect([read("a.md"), read(CONFIG_NAME), read(BASELINE_NAME)]).toEqual(["a", "{}", "[]"]);
  expect(written("none/out.json")).toHaveLength(1);
  expect(written()).toEqual([]);
});

test("a step's summary is added to, where there is one", () => {
  const { folder, read } = place({ "summary.md": "before\n" });
  const env = { GITHUB_STEP_SUMMARY: `${folder}/summary.md` };
  expect(addStepSummary(env, github, REPORT, true)).toEqual([]);
  expect(read("summary.md")).toMatch(/^before\n### Galley: 1 warning in 1 draft\n/);
  expect(addStepSummary({}, github, REPORT, true)).toEqual([]);
  expect(addStepSummary({ GITHUB_STEP_SUMMARY: "" }, github, REPORT, true)).toEqual([]);
  const nowhere = { GITHUB_STEP_SUMMARY: `${folder}/none/summary.md` };
  expect(addStepSummary(nowhere, github, REPORT, true)).toMatchObject([{ fatal: false }]);
});
