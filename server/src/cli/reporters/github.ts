import type { Severity } from "../../draft/finding.ts";
import { counted, countsInWords, type Report } from "../report.ts";
import type { Reporter } from "./reporter.ts";
import { gravestFirst, type Located, located } from "./support/located.ts";
import { say } from "../../text/wording.ts";

/**
 * Annotations of a GitHub Actions run. GitHub shows ten errors and ten warnings of a step, so the gravest come first;
 * the step's summary has all. https://docs.github.com/actions/reference/workflow-commands-for-github-actions
 */
export const github: Reporter = {
  name: "github",
  summary: "for GitHub Actions: annotations, and a table in the step's summary",
  syntax: "text",
  report,
  stepSummary,
};

const COMMANDS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "notice",
  hint: "notice",
};

function report(report: Report): string {
  return gravestFirst(located(report)).map(annotation).join("");
}

function annotation({ path, finding: { severity, range, rule, message } }: Located): string {
  const { start, end } = range;
  const properties = Object.entries({
    file: path,
    line: start.line + 1,
    endLine: end.line + 1,
    col: start.character + 1,
    endColumn: end.character + 1,
    title: `Galley: ${rule}`,
  });
  const place = properties.map(([name, value]) => `${name}=${escapedProperty(String(value))}`);
  return `::${COMMANDS[severity]} ${place.join(",")}::${escapedData(message)}\n`;
}

/** As the runner reads it back: `unescapeData` in actions/runner, ActionCommand.cs. */
function escapedData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapedProperty(text: string): string {
  return escapedData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

/** GitHub rejects a step's whole summary if it is longer than 1 MiB. In bytes. */
const MOST_BYTES = 900_000;

function stepSummary(report: Report): string {
  const shown = gravestFirst(located(report));
  const counts = countsInWords(report);
  if (shown.length === 0 || counts === undefined) return "";
  let text = `### Galley: ${say(counts)} in ${counted(report.files.length, "draft")}\n\n`;
  text += "| where | severity | what | rule |\n|---|---|---|---|\n";
  let bytes = byteLength(text);
  let written = 0;
  for (const one of shown) {
    const line = row(one);
    bytes += byteLength(line);
    if (bytes > MOST_BYTES) break;
    text += line;
    written++;
  }
  const left = shown.length - written;
  return left === 0 ? text : `${text}\n${counted(left, "more finding")} not listed here.\n`;
}

function row({ path, finding: { range, severity, message, rule } }: Located): string {
  const where = `${path}:${range.start.line + 1}`;
  return `| ${[where, severity, message, rule].map(escapedMarkdown).join(" | ")} |\n`;
}

/** Other people's text: none of its marks may format, link, mention or end a cell. */
function escapedMarkdown(text: string): string {
  return text.replace(
    /[!"#$%&'()*+/:;<=>?@[\\\]^_`{|}~]|\.(?=\S)/g,
    (mark) => `&#${mark.charCodeAt(0)};`,
  );
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
