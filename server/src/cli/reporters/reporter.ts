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
  /**
   * It uses the reader's language, lists the fixes that were made, and says if there was nothing to check. Other reports
   * are read by programs, and are English; then standard error says that.
   */
  readonly isForReaders?: true;
  /**
   * Which fixes are in the report; `safe`: they are only counted; undefined: none. They are expensive, so no others are
   * computed.
   */
  readonly reportedFixes?: Exclude<ReportedFixes, "none">;
  /** It lists the files that were not checked; otherwise standard error does. */
  readonly listsSkipped?: true;
  /** It lists problems that are not fatal, such as mistakes in settings; otherwise standard error does. */
  readonly listsProblems?: true;
  /** The formatted report, including the line feed of its last line. */
  report(report: Report, options: ReportOptions): string;
  /** What it adds to a step's summary in GitHub Actions; empty: nothing. */
  stepSummary?(report: Report, options: ReportOptions): string;
}
