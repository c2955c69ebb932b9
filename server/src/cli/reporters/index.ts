import type { Report } from "../report.ts";
import { visibleJson, visibleReport } from "../visible.ts";
import { compact } from "./compact.ts";
import { github } from "./github.ts";
import { gitlab } from "./gitlab.ts";
import { json } from "./json.ts";
import { junit } from "./junit.ts";
import { pretty } from "./pretty.ts";
import type { Reporter, ReportOptions } from "./reporter.ts";
import { sarif } from "./sarif.ts";

/** Every reporter, as `--help` lists them. The only place one is registered. */
export const REPORTERS: readonly Reporter[] = [pretty, compact, json, github, sarif, gitlab, junit];

export { compact, github, json, pretty };

/** Formats a report. No text in it can act as a command to a terminal or a build log. */
export function write(reporter: Reporter, report: Report, options: ReportOptions): string {
  switch (reporter.syntax) {
    case "text":
      return reporter.report(visibleReport(report), options);
    case "json":
      return reporter.report(report, options).split("\n").map(visibleJson).join("\n");
  }
}

/** What a reporter adds to the summary of a step in GitHub Actions; empty: nothing. */
export function writeStepSummary(
  reporter: Reporter,
  report: Report,
  options: ReportOptions,
): string {
  return reporter.stepSummary?.(visibleReport(report), options) ?? "";
}
