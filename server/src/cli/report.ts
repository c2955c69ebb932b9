import { SEVERITIES, type Severity } from "../draft/finding.ts";
import type { Skipped } from "../settings/skipped.ts";
import type { ReportedFinding } from "./reported.ts";

/** The result of a check, in the order of the output. */
export interface Report {
  readonly files: readonly FileReport[];
  readonly problems: readonly {
    readonly path: string;
    readonly message: string;
    /** It kept Galley from doing what was asked: the exit code is 2. */
    readonly fatal: boolean;
  }[];
  /** Files that were not checked, sorted by path; undefined without `--show-skipped`. */
  readonly skipped: readonly Skipped[] | undefined;
  /** The number of files that may be drafts and were not checked. */
  readonly unchecked: number;
  /** The fixes that were made. */
  readonly fixes: readonly MadeFix[];
  /** How many fixes the next `--fix` makes; 0 where no reporter wants to know. */
  readonly fixable: number;
  /** What it would change, as a unified diff that is safe to print; only with `--fix-dry-run`. */
  readonly patch?: string | undefined;
  /** The number of hints that were left out. */
  readonly hiddenHints: number;
  /** The number of findings that were left out because a baseline lists them. */
  readonly listed: number;
  /** A baseline holds for one of the drafts; undefined: for none. */
  readonly hasBaseline?: boolean | undefined;
  /** What it was compared with, where only what is new is in it. */
  readonly since?: string | undefined;
  /** With `--restore`, lost words that stand elsewhere are listed, or also put back; undefined: nobody looked. */
  readonly lostWords?: "listed" | "put back" | undefined;
  /** The number of passages in so many drafts that they count as boilerplate. */
  readonly boilerplate: number;
  readonly seconds: number;
}

/** A fix that was made. */
export interface MadeFix {
  readonly path: string;
  /** Counted from 0, in the text before it. */
  readonly line: number;
  readonly rule: string;
  /** What went and what came, shortened. */
  readonly what: string;
}

export interface FileReport {
  readonly path: string;
  readonly words: number;
  readonly findings: readonly ReportedFinding[];
}

export function countFindings(report: Report, severity?: Severity): number {
  let count = 0;
  for (const file of report.files) {
    for (const finding of file.findings) {
      if (severity === undefined || finding.severity === severity) count++;
    }
  }
  return count;
}

/** How many there are of each severity: “1 error, 2 warnings, 3 other findings, 1 hint”; empty where there is none. */
export function countsInWords(report: Report): string {
  const isFirst = countFindings(report, "error") + countFindings(report, "warning") === 0;
  const information = isFirst ? "finding" : "other finding";
  const names = { error: "error", warning: "warning", information, hint: "hint" };
  return SEVERITIES.map((severity) => [countFindings(report, severity), names[severity]] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => counted(count, name))
    .join(", ");
}

export function countWords(report: Report): number {
  return report.files.reduce((sum, file) => sum + file.words, 0);
}

/** “1 warning”, “2 warnings”, “1,200 words”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** The note on files that were left out, without `--show-skipped`; undefined where none were. */
export function uncheckedNote({ skipped, unchecked }: Report): string | undefined {
  if (skipped !== undefined || unchecked === 0) return undefined;
  const were = unchecked === 1 ? "was" : "were";
  return `${counted(unchecked, "file")} ${were} not checked: --show-skipped says why.`;
}
