import type { Span } from "../text/span.ts";
import type { ConfigProblem } from "./config/problem.ts";
import { parse, type ParseError } from "jsonc-parser";
import { tooDeepAt, UNDECODABLE } from "./config/read.ts";
import { record, type Schema } from "./json-schema.ts";
import { type Wording, wording } from "../text/wording.ts";

/*
 * The file that lists findings a project already had, which are not reported: JSON, sorted, one entry per line, so that
 * version control can merge it. An entry is for one draft, as long as that draft exists.
 */

export const BASELINE_NAME = ".galley-baseline.json";

/** How many findings are listed, by DRAFT RULE/DIGEST, where DRAFT is a path from the file's folder. */
export type Listed = ReadonlyMap<string, number>;

/** The content of a baseline file; if it has a mistake, whatever can be read. */
export interface BaselineFile {
  readonly listed: Listed;
  /** The first mistake, with its place; undefined if there is none. */
  readonly problem: ConfigProblem | undefined;
}

const VERSION = 2;

/** DRAFT RULE/DIGEST/COUNT. */
const ENTRY = "^([\\s\\S]+ [a-z][a-z0-9-]{0,99}/[0-9a-f]{8})/([1-9][0-9]{0,8})$";
const WHOLE_ENTRY = new RegExp(ENTRY);

/** Reads the text of a baseline file. Never throws. Linear in the text. */
export function readBaseline(text: string): BaselineFile {
  if (text === UNDECODABLE) {
    return broken(text, 0, anew(wording("This file is not text in UTF-8 or UTF-16.")));
  }
  const conflict = /^(?:<{7}|={7}|>{7}|\|{7})(?=\s|$)/m.exec(text);
  if (conflict !== null) {
    return broken(
      text,
      conflict.index,
      wording("A merge conflict is left in this file. Settle it, or run “galley baseline” again."),
    );
  }
  const errors: ParseError[] = [];
  const deep = tooDeepAt(text);
  // Deleting the last line by hand leaves a comma at the end.
  const options = { allowTrailingComma: true, disallowComments: true };
  const value = deep === undefined ? (parse(text, errors, options) as unknown) : undefined;
  const wrongAt = deep ?? errors[0]?.offset;
  if (wrongAt !== undefined) {
    const line = text.lastIndexOf("\n", wrongAt - 1) + 1;
    return broken(text, line, anew(wording("This line can’t be read.")));
  }
  const { version, findings } = record(value);
  if (typeof version === "number" && version > VERSION) {
    const message = wording("A newer version of Galley wrote this file. Use that version.");
    return broken(text, 0, message);
  }
  if (version !== VERSION || !Array.isArray(findings)) {
    return broken(text, 0, anew(wording("This file is not a baseline.")));
  }
  const wrong = (findings as unknown[]).findIndex((entry) => !isEntry(entry));
  if (wrong >= 0) {
    const place = text.indexOf(JSON.stringify(findings[wrong]), text.indexOf('"findings"'));
    const message = anew(wording("This is not a baseline entry."));
    return broken(text, Math.max(0, place), message);
  }
  return { listed: listedIn(findings), problem: undefined };
}

export function baselineText(listed: Listed): string {
  const entries = [...listed].map(([key, count]) => `${key}/${count}`).sort();
  const lines = entries.map((entry) => `    ${JSON.stringify(entry)}`).join(",\n");
  return `{\n  "version": ${VERSION},\n  "findings": [\n${lines}${lines === "" ? "" : "\n"}  ]\n}\n`;
}

export function baselineSchema(): Schema {
  return {
    type: "object",
    description:
      "Findings that were there before, and are not reported. “galley baseline” writes this file, “galley baseline --update” takes out what is gone.",
    required: ["version", "findings"],
    properties: {
      $schema: { type: "string", description: "Where this file's schema is." },
      version: { type: "integer", minimum: VERSION, maximum: VERSION },
      findings: {
        type: "array",
        description:
          "For findings that are alike their draft, their rule, the digest of their passage, and how many they are.",
        items: { type: "string", pattern: ENTRY },
      },
    },
  };
}

function anew(mistake: Wording): Wording {
  return wording("{0} {1}", mistake, wording("“galley baseline” writes a new one."));
}

function isEntry(entry: unknown): boolean {
  return typeof entry === "string" && WHOLE_ENTRY.test(entry);
}

/** What the entries among some values list. Of several for the same finding, the highest number counts. */
function listedIn(values: readonly unknown[]): Listed {
  const listed = new Map<string, number>();
  for (const value of values) {
    const [, key = "", count] =
      (typeof value === "string" ? WHOLE_ENTRY.exec(value) : undefined) ?? [];
    if (count !== undefined) listed.set(key, Math.max(listed.get(key) ?? 0, Number(count)));
  }
  return listed;
}

/** In a file with a mistake, everything that reads as an entry still counts, so that a conflict makes nothing new. */
function broken(text: string, start: number, message: Wording): BaselineFile {
  // Each string, or the rest of one on its line.
  const strings = text.match(/"(?:[^"\\\n]|\\[^\n])*"?/g) ?? [];
  const listed = listedIn(strings.map((one) => parse(one) as unknown));
  const span: Span = { start, end: Math.min(start + 1, text.length) };
  return { listed, problem: { message, span, severity: "error", wholeFile: listed.size === 0 } };
}
