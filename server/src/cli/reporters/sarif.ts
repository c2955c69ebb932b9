import type { Severity } from "../../draft/finding.ts";
import { RULES } from "../../rules/index.ts";
import { rulePage } from "../../rules/support/rule-page.ts";
import { HOMEPAGE, ruleAddress, VERSION } from "../../version.ts";
import { counted, type Report } from "../report.ts";
import type { Range } from "../reported.ts";
import type { Reporter } from "./reporter.ts";
import { fingerprinted, type Fingerprinted, gravestFirst, located } from "./support/located.ts";

/** SARIF 2.1.0, for code scanning. https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html */
export const sarif: Reporter = {
  name: "sarif",
  summary: "for code scanning: SARIF 2.1.0",
  syntax: "json",
  listsProblems: true,
  report,
};

const SCHEMA =
  "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** GitHub accepts this many results of one run, and silently drops the rest. */
const MOST_RESULTS = 25_000;

const ROOT = "%SRCROOT%";

function report(report: Report): string {
  const all = fingerprinted(located(report));
  const more = all.length - MOST_RESULTS;
  const reported = more > 0 ? gravestFirst(all).slice(0, MOST_RESULTS) : all;
  const ids = [...new Set(reported.map(({ finding }) => finding.rule))].sort();
  const numbers = new Map(ids.map((id, number) => [id, number]));
  const text = `${counted(more, "more finding")} not listed here: ${counted(MOST_RESULTS, "result")} at most are reported, the gravest first.`;
  const document = {
    $schema: SCHEMA,
    version: "2.1.0",
    runs: [
      {
        tool: {
          driver: {
            name: "Galley",
            informationUri: HOMEPAGE,
            semanticVersion: VERSION,
            rules: ids.map(descriptor),
          },
        },
        invocations: [
          {
            executionSuccessful: !report.problems.some(({ fatal }) => fatal),
            toolExecutionNotifications: [
              ...(more > 0 ? [{ level: "warning", message: { text } }] : []),
              ...report.problems.map(notification),
            ],
          },
        ],
        originalUriBaseIds: {
          [ROOT]: { description: { text: "The folder in which Galley was run." } },
        },
        columnKind: "utf16CodeUnits",
        results: reported.map((one) => result(one, numbers)),
      },
    ],
  };
  return `${JSON.stringify(document)}\n`;
}

/** What was not read or understood. Without it, a run that missed drafts would look like a clean one. */
function notification({ path, message, fatal }: Report["problems"][number]): object {
  return { level: fatal ? "error" : "warning", message: { text: `${path}: ${message}` } };
}

function descriptor(id: string): object {
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) return { id };
  const page = rulePage(rule);
  return {
    id,
    shortDescription: { text: rule.summary },
    fullDescription: { text: rule.docs.description },
    helpUri: ruleAddress(id),
    help: { text: page, markdown: page },
    defaultConfiguration: { level: LEVELS[rule.severity] },
  };
}

const LEVELS: Readonly<Record<Severity, string>> = {
  error: "error",
  warning: "warning",
  information: "note",
  hint: "note",
};

function result(
  { path, finding, fingerprint }: Fingerprinted,
  numbers: ReadonlyMap<string, number>,
): object {
  const { rule, severity, message, range, related, firstLineEnd } = finding;
  const links = related.map((place, number) => ` [${linkText(place.message)}](${number + 1})`);
  return {
    ruleId: rule,
    ruleIndex: numbers.get(rule) ?? -1,
    level: LEVELS[severity],
    message: { text: plainText(message) + links.join("") },
    locations: [location(path, related.length > 0 ? firstLine(range, firstLineEnd) : range)],
    partialFingerprints: { "galley/v1": fingerprint },
    ...(related.length === 0
      ? {}
      : {
          relatedLocations: related.map((place, number) => ({
            id: number + 1,
            ...location(place.path ?? path, place.range),
            message: { text: place.message },
          })),
        }),
  };
}

/** A repeat may be pages long; only its beginning is shown. */
function firstLine({ start, end }: Range, firstLineEnd: number): Range {
  if (start.line === end.line) return { start, end };
  return { start, end: { line: start.line, character: Math.max(start.character, firstLineEnd) } };
}

function location(path: string, { start, end }: Range): object {
  return {
    physicalLocation: {
      artifactLocation: { uri: relativeUri(path), uriBaseId: ROOT },
      region: {
        startLine: start.line + 1,
        startColumn: start.character + 1,
        endLine: end.line + 1,
        endColumn: end.character + 1,
      },
    },
  };
}

function linkText(text: string): string {
  return text.replace(/[\\[\]]/g, "\\$&");
}

/** A message without links: without `](` there can be none (SARIF 3.11.6). */
function plainText(message: string): string {
  return message.includes("](") ? linkText(message) : message;
}

/** A path separated by "/", as a relative reference (RFC 3986). Its first segment is never taken for a scheme. */
function relativeUri(path: string): string {
  return path.split("/").map(escapedSegment).join("/");
}

function escapedSegment(segment: string): string {
  // A lone surrogate has no bytes of its own.
  return encodeURIComponent(segment.replace(/\p{Cs}/gu, "\uFFFD"));
}
