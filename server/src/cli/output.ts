import { createColors } from "picocolors";
import { atLeast, type Severity } from "../draft/finding.ts";
import { fixLine } from "./fixes.ts";
import type { Problem } from "./problems.ts";
import type { Screen } from "./progress.ts";
import { write } from "./reporters/index.ts";
import type { Reporter, ReportOptions } from "./reporters/reporter.ts";
import { counted, countFindings, type Report, restoreNotes, uncheckedNotes } from "./report.ts";
import { visible, visibleProse } from "./visible.ts";
import { say } from "../text/wording.ts";

/** How a report is written, and which findings make the command fail. */
export interface OutputOptions {
  readonly reporter: Reporter;
  readonly only: ReportOptions["only"];
  readonly columns: ReportOptions["columns"];
  readonly translations?: ReportOptions["translations"];
  readonly color: boolean;
  readonly failOn: FailOn;
  readonly maxWarnings: number | undefined;
}

/** The lowest severity that makes the command fail. */
export type FailOn = Severity | "never";

/**
 * Writes a report to standard output, and what the reporter does not include to standard error. Returns the exit code:
 * 2 if a named file could not be read, 1 for findings, else 0.
 */
export function output(
  report: Report,
  problems: readonly Problem[],
  { reporter, only, columns, translations, color, failOn, maxWarnings }: OutputOptions,
  stdout: Screen,
  stderr: Screen,
): number {
  const { patch, fixes, fixable } = report;
  if (patch === undefined || !reporter.says.fixes) {
    stdout.write(
      write(reporter, report, { colors: createColors(color), only, columns, translations }),
    );
    for (const fix of reporter.says.fixes ? [] : fixes) stderr.write(`${fixLine(fix)}\n`);
  }
  if (patch !== undefined) {
    (reporter.says.fixes ? stdout : stderr).write(patch);
    const would = `${counted(fixable, "safe fix", "safe fixes")} would be made.`;
    stderr.write(`galley: ${would} Nothing was written.\n`);
  }
  const isEmpty = report.files.length === 0 && !problems.some((problem) => problem.fatal);
  if (isEmpty && !reporter.says.emptiness) {
    stderr.write("galley: No drafts here: nothing was checked.\n");
  }
  if (!reporter.says.skipped) {
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (problems.some((problem) => problem.path === shown)) continue;
      stderr.write(`galley: ${visible(shown)}: ${visibleProse(reason)}\n`);
    }
    for (const note of uncheckedNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  if (reporter.isForReaders !== true) {
    for (const note of restoreNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  for (const problem of problems) {
    if (!problem.fatal && reporter.says.problems) continue;
    stderr.write(`galley: ${visible(problem.path)}: ${visibleProse(problem.message)}\n`);
  }
  if (problems.some((problem) => problem.fatal)) return 2;
  const warnings = countFindings(report, "warning");
  if (maxWarnings !== undefined && warnings > maxWarnings) {
    stderr.write(
      `galley: ${counted(warnings, "warning")}, and --max-warnings allows ${maxWarnings.toLocaleString("en-US")}.\n`,
    );
    return 1;
  }
  return fails(report, failOn, maxWarnings !== undefined) ? 1 : 0;
}

/** Whether a single finding is a failure. Warnings are not, if they are counted. */
function fails(report: Report, failOn: FailOn, countsWarnings: boolean): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some(
      ({ severity }) => atLeast(severity, failOn) && !(countsWarnings && severity === "warning"),
    ),
  );
}
