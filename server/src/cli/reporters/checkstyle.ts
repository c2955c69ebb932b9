import type { Severity } from "../../draft/finding.ts";
import type { FileReport, Report } from "../report.ts";
import type { Reporter } from "./reporter.ts";
import { element, XML_DECLARATION } from "./support/xml.ts";

/** Checkstyle's XML, which many build servers read. Lines and columns count from 1. */
export const checkstyle: Reporter = {
  name: "checkstyle",
  summary: "for build servers: Checkstyle XML",
  syntax: "text",
  hidesHints: false,
  reportedFixes: "none",
  says: { emptiness: false, skipped: false, problems: false },
  report,
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "info",
};

function report({ files }: Report): string {
  const content = files.map((one) => `\n${file(one)}`).join("");
  const ending = content === "" ? "" : "\n";
  return `${XML_DECLARATION}${element("checkstyle", { version: "4.3" }, content + ending)}\n`;
}

function file({ path, findings }: FileReport): string {
  const errors = findings.map(
    ({ range, severity, message, rule }) =>
      `\n${element("error", {
        line: range.start.line + 1,
        column: range.start.character + 1,
        severity: SEVERITIES[severity],
        message,
        source: `galley.${rule}`,
      })}`,
  );
  return element("file", { name: path }, errors.length === 0 ? "" : `${errors.join("")}\n`);
}
