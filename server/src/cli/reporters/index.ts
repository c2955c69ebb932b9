import type { Report } from "../report.ts";
import { shownReport } from "../shown-report.ts";
import { visibleJson } from "../visible.ts";
import { compact } from "./compact.ts";
import { json } from "./json.ts";
import { pretty } from "./pretty.ts";
import type { Reporter, ReportOptions } from "./reporter.ts";

/** Every reporter, as `--help` lists them. The only place one is registered. */
export const REPORTERS: readonly Reporter[] = [pretty, json, compact];

/** The reporter without `--format`. */
export const DEFAULT_REPORTER = pretty;

/** Formats a report. No text in it can act as a command to a terminal or a build log. */
export function write(reporter: Reporter, report: Report, options: ReportOptions): string {
  switch (reporter.syntax) {
    case "text":
      return reporter.report(shownReport(report), options);
    case "json":
      return reporter.report(report, options).split("\n").map(visibleJson).join("\n");
  }
}
