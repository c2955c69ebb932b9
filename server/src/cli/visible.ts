import { hasRightToLeft } from "../text/excerpt.ts";
import type { Report } from "./report.ts";

/**
 * A text that is safe to print on a terminal or in a build log, as one line. C0 controls are replaced by their
 * pictures (U+2400 on); C1 controls, line and paragraph separators, Unicode's Bidi_Control, annotation
 * characters and lone surrogates by their numbers. The bracket of a build log's command, as in `##[error]` or
 * `##vso[`, gets a backslash.
 */
export function visible(text: string): string {
  return text.replace(HIDDEN, sign).replace(LOG_COMMAND, "$1\\[");
}

/**
 * The same for prose, in which a line break or a tab is only a space. A quotation made by `isolated` stays one: its two
 * marks affect nothing outside it, and it contains no other such marks.
 */
export function visibleProse(text: string): string {
  return text
    .replace(SPACES, " ")
    .split(ISOLATED)
    .map((part, index) =>
      // What is split at is between the pieces.
      index % 2 === 1 && hasRightToLeft(part)
        ? `\u2068${visible(part.slice(1, -1))}\u2069`
        : visible(part),
    )
    .join("");
}

const ISOLATED = /(?<=“)(\u2068[^\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}]*\u2069)(?=”)/u;

/** White space longer than one space. Most is not, and needs no change. */
const SPACES = /[\t\n\r][\t\n\r ]*| [\t\n\r ]+/g;

/** The same for a path at the start of a line, where `::error` would be a command: it gets `./` before it. */
export function visiblePath(path: string): string {
  return visible(/^\s*::/.test(path) ? `./${path}` : path);
}

/** The same for several lines. */
export function visibleLines(text: string): string {
  return text
    .split("\n")
    .map((line) => visible(/^\s*::/.test(line) ? `galley: ${line}` : line))
    .join("\n");
}

/** The same for a diff: its tabs and line breaks stay, and no line is a command after its first character. */
export function visiblePatch(patch: string): string {
  return patch
    .split("\n")
    .map((line) => line.replace(/[^\t\r]+|\r(?!$)/g, visible).replace(/^(.?\s*)::/, "$1\\::"))
    .join("\n");
}

/** JSON with the same characters escaped in its strings, so that it parses to the same value. */
export function visibleJson(json: string): string {
  return json.replace(HIDDEN, (unit) => `\\u${toHex(unit)}`).replace(LOG_COMMAND, "$1\\u005b");
}

const HIDDEN = /[\p{Cc}\p{Zl}\p{Zp}\p{Cs}\p{Bidi_Control}\u{206A}-\u{206F}\u{FFF9}-\u{FFFB}]/gu;

/** GitHub’s runner and Azure’s accept these anywhere in a line. */
const LOG_COMMAND = /(##\w*)\[/g;

function sign(unit: string): string {
  const code = unit.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? "\u2421" : `<U+${toHex(unit).toUpperCase()}>`;
}

function toHex(unit: string): string {
  return unit.charCodeAt(0).toString(16).padStart(4, "0");
}

/** The report for printing: control characters and build-log commands in its texts are made visible. */
export function visibleReport(report: Report): Report {
  return visibleIn(report) as Report;
}

function visibleIn(value: unknown, name = ""): unknown {
  if (typeof value === "string") return (BY_NAME.get(name) ?? visible)(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => visibleIn(one, name));
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, visibleIn(one, key)]));
}

/** How the texts of a report are made visible, by the names of what holds them; all others as one line. */
const BY_NAME: ReadonlyMap<string, (text: string) => string> = new Map([
  ["path", visiblePath],
  ...["since", "message", "reason", "restored", "title"].map(
    (name) => [name, visibleProse] as const,
  ),
  ...["before", "marked", "after"].map((name) => [name, visibleExcerpt] as const),
  // It is safe to print, line by line.
  ["patch", (patch) => patch],
]);

function visibleExcerpt(text: string): string {
  return visible(text.replaceAll("\t", "    "));
}
