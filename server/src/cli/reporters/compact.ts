import type { Report } from "../report.ts";
import type { Reporter } from "./reporter.ts";

/** One line for each finding, like a compiler's: PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE], counted from 1. */
export const compact: Reporter = {
  name: "compact",
  summary: "for programs that read lines: one for each finding",
  syntax: "text",
  report,
};

function report({ files }: Report): string {
  let text = "";
  for (const { path, findings } of files) {
    for (const { range, severity, message, rule } of findings) {
      const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      text += `${place}: ${severity}: ${message} [${rule}]\n`;
    }
  }
  return text;
}
