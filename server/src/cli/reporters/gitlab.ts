import { createHash } from "node:crypto";
import type { Severity } from "../../draft/finding.ts";
import type { Report } from "../report.ts";
import type { Reporter } from "./reporter.ts";
import { fingerprinted, located } from "./support/located.ts";

/** A code quality report of GitLab. https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export const gitlab: Reporter = {
  name: "gitlab",
  summary: "for GitLab: a code quality report",
  syntax: "json",
  report,
};

const SEVERITIES: Readonly<Record<Severity, string>> = {
  error: "blocker",
  warning: "major",
  information: "minor",
  hint: "info",
};

function report(report: Report): string {
  const issues = fingerprinted(located(report)).map(({ path, finding, fingerprint }) => ({
    description: finding.message,
    check_name: finding.rule,
    fingerprint: createHash("sha256")
      .update(JSON.stringify([path, fingerprint]))
      .digest("hex"),
    severity: SEVERITIES[finding.severity],
    location: {
      path,
      lines: { begin: finding.range.start.line + 1, end: finding.range.end.line + 1 },
    },
  }));
  return `${JSON.stringify(issues)}\n`;
}
