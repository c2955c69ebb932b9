import path from "node:path";
import { createColors } from "picocolors";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { appendWhole, writeWhole } from "../host/node/replace-file.ts";
import { realPath } from "./paths.ts";
import type { Problem } from "./problems.ts";
import { REPORTERS, write, writeStepSummary } from "./reporters/index.ts";
import type { Reporter } from "./reporters/reporter.ts";
import type { Report } from "./report.ts";

/** A format that `--format` names, with its file if it has one. */
export interface NamedFormat {
  readonly reporter: Reporter;
  readonly file: string | undefined;
}

/** A report that goes to a file. */
export interface ReportFile extends NamedFormat {
  readonly file: string;
}

/** What a value of `--format` names, after earlier ones; a string says what is wrong with it. */
export function formatNamed(value: string, previous: readonly NamedFormat[]): NamedFormat | string {
  const parted = value.indexOf("=");
  const name = parted < 0 ? value : value.slice(0, parted);
  const file = parted < 0 ? undefined : value.slice(parted + 1);
  const reporter = REPORTERS.find((one) => one.name === name);
  if (reporter === undefined) {
    return `Allowed choices are ${REPORTERS.map((one) => one.name).join(", ")}.`;
  }
  if (file === "") return `Name a file after the sign: ${name}=report.`;
  if (previous.some((one) => one.file === file)) {
    return file === undefined
      ? `Only one format can go to standard output; give this one a file: ${name}=FILE.`
      : "Another format goes to that file.";
  }
  return { reporter, file };
}

/**
 * Writes reports to the named files, each completely or not at all. Never overwrites a draft or one of `ruleFiles`, the
 * absolute paths of config files and baselines. Returns what could not be written.
 */
export function writeReportFiles(
  cwd: string,
  files: readonly ReportFile[],
  report: Report,
  ruleFiles: readonly string[],
): Problem[] {
  if (files.length === 0) return [];
  const known = new Map<string, string>();
  for (const file of ruleFiles) {
    known.set(realPath(file), "It is a config file or a baseline of this run.");
  }
  for (const draft of report.files) {
    known.set(realPath(path.resolve(cwd, draft.path)), "It is a draft that was checked.");
  }
  return files.flatMap(({ reporter, file }) => {
    const target = path.resolve(cwd, file);
    const reason =
      whyNotNamed(path.basename(realPath(target))) ??
      known.get(realPath(target)) ??
      writeWhole(target, encoded(write(reporter, report, { colors: createColors(false) })));
    if (reason !== undefined) return [unwritten(file, reason, true)];
    known.set(realPath(target), "Another report of this run is there.");
    return [];
  });
}

/** Why no report is written to a file; undefined if it may be. */
function whyNotNamed(name: string): string | undefined {
  if (name === BASELINE_NAME) return "It is a baseline.";
  return name === CONFIG_NAME ? "It is a config file." : undefined;
}

/** Appends the reporter's summary to the summary of a step in GitHub Actions. */
export function addStepSummary(
  env: Readonly<Record<string, string | undefined>>,
  reporter: Reporter,
  report: Report,
): Problem[] {
  const file = env["GITHUB_STEP_SUMMARY"];
  if (file === undefined || file === "") return [];
  const text = writeStepSummary(reporter, report, { colors: createColors(false) });
  const reason = text === "" ? undefined : appendWhole(file, text);
  return reason === undefined ? [] : [unwritten(file, reason, false)];
}

function unwritten(file: string, reason: string, fatal: boolean): Problem {
  return { path: file, message: `The report was not written there. ${reason}`, fatal };
}

function encoded(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
