import type { Command, Diagnostic, Range, TextEdit } from "vscode-languageserver";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Severity } from "../draft/finding.ts";
import { SHOW_RULE } from "../protocol.ts";
import { problemText } from "../settings/config/messages.ts";
import type { ConfigNode } from "../settings/config/node.ts";
import type { Edit } from "../text/edits.ts";
import { fnv1a } from "../text/hash.ts";
import { type Lines, lineIndex, positionAt } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import { ruleAddress } from "../version.ts";
import { DiagnosticSeverity, DiagnosticTag } from "./messages.ts";
import { sayIsolated } from "../text/excerpt.ts";
import { say, type Translations } from "../text/wording.ts";

/** What the client can show, and where the rules' pages are. */
export interface Display {
  readonly relatedInformation: boolean;
  readonly unnecessaryTag: boolean;
  /** It draws unnecessary hints faded, and does not list them. What can go need not be underlined as a whole. */
  readonly fades: boolean;
  readonly codeDescription: boolean;
  /** The URI of the folder with the rules' pages; undefined if the client gave none. */
  readonly docsBase: string | undefined;
  /** Texts in its language; undefined for English, or for a language that Galley does not speak. */
  readonly translations?: Translations | undefined;
  /** The client shows them itself, with its own command. */
  readonly showsRules: boolean;
}

/** The document of findings, and its lines, which turn offsets into positions. */
interface DiagnosticPlace {
  readonly uri: string;
  readonly lines: Lines;
  /** Another draft that a finding refers to, by its path; undefined if it does not exist. */
  other(name: string): { readonly uri: string; readonly lines: Lines } | undefined;
}

const SEVERITY: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

export function toDiagnostic(
  finding: Finding,
  place: DiagnosticPlace,
  display: Display,
): Diagnostic {
  const diagnostic: Diagnostic = {
    range: toRange(place.lines, finding),
    severity: SEVERITY[finding.severity],
    source: "galley",
    code: finding.rule,
    message: sayIsolated(finding.message, display.translations),
  };
  if (display.codeDescription) {
    const href = ruleLink(display, finding.rule) ?? ruleAddress(finding.rule);
    diagnostic.codeDescription = { href };
  }
  if (display.unnecessaryTag && finding.unnecessary === true) {
    diagnostic.tags = [DiagnosticTag.Unnecessary];
  }
  if (display.relatedInformation && finding.related !== undefined) {
    diagnostic.relatedInformation = finding.related.flatMap((related) => {
      const target = related.uri === undefined ? place : place.other(related.uri);
      if (target === undefined) return [];
      const { uri, lines } = target;
      return [
        {
          location: { uri, range: toRange(lines, related) },
          message: sayIsolated(related.message, display.translations),
        },
      ];
    });
  }
  return diagnostic;
}

/** A link to a rule's page; undefined if the client has none. */
export function ruleLink({ showsRules, docsBase }: Display, rule: string): string | undefined {
  if (showsRules) return commandLink({ command: SHOW_RULE, arguments: [rule] });
  return docsBase === undefined ? undefined : `${docsBase.replace(/\/$/, "")}/${rule}.md`;
}

/** The address of a link that runs a command, for clients that support it. */
export function commandLink({ command, arguments: args }: Omit<Command, "title">): string {
  return `command:${command}?${encodeURIComponent(JSON.stringify(args))}`;
}

/** How much of a long passage that can go is underlined, in UTF-16 units. */
const MOST_UNDERLINED = 80;

/** The first words of a long passage that can go, in its first line; undefined for what is underlined as a whole. */
export function firstWords(text: string, { start, end, unnecessary }: Finding): Span | undefined {
  if (unnecessary !== true) return undefined;
  const line =
    /^[^\r\n]*/.exec(text.slice(start, Math.min(end, start + MOST_UNDERLINED)))?.[0] ?? "";
  if (line.length === end - start) return undefined;
  const space = line.length < MOST_UNDERLINED ? -1 : line.lastIndexOf(" ");
  const words = space > 0 ? line.slice(0, space) : line.replace(/[\uD800-\uDBFF]$/, "");
  return words.trim() === "" ? undefined : { start, end: start + words.trimEnd().length };
}

export function toRange(lines: Lines, span: Span): Range {
  return { start: positionAt(lines, span.start), end: positionAt(lines, span.end) };
}

export function toTextEdit(lines: Lines, edit: Edit): TextEdit {
  return { range: toRange(lines, edit), newText: edit.newText };
}

export interface FileReport {
  readonly uri: string;
  readonly version: number | null;
  /** Equal for equal diagnostics, so that a client that already has them gets “unchanged”. */
  readonly resultId: string;
  readonly items: readonly Diagnostic[];
}

export function newReport(
  uri: string,
  version: number | null,
  items: readonly Diagnostic[],
): FileReport {
  return { uri, version, resultId: toResultId(items), items };
}

export function draftReport(
  draft: Pick<FileReport, "uri" | "version"> & {
    readonly lines: Lines;
    readonly findings: readonly Finding[];
    /** Only for a draft that is open: nothing is drawn in others. */
    readonly draft?: Pick<Draft, "text">;
  },
  other: DiagnosticPlace["other"],
  display: Display,
): FileReport {
  const { uri, version, lines, findings } = draft;
  const place = { uri, lines, other };
  const text = display.fades && display.unnecessaryTag ? draft.draft?.text : undefined;
  const items = findings.flatMap((finding): Diagnostic[] => {
    const whole = toDiagnostic(finding, place, display);
    const head = text === undefined ? undefined : firstWords(text, finding);
    if (head === undefined) return [whole];
    const rest = toRange(lines, { start: head.end, end: finding.end });
    return [
      { ...whole, range: toRange(lines, head) },
      { ...whole, range: rest, severity: DiagnosticSeverity.Hint },
    ];
  });
  return newReport(uri, version, items);
}

/** The report of a `.galley.json` or a baseline: its problems. */
export function configReport(
  uri: string,
  version: number | null,
  { text, problems }: Pick<ConfigNode, "text" | "problems">,
  { translations }: Pick<Display, "translations">,
): FileReport {
  const lines = lineIndex(text);
  const items = problems.map((problem): Diagnostic => ({
    range: toRange(lines, problem.span),
    severity: problem.severity === "error" ? DiagnosticSeverity.Error : DiagnosticSeverity.Warning,
    source: "galley",
    code: "config",
    message: say(problemText(problem), translations),
  }));
  return newReport(uri, version, items);
}

function toResultId(items: readonly Diagnostic[]): string {
  if (items.length === 0) return "clean";
  const words = JSON.stringify(items);
  return `${words.length}-${fnv1a(words) >>> 0}`;
}
