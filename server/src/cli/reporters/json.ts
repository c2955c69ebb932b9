import { VERSION } from "../../version.ts";
import { countFindings, type Report, countWords } from "../report.ts";
import type { Reporter } from "./reporter.ts";

/** The report as one JSON document. Lines and characters count from 0, characters in UTF-16 units, as in LSP. */
export const json: Reporter = {
  name: "json",
  summary: "for programs: everything known about each finding, in JSON",
  syntax: "json",
  reportedFixes: "all",
  listsSkipped: true,
  listsProblems: true,
  report,
};

function report(report: Report): string {
  const document = {
    galley: VERSION,
    files: report.files.map(({ path, words, findings }) => ({
      path,
      words,
      findings: findings.map(({ rule, severity, message, range, related, fixes }) => ({
        rule,
        severity,
        message,
        range,
        related: related.map((place) => ({
          path: place.path ?? path,
          range: place.range,
          message: place.message,
        })),
        fixes: fixes.map(({ title, safe, edits }) => ({
          title,
          safe,
          edits: edits.map(({ range: at, newText }) => ({ range: at, newText })),
        })),
      })),
    })),
    problems: report.problems.map(({ path, message }) => ({ path, message })),
    ...(report.skipped === undefined ? {} : { skipped: report.skipped }),
    summary: {
      files: report.files.length,
      words: countWords(report),
      findings: countFindings(report),
      seconds: Math.round(report.seconds * 1000) / 1000,
      fixed: report.fixes.length,
      listed: report.listed,
      boilerplate: report.boilerplate,
    },
  };
  return `${JSON.stringify(document)}\n`;
}
