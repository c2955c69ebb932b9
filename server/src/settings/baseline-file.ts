import type { Span } from "../text/span.ts";
import type { ConfigProblem } from "./config/problem.ts";
import { UNDECODABLE } from "./config/read.ts";
import { record, type Schema } from "./json-schema.ts";

/*
 * The file that lists the findings a project has had before, which are not reported: JSON, sorted, one entry a line, so
 * that version control merges it.
 */

/** The name of a baseline file. */
export const BASELINE_NAME = ".galley-baseline.json";

/** What a baseline file lists. */
export interface BaselineFile {
  /** RULE/DIGEST/ORDINAL, as in the fingerprints of findings; also those of a file with a mistake, where they can be read. */
  readonly entries: ReadonlySet<string>;
  /** The first mistake, with its place; undefined where there is none. */
  readonly problem: ConfigProblem | undefined;
}

const VERSION = 1;

const ANEW = "“galley baseline” writes the file anew.";

const ENTRY = "[a-z][a-z0-9-]{0,99}/[0-9a-f]{8}/[1-9][0-9]{0,8}";
const WHOLE_ENTRY = new RegExp(`^${ENTRY}$`);

/** Reads the text of a baseline file. Never throws. Linear in the text. */
export function readBaseline(text: string): BaselineFile {
  if (text === UNDECODABLE) {
    return broken(text, 0, `This file is no text in UTF-8 or UTF-16. ${ANEW}`);
  }
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?=\s|$)/m.exec(text);
  if (conflict !== null) {
    return broken(
      text,
      conflict.index,
      "A merge conflict is left in this file. Settle it, or run “galley baseline” again.",
    );
  }
  const value = parsed(text);
  if (value === undefined) return broken(text, oddLine(text), `This line can’t be read. ${ANEW}`);
  const { version, findings } = record(value);
  if (typeof version === "number" && version > VERSION) {
    return broken(text, 0, "A newer version of Galley has written this file. Use that one.");
  }
  if (version !== VERSION || !Array.isArray(findings)) {
    return broken(text, 0, `This file is no baseline. ${ANEW}`);
  }
  const wrong = (findings as unknown[]).findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) {
    const place = text.indexOf(JSON.stringify(findings[wrong]), text.indexOf('"findings"'));
    return broken(text, Math.max(0, place), `This is no entry of a baseline. ${ANEW}`);
  }
  return { entries: new Set(findings as string[]), problem: undefined };
}

/** The text of a baseline file with these entries. */
export function baselineText(entries: Iterable<string>): string {
  const sorted = [...new Set(entries)].sort();
  const lines = sorted.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
  return `{\n  "version": ${VERSION},\n  "findings": [\n${lines}${lines === "" ? "" : "\n"}  ]\n}\n`;
}

/** The rule that an entry is of. */
export function ruleOfEntry(entry: string): string {
  return entry.slice(0, entry.indexOf("/"));
}

export function baselineSchema(): Schema {
  return {
    type: "object",
    description:
      "Findings that were there before, and are not told. “galley baseline” writes this file, “galley baseline --update” takes out what is gone.",
    required: ["version", "findings"],
    properties: {
      $schema: { type: "string", description: "Where this file's schema is." },
      version: { type: "integer", minimum: VERSION, maximum: VERSION },
      findings: {
        type: "array",
        description:
          "For each finding its rule, the digest of its passage, and which of those that are alike in its draft it is.",
        items: { type: "string", pattern: `^${ENTRY}$` },
      },
    },
  };
}

function isEntry(entry: unknown): boolean {
  return typeof entry === "string" && WHOLE_ENTRY.test(entry);
}

/** The JSON value of a text, in which commas may trail: a line that was deleted by hand leaves one. */
function parsed(text: string): unknown {
  for (const source of [text, text.replace(/,(?=\s*\])/g, "")]) {
    try {
      return JSON.parse(source) as unknown;
    } catch {
      // Tried without the commas, or reported.
    }
  }
  return undefined;
}

/** Where the first line begins that a baseline does not have; else the last. */
function oddLine(text: string): number {
  const usual = /^(?:"[^"\\]*"(?:: ?(?:\d+|\[))?|[[\]{}]*),?$/;
  let at = 0;
  let last = 0;
  for (const line of text.split("\n")) {
    if (!usual.test(line.trim())) return at;
    if (line.trim() !== "") last = at;
    at += line.length + 1;
  }
  return last;
}

/** A file with a mistake: what in it reads as an entry counts for all that, so that a conflict makes nothing new. */
function broken(text: string, start: number, message: string): BaselineFile {
  const found = text.matchAll(new RegExp(`"(${ENTRY})"`, "g"));
  const entries = new Set(Array.from(found, (match) => match[1] ?? ""));
  const span: Span = { start, end: Math.min(start + 1, text.length) };
  return { entries, problem: { message, span, severity: "error", wholeFile: entries.size === 0 } };
}
