import { SEVERITIES } from "../../../draft/finding.ts";
import type { Report } from "../../report.ts";
import type { ReportedFinding } from "../../reported.ts";

/** A finding with the path of its draft. */
export interface Located {
  readonly path: string;
  readonly finding: ReportedFinding;
}

export function located({ files }: Report): Located[] {
  return files.flatMap(({ path, findings }) => findings.map((finding) => ({ path, finding })));
}

/** The gravest findings first; equal ones keep the report's order. */
export function gravestFirst<T extends Located>(findings: readonly T[]): T[] {
  const rank = ({ finding }: Located): number => SEVERITIES.indexOf(finding.severity);
  return findings.toSorted((a, b) => rank(a) - rank(b));
}
