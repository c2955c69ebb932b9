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

/** A format that `--format` names, with its file where it has one. */
export interface NamedFormat {
  readonly reporter: Reporter;
  readonly file: string | undefined;
}

/** A report that goes to a file. */
export interface ReportFile extends NamedFormat {
  readonly file: string;
}

/** What a value of `--format` names, after those before it; a text: what is wrong with it. */
export function formatNamed(value: string, before: readonly NamedFormat[]): NamedFormat | string {
  const parted = value.indexOf("=");
  const name = parted < 0 ? value : value.slice(0, parted);
  const file = parted < 0 ? undefined : value.slice(parted + 1);
  const reporter = REPORTERS.find((one) => one.name === name);
  if (reporter === undefined) {
    return `Allowed choices are ${REPORTERS.map((one) => one.name).join(", ")}.`;
  }
  if (file === "") return `Name a file after the sign: ${name}=report.`;
  if (before.some((one) => one.file === file)) {
    return file === undefined
      ? `Only one format can go to standard output; give this one a file: ${name}=FILE.`
      : "Another format goes to that file.";
  }
  return { reporter, file };
}

/** Writes reports to the files that were named, each as a whole or not at all. Gives what could not be written. */
export function writeReportFiles(
  cwd: string,
  files: readonly ReportFile[],
  report: Report,
): Problem[] {
  if (files.length === 0) return [];
  const drafts = new Set(report.files.map((draft) => realPath(path.resolve(cwd, draft.path))));
  const written = new Set<string>();
  return files.flatMap(({ reporter, file }) => {
    const target = path.resolve(cwd, file);
    const reason =
      whyNotReplaced(realPath(target), drafts, written) ??
      writeWhole(target, encoded(write(reporter, report, { colors: createColors(false) })));
    written.add(realPath(target));
    return reason === undefined ? [] : [unwritten(file, reason, true)];
  });
}

/** Why a file is not replaced by a report; undefined where it may be. */
function whyNotReplaced(
  file: string,
  drafts: ReadonlySet<string>,
  written: ReadonlySet<string>,
): string | undefined {
  if (drafts.has(file)) return "It is a draft that was checked.";
  if (written.has(file)) return "Another report of this run stands there.";
  if (path.basename(file) === BASELINE_NAME) return "It is a baseline.";
  return path.basename(file) === CONFIG_NAME ? "It is a config file." : undefined;
}

/** Adds to the summary of a step in GitHub Actions what the reporter on standard output has for it. */
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
