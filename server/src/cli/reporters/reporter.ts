import type { createColors } from "picocolors";
import type { Report } from "../report.ts";
import type { Translations } from "../../text/wording.ts";
import type { ReportedFixes } from "../reported.ts";

export type Colors = ReturnType<typeof createColors>;

export interface ReportOptions {
  readonly colors: Colors;
  /** Only the findings, or only the summary, in a report for readers; both if not given. */
  readonly only?: "findings" | "summary" | undefined;
  /** The most columns of a report for readers; undefined: any width. */
  readonly columns?: number | undefined;
  /** Texts in the language of the reader; undefined: English. */
  readonly translations?: Translations | undefined;
}

/** One way to write a report to standard output. */
export interface Reporter {
  /** Its name for `--format`. */
  readonly name: string;
  /** Its line in `--help`, in English. */
  readonly summary: string;
  /**
   * How commands to a terminal or a build log are prevented. For `text`, such characters are replaced in the
   * report before it is formatted; for `json`, they are escaped in the output's strings.
   */
  readonly syntax: "text" | "json";
  /** It uses the reader's language; other reports are read by programs, and are English. */
  readonly isForReaders?: true;
  /** Which fixes are in the report; `safe`: they are only counted. They are expensive, so no others are computed. */
  readonly reportedFixes: ReportedFixes;
  /** What the report includes; anything else is written to standard error. */
  readonly says: {
    /** What was fixed, or would be. */
    readonly fixes: boolean;
    /** A note that there was nothing to check. */
    readonly emptiness: boolean;
    /** The files that were not checked. */
    readonly skipped: boolean;
    /** Problems that are not fatal, such as mistakes in settings. */
    readonly problems: boolean;
  };
  /** The formatted report, including the line feed of its last line. */
  report(report: Report, options: ReportOptions): string;
  /** What it adds to a step's summary in GitHub Actions; empty: nothing. */
  stepSummary?(report: Report, options: ReportOptions): string;
}
