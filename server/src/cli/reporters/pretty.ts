import type { Severity } from "../../draft/finding.ts";
import { fixLine, safeFixesOf } from "../fixes.ts";
import { countOf, counted, type Report, uncheckedNote, wordsOf } from "../report.ts";
import type { ReportedFinding } from "../reported.ts";
import type { Colors, Reporter, ReportOptions } from "./reporter.ts";
import { located } from "./support/gravest.ts";
import { MANY_FINDINGS, overview } from "./support/overview.ts";

/** The report for people: findings by file, each with its line and the span marked. */
export const pretty: Reporter = {
  name: "pretty",
  summary: "for readers: each finding with its line, and what in it is meant",
  syntax: "text",
  reportedFixes: "safe",
  says: { fixes: true, emptiness: true, skipped: true, problems: false },
  report,
};

function report(report: Report, { colors, only }: ReportOptions): string {
  const { files, fixes, skipped = [] } = report;
  const parts: string[] = fixes.length === 0 ? [] : [...fixes.map(fixLine), ""];
  for (const { path, findings } of files) {
    if (findings.length === 0 || only === "summary") continue;
    parts.push(
      colors.underline(path),
      ...findings.map((finding) => formatFinding(path, finding, colors)),
      "",
    );
  }
  if (skipped.length > 0) {
    const lines = skipped.map(({ path, reason }) => `  ${path}: ${colors.dim(reason)}`);
    const heading = `${colors.underline("Not checked")} (a file that is named is checked all the same):`;
    parts.push(heading, ...lines, "");
  }
  const isMute = only === "findings" && files.length > 0;
  if (isMute) return parts.length === 0 ? "" : `${parts.join("\n")}\n`;
  const all = located(report);
  if (all.length >= (only === "summary" ? 1 : MANY_FINDINGS)) {
    parts.push(...overview(all, report.since === undefined, colors));
  }
  return `${parts.join("\n")}${parts.length === 0 ? "" : "\n"}${summary(report, colors)}\n`;
}

function formatFinding(path: string, finding: ReportedFinding, colors: Colors): string {
  const { line, character } = finding.range.start;
  const paint = painter(finding.severity, colors);
  const { before, marked, after } = finding.excerpt;
  const number = String(line + 1).padStart(5);
  const bar = colors.dim("│");
  const lines = [
    `  ${colors.bold(`${line + 1}:${character + 1}`)}  ${paint(NAMES[finding.severity])}  ${finding.message}  ${colors.dim(finding.rule)}`,
    `${colors.dim(number)} ${bar} ${before}${paint(marked)}${after}`,
    `      ${bar} ${blank(before)}${paint("^".repeat(Math.max(1, width(marked))))}`,
  ];
  for (const place of finding.related) {
    const { start } = place.range;
    const where = `${place.path ?? path}:${start.line + 1}:${start.character + 1}`;
    lines.push(colors.dim(`      ╰ ${place.message}: ${where}`));
  }
  for (const title of finding.restored ?? []) lines.push(colors.dim(`      ╰ ${title}`));
  return lines.join("\n");
}

const NAMES: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "information",
  hint: "hint",
};

function painter(severity: Severity, colors: Colors): (text: string) => string {
  switch (severity) {
    case "error":
      return colors.red;
    case "warning":
      return colors.yellow;
    case "information":
      return colors.cyan;
    case "hint":
      return colors.dim;
  }
}

function summary(report: Report, colors: Colors): string {
  const counts = (["error", "warning", "information", "hint"] as const)
    .map((severity) => [countOf(report, severity), NAMES[severity]] as const)
    .filter(([count]) => count > 0)
    .map(([count, name]) => counted(count, name));
  const what = `${counted(report.files.length, "draft")}, ${counted(wordsOf(report), "word")}, ${report.seconds.toFixed(2)} s`;
  const note = uncheckedNote(report);
  if (report.files.length === 0) {
    const none = colors.yellow("No drafts here: nothing was checked.");
    return note === undefined ? none : `${none}\n${colors.dim(note)}`;
  }
  const nothing =
    report.since === undefined ? "Nothing found" : `Nothing new since ${report.since}`;
  const lines = [
    counts.length === 0
      ? colors.green(`${nothing} in ${what}.`)
      : `${colors.bold(counts.join(", "))}${report.since === undefined ? "" : ` new since ${report.since}`} in ${what}.`,
  ];
  if (report.fixes.length > 0) {
    lines.push(`Made ${counted(report.fixes.length, "safe fix", "safe fixes")}.`);
  }
  const { fixable, hiddenHints } = report;
  if (fixable > 0) {
    lines.push(colors.dim(`${counted(fixable, "finding")} can be fixed safely: --fix.`));
  }
  if (report.files.some(({ findings }) => findings.some(isSafeRepeat))) {
    lines.push(colors.dim("Copies that equal the other can go: --fix --fix-repeats."));
  }
  if (hiddenHints > 0)
    lines.push(colors.dim(`${counted(hiddenHints, "hint")} not shown: --hints.`));
  if (report.boilerplate > 0) {
    lines.push(
      colors.dim(
        `${counted(report.boilerplate, "passage")} in many drafts taken for boilerplate and left out.`,
      ),
    );
  }
  if (note !== undefined) lines.push(colors.dim(note));
  return lines.join("\n");
}

function isSafeRepeat(finding: ReportedFinding): boolean {
  return safeFixesOf(finding, true).some(({ kind }) => kind === "repeat");
}

/** Spaces of the same width as a text on a terminal. */
function blank(text: string): string {
  return " ".repeat(width(text));
}

/** East Asian wide characters and emoji, which take two columns. Source: https://www.unicode.org/reports/tr11/ */
const WIDE =
  /[\u1100-\u115F\u2E80-\u303E\u3041-\uA4CF\uA960-\uA97F\uAC00-\uD7A3\uF900-\uFAFF\uFE30-\uFE6F\uFF00-\uFF60\uFFE0-\uFFE6\u{1F300}-\u{1F64F}\u{1F680}-\u{1F6FF}\u{1F900}-\u{1F9FF}\u{1FA70}-\u{1FAFF}\u{20000}-\u{3FFFD}]/u;

function width(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character <= "~") columns++;
    else if (!/[\p{Mn}\p{Me}\p{Cf}]/u.test(character)) columns += WIDE.test(character) ? 2 : 1;
  }
  return columns;
}
