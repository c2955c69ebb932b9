import type { Diagnostic } from "vscode-languageserver";
import type { Finding } from "../draft/finding.ts";
import { problemText } from "../settings/config/messages.ts";
import type { ConfigNode } from "../settings/config/node.ts";
import type { Lines } from "../text/lines.ts";
import { lineIndex } from "../text/lines.ts";
import { DiagnosticSeverity } from "./protocol-library.ts";
import type { Display, DiagnosticPlace } from "./to-protocol.ts";
import { toDiagnostics, toRange } from "./to-protocol.ts";

/** The diagnostics of one file. */
export interface FileReport {
  readonly uri: string;
  readonly version: number | null;
  /** Equal for equal diagnostics, so that a client that has them gets “unchanged”. */
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

export function reportOf(
  uri: string,
  version: number | null,
  items: readonly Diagnostic[],
): FileReport {
  return { uri, version, resultId: resultIdOf(items), items };
}

/** The report of a draft's findings. */
export function draftReport(
  place: { uri: string; version: number | null; lines: Lines },
  findings: readonly Finding[],
  other: DiagnosticPlace["other"],
  display: Display,
): FileReport {
  const { uri, version, lines } = place;
  return reportOf(uri, version, toDiagnostics(findings, { uri, lines, other }, display));
}

/** The report of a `.galley.json` or a baseline: its problems. */
export function configReport(
  uri: string,
  version: number | null,
  { text, problems }: Pick<ConfigNode, "text" | "problems">,
): FileReport {
  const lines = lineIndex(text);
  const items = problems.map((problem): Diagnostic => ({
    range: toRange(lines, problem.span),
    severity: problem.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: "galley",
    code: "config",
    message: problemText(problem),
  }));
  return reportOf(uri, version, items);
}

/** A hash of 53 bits over the diagnostics as JSON. Source: cyrb53 (public domain, by bryc). */
function resultIdOf(items: readonly Diagnostic[]): string {
  if (items.length === 0) return "clean";
  const words = JSON.stringify(items);
  let low = 0xdeadbeef;
  let high = 0x41c6ce57;
  for (let index = 0; index < words.length; index++) {
    const unit = words.charCodeAt(index);
    low = Math.imul(low ^ unit, 2654435761);
    high = Math.imul(high ^ unit, 1597334677);
  }
  low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
  high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
  return (4294967296 * (2097151 & high) + (low >>> 0)).toString(36);
}
