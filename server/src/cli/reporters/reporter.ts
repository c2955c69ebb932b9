import type { createColors } from "picocolors";
import type { Report } from "../report.ts";

export type Colors = ReturnType<typeof createColors>;

export interface ReportOptions {
  readonly colors: Colors;
  readonly hints: boolean;
  /** What a report for readers has: its findings alone, or the summary alone; both where it is not given. */
  readonly only?: "findings" | "summary" | undefined;
}

/** One way to write a report to standard output. */
export interface Reporter {
  /** What `--format` calls it. */
  readonly name: string;
  /** Whom it is for and what it has, in a few words for `--help`. */
  readonly summary: string;
  /**
   * How it is kept from being a command to a terminal or to the log of a build. Of `text`, the report that
   * it is given holds no such character; of `json`, those in its strings are escaped in what it gives.
   */
  readonly syntax: "text" | "json";
  /** It leaves hints out, unless the options ask for them. */
  readonly hidesHints: boolean;
  /** It says what can be done about a finding. To work that out is dear, so it is left where nobody says it. */
  readonly saysFixes: boolean;
  /** What it says by itself; of all else standard error tells. */
  readonly says: {
    /** That there was nothing to check. */
    readonly emptiness: boolean;
    /** What was met and not checked. */
    readonly skipped: boolean;
    /** Mistakes in settings and the like, by which nothing failed. */
    readonly problems: boolean;
  };
  /** The whole of it, with the end of its last line. */
  report(report: Report, options: ReportOptions): string;
  /** What it adds to the summary of a step in GitHub Actions; empty: nothing. */
  stepSummary?(report: Report, options: ReportOptions): string;
}
