import {
  type Argument,
  countedAs,
  decimal,
  say,
  type Wording,
  wording,
} from "../../text/wording.ts";
import { fixLine, getSafeFixes } from "../fixes.ts";
import {
  countsInWords,
  countWords,
  isLoss,
  type Report,
  restoreNotes,
  uncheckedNotes,
} from "../report.ts";
import type { ReportedFinding } from "../reported.ts";
import type { Colors, Reporter, ReportOptions } from "./reporter.ts";
import { located } from "./support/located.ts";
import { carets, fitted, wrapped } from "./support/columns.ts";
import { MANY_FINDINGS, overview } from "./support/overview.ts";

/** The report for people: findings by file, each with its line and the span marked. */
export const pretty: Reporter = {
  name: "pretty",
  summary: "for readers: each finding with its line, and the words it is about",
  syntax: "text",
  isForReaders: true,
  reportedFixes: "safe",
  listsSkipped: true,
  report,
};

function report(report: Report, options: ReportOptions): string {
  const { colors, only, columns = Infinity, translations } = options;
  const inWords = (words: Wording): string => say(words, translations);
  const { files, fixes, skipped = [] } = report;
  const lines: string[] = [];
  const add = (...more: readonly string[]): void => {
    lines.push(...more.map((line) => wrapped(line, columns)));
  };
  if (fixes.length > 0) add(...fixes.map((fix) => fixLine(fix, translations)), "");
  for (const { path, findings } of files) {
    if (findings.length === 0 || only === "summary") continue;
    add(colors.underline(path));
    for (const finding of findings) {
      add(headline(finding, options));
      lines.push(...excerptLines(finding, colors, columns));
      add(...further(finding, options));
    }
    add("");
  }
  if (skipped.length > 0) {
    const notChecked = colors.underline(inWords(wording("Not checked")));
    add(
      inWords(wording("{0} (a file that is named is checked all the same):", notChecked)),
      ...skipped.map(({ path, reason }) => `  ${path}: ${colors.dim(reason)}`),
      "",
    );
  }
  const isMute = only === "findings" && files.length > 0;
  if (!isMute) {
    const all = located(report);
    if (all.length >= (only === "summary" ? 1 : MANY_FINDINGS)) {
      const isWhole = report.since === undefined && report.hasBaseline !== true;
      add(...overview(all, isWhole, options));
    }
    add(...summary(report, options));
  }
  return lines.map((line) => `${line}\n`).join("");
}

function headline(
  { range, severity, message, rule }: ReportedFinding,
  { colors, translations }: ReportOptions,
): string {
  const named = colors[PAINTS[severity]](say(wording(severity), translations));
  const place = colors.bold(`${range.start.line + 1}:${range.start.character + 1}`);
  return `  ${place}  ${named}  ${message}  ${colors.dim(rule)}`;
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
function further({ related, restored = [] }: ReportedFinding, { colors }: ReportOptions): string[] {
  const places = related.map(({ path, range, message }) => {
    const where = `${range.start.line + 1}:${range.start.character + 1}`;
    const place = path === undefined ? where : `${path}:${where}`;
    return `${place}  ${message}`;
  });
  return [...places, ...restored].map((text) => `      ${colors.dim(`╰ ${text}`)}`);
}

const PAINTS = { error: "red", warning: "yellow", information: "cyan", hint: "dim" } as const;

function summary(report: Report, { colors, translations }: ReportOptions): string[] {
  const { files, since, fixes, seconds } = report;
  const inWords = (words: Wording): string => say(words, translations);
  const notes = notesOn(report).map((note) => colors.dim(inWords(note)));
  if (files.length === 0) {
    return [colors.yellow(inWords(wording("No drafts here: nothing was checked."))), ...notes];
  }
  const drafts = countedAs(files.length, wording("1 draft"), (n) => wording("{0} drafts", n));
  const words = countedAs(countWords(report), wording("1 word"), (n) => wording("{0} words", n));
  const checked = wording("{0}, {1}", drafts, words);
  const what = wording("{0}, {1}", checked, wording("{0} s", decimal(seconds, 2)));
  const counts = countsInWords(report);
  const found = counts && colors.bold(inWords(counts));
  const result =
    found === undefined
      ? since === undefined
        ? wording("Nothing found in {0}.", what)
        : wording("Nothing new since {0} in {1}.", since, what)
      : since === undefined
        ? wording("{0} in {1}.", found, what)
        : wording("{0} new since {1} in {2}.", found, since, what);
  const line = inWords(result);
  const made =
    fixes.length === 0
      ? []
      : [
          countedAs(fixes.length, wording("Made 1 safe fix."), (n) =>
            wording("Made {0} safe fixes.", n),
          ),
        ];
  return [found === undefined ? colors.green(line) : line, ...made.map(inWords), ...notes];
}

/** What else a reader may want to know or do. */
function notesOn(report: Report): Wording[] {
  const { files, fixable, hiddenHints, listed, boilerplate } = report;
  const noted = (
    count: number,
    one: Wording,
    many: (count: Argument) => Wording,
  ): readonly Wording[] => (count === 0 ? [] : [countedAs(count, one, many)]);
  return [
    ...noted(fixable, wording("1 finding can be fixed safely; --fix does it."), (n) =>
      wording("{0} findings can be fixed safely; --fix does it.", n),
    ),
    ...(files.some(({ findings }) => findings.some(isSafeRepeat))
      ? [wording("A passage is an exact copy of another; --fix --fix-repeats deletes such copies.")]
      : []),
    ...lossNotes(report),
    ...restoreNotes(report),
    ...noted(hiddenHints, wording("1 hint not shown; --hints shows them."), (n) =>
      wording("{0} hints not shown; --hints shows them.", n),
    ),
    ...noted(
      listed,
      wording("1 older finding not shown, as the baseline lists it; --no-baseline shows it."),
      (n) =>
        wording(
          "{0} older findings not shown, as the baseline lists them; --no-baseline shows them.",
          n,
        ),
    ),
    ...noted(
      boilerplate,
      wording("1 passage in many drafts taken for boilerplate and left out."),
      (n) => wording("{0} passages in many drafts taken for boilerplate and left out.", n),
    ),
    ...uncheckedNotes(report),
  ];
}

/** How to mark losses, and who still has the words. */
function lossNotes({ files, lostWords }: Report): Wording[] {
  const losses = files.flatMap(({ findings }) => findings.filter(isLoss));
  if (lostWords === undefined && losses.length > 0) {
    return [
      wording(
        "To mark a loss, write TK in its place; --restore looks for the words in git and in other drafts.",
      ),
    ];
  }
  const found = losses.filter(({ restored = [] }) => restored.length > 0);
  const isOnlyInDrafts = found.some(({ isInGit }) => isInGit !== true);
  return [
    ...(lostWords === "listed" && found.some(({ isInGit }) => isInGit)
      ? [wording("--restore --fix puts back the words that git has.")]
      : []),
    ...(isOnlyInDrafts
      ? [
          wording(
            "--fix leaves words that only another draft has: copy them, or use the light bulb in your editor.",
          ),
        ]
      : []),
  ];
}

function isSafeRepeat(finding: ReportedFinding): boolean {
  return getSafeFixes(finding, true).some(({ kind }) => kind === "repeat");
}
