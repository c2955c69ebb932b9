import { createColors } from "picocolors";
import { atLeast, type Severity } from "../draft/finding.ts";
import type { Problem } from "./problems.ts";
import type { Screen } from "./progress.ts";
import { write } from "./reporters/index.ts";
import type { Reporter } from "./reporters/reporter.ts";
import { type Report, uncheckedNote } from "./report.ts";
import { visible, visibleProse } from "./visible.ts";

/** How a report is written, and which findings make the command fail. */
export interface OutputOptions {
  readonly reporter: Reporter;
  readonly hints: boolean;
  readonly color: boolean;
  readonly failOn: FailOn;
}

/** The lowest severity that makes the command fail. */
export type FailOn = Exclude<Severity, "hint"> | "never";

/**
 * Writes a report to standard output, and to standard error what the reporter does not include. Returns the
 * exit code: 2 if a named file could not be read, 1 for findings, else 0.
 */
export function output(
  report: Report,
  problems: readonly Problem[],
  { reporter, hints, color, failOn }: OutputOptions,
  stdout: Screen,
  stderr: Screen,
): number {
  stdout.write(write(reporter, report, { colors: createColors(color), hints }));
  const isEmpty = report.files.length === 0 && !problems.some((problem) => problem.fatal);
  if (isEmpty && !reporter.says.emptiness) {
    stderr.write("galley: No drafts here: nothing was checked.\n");
  }
  if (!reporter.says.skipped) {
    for (const { path: shown, reason } of report.skipped ?? []) {
      if (problems.some((problem) => problem.path === shown)) continue;
      stderr.write(`galley: ${visible(shown)}: ${visibleProse(reason)}\n`);
    }
    const note = uncheckedNote(report);
    if (note !== undefined) stderr.write(`galley: ${note}\n`);
  }
  for (const problem of problems) {
    if (!problem.fatal && reporter.says.problems) continue;
    stderr.write(`galley: ${visible(problem.path)}: ${visibleProse(problem.message)}\n`);
  }
  if (problems.some((problem) => problem.fatal)) return 2;
  return fails(report, failOn) ? 1 : 0;
}

function fails(report: Report, failOn: FailOn): boolean {
  if (failOn === "never") return false;
  return report.files.some((file) =>
    file.findings.some((finding) => atLeast(finding.severity, failOn)),
  );
}
