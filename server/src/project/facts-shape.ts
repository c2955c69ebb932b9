import type { Fingerprints } from "../repeats/fingerprints.ts";
import { isPackedRow } from "../repeats/packed-row.ts";
import type { DigestedFinding, StoredFacts } from "./facts.ts";
import { type Odds, type Related, SEVERITIES } from "../draft/finding.ts";
import type { RuleTopicCount } from "../engine/topics.ts";
import type { Span } from "../text/span.ts";
import { type Check, isBoolean, isCount, isText, listOf, optional, shape } from "./shape.ts";
import type { Wording } from "../text/wording.ts";

const isNumber: Check = (value) => typeof value === "number" && Number.isFinite(value);
const isNever: Check = (value) => value === undefined;
const isNumbers: Check = (value) => value instanceof Uint32Array;

/** A wording whose arguments nest wordings to a limited depth, so that hostile ones can't overflow the stack. */
const wordingOf = (depth: number): Check =>
  shape<Wording>({
    text: isText,
    args: listOf(
      (value) => isText(value) || isNumber(value) || (depth > 0 && wordingOf(depth - 1)(value)),
      MOST_ARGUMENTS,
    ),
  });

const MOST_ARGUMENTS = 6;

/** A wording that stays short: a hostile one that repeats its arguments many times would take forever. */
const isWording = wordingOf(5);
const WORDING: Check = (value) => isWording(value) && saidLength(value as Wording) < LONGEST;

/** In UTF-16 units; a message is at most a tenth as long in English. */
const LONGEST = 2000;

/** The most UTF-16 units of a wording in English. */
function saidLength({ text, args }: Wording): number {
  const lengths = args.map((arg) =>
    typeof arg === "object" ? saidLength(arg) : String(arg).length,
  );
  const places = text.matchAll(/\{(\d+)\}/g);
  return [...places].reduce((sum, [, index]) => sum + (lengths[Number(index)] ?? 0), text.length);
}

const RELATED = shape<Related>({
  start: isCount,
  end: isCount,
  message: WORDING,
  uri: optional(isText),
});

const ODDS = shape<Odds>({
  score: isNumber,
  steps: (value) => Array.isArray(value) && value.length === 3 && value.every(isNumber),
  byItself: optional((value) => value === true),
});

const FINDING = shape<DigestedFinding>({
  start: isCount,
  end: isCount,
  rule: isText,
  digest: isText,
  message: WORDING,
  severity: (value) => SEVERITIES.some((severity) => severity === value),
  odds: optional(ODDS),
  related: optional(listOf((value) => RELATED(value) && isForward(value))),
  unnecessary: optional(isBoolean),
  wholeDraft: optional(isBoolean),
  topics: optional(listOf(isText)),
  rest: optional(isCount),
  // These are not stored: they are computed when the draft is open.
  fixes: isNever,
  openSpan: isNever,
});

const TOPIC = shape<RuleTopicCount>({
  rule: isText,
  topic: isText,
  found: isCount,
  right: isCount,
});

const PRINTS = shape<Fingerprints>({
  hashes: isNumbers,
  places: isNumbers,
  words: isCount,
  content: Number.isInteger,
  layout: Number.isInteger,
  row: isNumbers,
});

const FACTS = shape<StoredFacts>({
  findings: listOf((value) => FINDING(value) && isForward(value)),
  words: isCount,
  topics: listOf(TOPIC),
  lines: isNumbers,
  prints: PRINTS,
});

/**
 * Whether a value from outside the program, such as the cache file, is valid: every field is present and of its type,
 * and the numbers are consistent. Never throws; linear in the value.
 */
export function isStoredFacts(value: unknown): value is StoredFacts {
  if (!FACTS(value)) return false;
  const { lines, prints } = value;
  return (
    lines[0] === 0 &&
    lines.every((start, line) => line === 0 || start > (lines[line - 1] ?? 0)) &&
    prints.places.length === prints.hashes.length &&
    prints.places.every((place) => place < prints.words) &&
    isPackedRow(prints.row, prints.words)
  );
}

function isForward({ start, end }: Span): boolean {
  return start <= end;
}
