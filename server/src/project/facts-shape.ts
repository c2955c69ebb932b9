import type { Fingerprints } from "../repeats/fingerprints.ts";
import { isPackedRow } from "../repeats/packed-row.ts";
import type { DigestedFinding, StoredFacts } from "./facts.ts";
import { type Odds, type Related, SEVERITIES } from "../draft/finding.ts";
import type { RuleTopicCount } from "../engine/topics.ts";

type Check = (value: unknown) => boolean;

/** A check for each field; the compiler requires one when a field is added. */
type Shape<Value> = { readonly [Name in keyof Required<Value>]: Check };

const isText: Check = (value) => typeof value === "string";
const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isCount: Check = (value) =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
const isInteger: Check = (value) => Number.isInteger(value);
const isNever: Check = (value) => value === undefined;
const isNumbers: Check = (value) => value instanceof Uint32Array;

const RELATED: Shape<Related> = {
  start: isCount,
  end: isCount,
  message: isText,
  uri: optional(isText),
};

const ODDS: Shape<Odds> = {
  score: isNumber,
  steps: (value) => Array.isArray(value) && value.length === 3 && value.every(isNumber),
};

const FINDING: Shape<DigestedFinding> = {
  start: isCount,
  end: isCount,
  rule: isText,
  digest: isText,
  message: isText,
  severity: (value) => SEVERITIES.some((severity) => severity === value),
  odds: optional((value) => fits(value, ODDS)),
  related: optional(listOf((value) => fits(value, RELATED) && isSpan(value))),
  unnecessary: optional((value) => typeof value === "boolean"),
  topic: optional(isText),
  rest: optional(isCount),
  // These are not stored: they are computed when the draft is open.
  fixes: isNever,
  openSpan: isNever,
};

const TOPIC: Shape<RuleTopicCount> = {
  rule: isText,
  topic: isText,
  found: isCount,
  right: isCount,
};

const PRINTS: Shape<Fingerprints> = {
  hashes: isNumbers,
  places: isNumbers,
  words: isCount,
  content: isInteger,
  layout: isInteger,
  row: isNumbers,
};

const FACTS: Shape<StoredFacts> = {
  findings: listOf((value) => fits(value, FINDING) && isSpan(value)),
  words: isCount,
  topics: listOf((value) => fits(value, TOPIC)),
  lines: isNumbers,
  prints: (value) => fits(value, PRINTS),
};

/**
 * Whether a value from outside the program, such as the cache file, is valid: every field is present and of
 * its type, and the numbers are consistent. Never throws; linear in the value.
 */
export function isStoredFacts(value: unknown): value is StoredFacts {
  if (!fits(value, FACTS)) return false;
  const { lines, prints } = value as StoredFacts;
  return (
    lines[0] === 0 &&
    lines.every((start, line) => line === 0 || start > (lines[line - 1] ?? 0)) &&
    prints.places.length === prints.hashes.length &&
    prints.places.every((place) => place < prints.words) &&
    isPackedRow(prints.row, prints.words)
  );
}

function fits(value: unknown, shape: Readonly<Record<string, Check>>): boolean {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  const fields = value as Readonly<Record<string, unknown>>;
  return Object.entries(shape).every(([name, check]) => check(fields[name]));
}

function isSpan(value: unknown): boolean {
  const { start, end } = value as DigestedFinding;
  return start <= end;
}

function optional(check: Check): Check {
  return (value) => value === undefined || check(value);
}

function listOf(check: Check): Check {
  return (value) => {
    if (!Array.isArray(value)) return false;
    // Not `every`, which skips holes of sparse arrays.
    for (let index = 0; index < value.length; index++) if (!check(value[index])) return false;
    return true;
  };
}
