import type { Diagnostic } from "vscode-languageserver";
import { DiagnosticSeverity } from "vscode-languageserver";
import { problemText } from "../settings/config/messages.ts";
import type { ConfigNode } from "../settings/config/node.ts";
import type { OpenDocument } from "../project/document.ts";
import { draftOf } from "../project/document.ts";
import type { Finding } from "../draft/finding.ts";
import type { Lines } from "../text/lines.ts";
import { lineIndex } from "../text/lines.ts";
import { lint } from "../engine/lint.ts";
import type { Treatment } from "../project/workspace.ts";
import type { JudgedDraft } from "./actions/judged-draft.ts";
import type { Display, Placed } from "./to-protocol.ts";
import { toDiagnostics, toRange } from "./to-protocol.ts";
import { RULES } from "../rules/index.ts";

/** An open draft's findings, and all they were made from. */
export interface Judgement extends JudgedDraft {
  readonly document: OpenDocument;
  readonly treatment: Treatment;
}

/** Judges an open draft; what is the same as before costs nothing. */
export function judge(
  document: OpenDocument,
  treatment: Treatment,
  elsewhere: readonly Finding[],
): Judgement {
  const draft = draftOf(document, treatment.format);
  return {
    uri: document.uri,
    version: document.version,
    languageId: document.languageId,
    lines: document.lines,
    draft,
    document,
    treatment,
    findings: lint(draft, RULES, treatment.settings, { elsewhere }),
  };
}

/** What a client is told of one file. */
export interface Report {
  readonly uri: string;
  readonly version: number | null;
  /** The same for the same diagnostics: a client that has them is told so, and no more. */
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

export function reportOf(
  uri: string,
  version: number | null,
  items: readonly Diagnostic[],
): Report {
  return { uri, version, resultId: resultIdOf(items), items };
}

/** The report of a draft's findings. */
export function draftReport(
  place: { uri: string; version: number | null; lines: Lines },
  findings: readonly Finding[],
  other: Placed["other"],
  display: Display,
): Report {
  const { uri, version, lines } = place;
  return reportOf(uri, version, toDiagnostics(findings, { uri, lines, other }, display));
}

/** The report of a `.galley.json`: its mistakes. */
export function configReport(
  uri: string,
  version: number | null,
  { text, problems }: Pick<ConfigNode, "text" | "problems">,
): Report {
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

/** 53 bits over the diagnostics' own words, after cyrb53 (public domain, by bryc). */
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
