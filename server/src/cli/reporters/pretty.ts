import { kindOfRule } from "../../rules/index.ts";
import { KINDS } from "../../rules/rule.ts";
import { fixLine, getSafeFixes } from "../fixes.ts";
import { counted, countsInWords, type Report, uncheckedNote, countWords } from "../report.ts";
import type { ReportedFinding } from "../reported.ts";
import type { Colors, Reporter, ReportOptions } from "./reporter.ts";
import { located } from "./support/gravest.ts";
import { carets, fitted, wrapped } from "./support/columns.ts";
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

function report(report: Report, { colors, only, columns = Infinity }: ReportOptions): string {
  const { files, fixes, skipped = [] } = report;
  const lines: string[] = [];
  const say = (...more: readonly string[]): void => {
    lines.push(...more.map((line) => wrapped(line, columns)));
  };
  if (fixes.length > 0) say(...fixes.map(fixLine), "");
  for (const { path, findings } of files) {
    if (findings.length === 0 || only === "summary") continue;
    say(colors.underline(path));
    for (const finding of findings) {
      say(headline(finding, colors));
      lines.push(...excerptLines(finding, colors, columns));
      say(...further(finding, colors));
    }
    say("");
  }
  if (skipped.length > 0) {
    say(
      `${colors.underline("Not checked")} (a file that is named is checked all the same):`,
      ...skipped.map(({ path, reason }) => `  ${path}: ${colors.dim(reason)}`),
      "",
    );
  }
  const isMute = only === "findings" && files.length > 0;
  if (!isMute) {
    const all = located(report);
    if (all.length >= (only === "summary" ? 1 : MANY_FINDINGS)) {
      say(...overview(all, report.since === undefined && report.hasBaseline !== true, colors));
    }
    say(...summary(report, colors));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function headline({ range, severity, message, rule }: ReportedFinding, colors: Colors): string {
  const place = colors.bold(`${range.start.line + 1}:${range.start.character + 1}`);
  return `  ${place}  ${colors[PAINTS[severity]](severity)}  ${message}  ${colors.dim(rule)}`;
}

function excerptLines(
  { range, severity, excerpt }: ReportedFinding,
  colors: Colors,
  columns: number,
): string[] {
  const paint = colors[PAINTS[severity]];
  const number = String(range.start.line + 1).padStart(5);
  const shown = fitted(excerpt, columns - number.length - " │ ".length);
  const bar = colors.dim("│");
  return [
    `${colors.dim(number)} ${bar} ${shown.before}${paint(shown.marked)}${shown.after}`,
    `${" ".repeat(number.length)} ${bar} ${carets(shown, paint)}`,
  ];
}

/** Where the copies are, and the lost words that were found. */
function further({ related, restored = [] }: ReportedFinding, colors: Colors): string[] {
  const places = related.map(({ path, range, message }) => {
    const where = `${range.start.line + 1}:${range.start.character + 1}`;
    return `${message}: ${path === undefined ? "" : `${path}:`}${where}`;
  });
  return [...places, ...restored].map((text) => `      ${colors.dim(`╰ ${text}`)}`);
}

const PAINTS = { error: "red", warning: "yellow", information: "cyan", hint: "dim" } as const;

function summary(report: Report, colors: Colors): string[] {
  const { files, since, fixes, fixable, hiddenHints, listed, boilerplate, seconds } = report;
  const counts = countsInWords(report);
  const unchecked = uncheckedNote(report);
  const notes = [
    ...(fixable > 0 ? [`${counted(fixable, "finding")} can be fixed safely; --fix does it.`] : []),
    ...(files.some(({ findings }) => findings.some(isSafeRepeat))
      ? ["A passage is an exact copy of another; --fix --fix-repeats deletes such copies."]
      : []),
    ...lossNotes(report),
    ...(hiddenHints > 0 ? [`${counted(hiddenHints, "hint")} not shown; --hints shows them.`] : []),
    ...(listed > 0
      ? [
          `${counted(listed, "older finding")} not shown, as the baseline lists them; --no-baseline shows them.`,
        ]
      : []),
    ...(boilerplate > 0
      ? [`${counted(boilerplate, "passage")} in many drafts taken for boilerplate and left out.`]
      : []),
    ...(unchecked === undefined ? [] : [unchecked]),
  ].map(colors.dim);
  if (files.length === 0) return [colors.yellow("No drafts here: nothing was checked."), ...notes];
  const what = `${counted(files.length, "draft")}, ${counted(countWords(report), "word")}, ${seconds.toFixed(2)} s`;
  const result =
    counts !== ""
      ? `${colors.bold(counts)}${since === undefined ? "" : ` new since ${since}`} in ${what}.`
      : colors.green(
          `${since === undefined ? "Nothing found" : `Nothing new since ${since}`} in ${what}.`,
        );
  const made = fixes.length > 0 ? [`Made ${counted(fixes.length, "safe fix", "safe fixes")}.`] : [];
  return [result, ...made, ...notes];
}

/** How losses are marked, and who still has the words. */
function lossNotes({ files, lostWords }: Report): string[] {
  const losses = files
    .flatMap(({ findings }) => findings)
    .filter(({ rule }) => kindOfRule(rule) === KINDS.lost);
  if (lostWords === undefined && losses.length > 0) {
    return [
      "To mark a loss, write TK in its place; --restore looks for the words in git and in other drafts.",
    ];
  }
  const isElsewhere = losses.some(({ restored = [] }) => restored.length > 0);
  return lostWords === "listed" && isElsewhere
    ? ["--restore --fix puts back the words that git has."]
    : [];
}

function isSafeRepeat(finding: ReportedFinding): boolean {
  return getSafeFixes(finding, true).some(({ kind }) => kind === "repeat");
}
