import type { Report } from "./report.ts";
import { shownReport } from "./shown-report.ts";

/** One line for each finding, as compilers write them: PATH:LINE:COLUMN: SEVERITY: MESSAGE [RULE], counted from 1. */
export function reportCompact(report: Report): string {
  let text = "";
  for (const { path, findings } of shownReport(report).files) {
    for (const { range, severity, message, rule } of findings) {
      const place = `${path}:${range.start.line + 1}:${range.start.character + 1}`;
      text += `${place}: ${severity}: ${message} [${rule}]\n`;
    }
  }
  return text;
}
