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
export interface OutputOptions extends Omit<ReportOptions, "colors"> {
  readonly reporter: Reporter;
  readonly color: boolean;
  /** The lowest severity that makes the command fail. */
  readonly failOn?: Severity | "never";
  /** More warnings than this are a failure, and a single warning is not; undefined: as `failOn` says. */
  readonly maxWarnings?: number | undefined;
}

/**
 * Writes a report to standard output, and what the reporter does not include to standard error. Returns the exit code:
 * 2 if a named file could not be read, 1 for findings, else 0.
 */
export function output(
  report: Report,
  problems: readonly Problem[],
  { reporter, only, columns, translations, color, failOn = "never", maxWarnings }: OutputOptions,
  stdout: Screen,
  stderr: Screen,
): number {
  const { patch, fixes, fixable } = report;
  const { isForReaders = false, listsSkipped = false, listsProblems = false } = reporter;
  if (patch === undefined || !isForReaders) {
    stdout.write(
      write(reporter, report, { colors: createColors(color), only, columns, translations }),
    );
    for (const fix of isForReaders ? [] : fixes) stderr.write(`${fixLine(fix)}\n`);
  }
  if (patch !== undefined) {
    (isForReaders ? stdout : stderr).write(patch);
    const would = `${counted(fixable, "safe fix", "safe fixes")} would be made.`;
    stderr.write(`galley: ${would} Nothing was written.\n`);
  }
  const isEmpty = report.files.length === 0 && !problems.some((problem) => problem.fatal);
  if (isEmpty && !isForReaders) {
    stderr.write("galley: No drafts here: nothing was checked.\n");
  }
  if (!listsSkipped) {
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (problems.some((problem) => problem.path === shown)) continue;
      stderr.write(`galley: ${visible(shown)}: ${visibleProse(reason)}\n`);
    }
    for (const note of uncheckedNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  if (!isForReaders) {
    for (const note of restoreNotes(report)) stderr.write(`galley: ${say(note)}\n`);
  }
  for (const problem of problems) {
    if (!problem.fatal && listsProblems) continue;
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
function fails(report: Report, failOn: Severity | "never", countsWarnings: boolean): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some(
      ({ severity }) => atLeast(severity, failOn) && !(countsWarnings && severity === "warning"),
    ),
  );
}
