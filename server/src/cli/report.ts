import type { Severity } from "../draft/finding.ts";
import type { Skipped } from "../settings/skipped.ts";
import type { ReportedFinding } from "./reported.ts";

/** All that a check has found, in the order it is told. */
export interface Report {
  readonly files: readonly FileReport[];
  readonly problems: readonly { readonly path: string; readonly message: string }[];
  /** What was met and not checked, in the order of its paths; undefined where nobody asks. */
  readonly skipped: readonly Skipped[] | undefined;
  /** How many files that might be drafts were not checked. */
  readonly unchecked: number;
  readonly fixed: number;
  /** Passages that stand in so many drafts that they are meant to; undefined where nobody looked. */
  readonly boilerplate: number;
  readonly seconds: number;
}

export interface FileReport {
  readonly path: string;
  readonly words: number;
  readonly findings: readonly ReportedFinding[];
}

export function countOf(report: Report, severity?: Severity): number {
  let count = 0;
  for (const file of report.files) {
    for (const finding of file.findings) {
      if (severity === undefined || finding.severity === severity) count++;
    }
  }
  return count;
}

export function wordsOf(report: Report): number {
  return report.files.reduce((sum, file) => sum + file.words, 0);
}

/** “1 warning”, “2 warnings”, “1,200 words”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** What is said of drafts that were left out, where nobody asks which; undefined where none were. */
export function uncheckedNote({ skipped, unchecked }: Report): string | undefined {
  if (skipped !== undefined || unchecked === 0) return undefined;
  const were = unchecked === 1 ? "was" : "were";
  return `${counted(unchecked, "file")} ${were} not checked: --show-skipped says why.`;
}
