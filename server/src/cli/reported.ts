import type { Draft } from "../draft/draft.ts";
import { lazyFixLimit } from "../deletion/allowance.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { isSafe } from "../engine/fix.ts";
import { isHole, withRestorations } from "../repeats/restore.ts";
import { passageDigests } from "../engine/suppression/suppress.ts";
import type { Edit } from "../text/edits.ts";
import { lineAt, type LineIndex, type Position, positionAt } from "../text/lines.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import type { Wording } from "../text/wording.ts";

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/**
 * A finding for the output: with lines and characters, and an excerpt, so that the draft is not needed. `Text` is the
 * type of its words: strings once they are in a language.
 */
export interface ReportedFinding<Text = string> extends Pick<
  Finding,
  "rule" | "severity" | "start" | "end" | "topics" | "rest" | "isUnproven"
> {
  readonly message: Text;
  readonly range: Range;
  readonly related: readonly {
    /** Undefined: in the same draft. */
    readonly path?: string;
    readonly range: Range;
    readonly message: Text;
  }[];
  readonly fixes: readonly ReportedFix<Text>[];
  /** The first line of the range, shortened, and the range in it. */
  readonly excerpt: Excerpt;
  /** The character at which the first line of the range ends, without its line break. */
  readonly firstLineEnd: number;
  /** The digest of its passage, as in `stet` entries: the same wherever the passage is. */
  readonly digest: string;
  /** The finding, if words are missing there. If git has them, it becomes a warning. */
  readonly hole?: Finding;
  /**
   * Its number among the findings of this rule and digest in its draft, from 1. Undefined: counted within the report,
   * which left none out.
   */
  readonly ordinal?: number;
  /** Which of `fixes` restore lost words from an earlier version or another draft, by title. */
  readonly restored?: readonly Text[];
  /** Whether an earlier version is among these, so that `--restore --fix` puts its words back. */
  readonly isInGit?: boolean;
}

export interface ReportedFix<Text = string> extends Pick<Fix, "kind" | "safe"> {
  readonly title: Text;
  readonly edits: readonly (Edit & { readonly range: Range })[];
}

export interface Excerpt {
  readonly before: string;
  readonly marked: string;
  readonly after: string;
}

/** The range of a span (UTF-16 units) in another draft; undefined if it can't be read. */
export type RelatedRange = (uri: string, start: number, end: number) => Range | undefined;

/** Which fixes a report has. They are expensive, most of all the safe ones that delete a passage. */
export type ReportedFixes = "all" | "safe" | "none";

/** What is included besides the findings. */
export interface ReportedOptions {
  readonly reportedFixes: ReportedFixes;
  /** Gives ranges in other drafts. */
  readonly elsewhere?: RelatedRange;
}

/** Converts a draft's findings for the output. The number of lazy fixes is limited by the draft's length. */
export function toReported(
  draft: Draft,
  all: readonly Finding[],
  { reportedFixes, elsewhere = () => undefined }: ReportedOptions,
): ReportedFinding<Wording>[] {
  if (all.length === 0) return [];
  // Restoring lost words is never safe.
  const findings = reportedFixes === "all" ? withRestorations(draft, all) : all;
  let left = lazyFixLimit(draft);
  const isReported = (finding: Finding, fix: Fix): boolean =>
    fix.uri === undefined &&
    (fix.lazy !== true || left-- > 0) &&
    (reportedFixes === "all" || isSafe(finding, fix)) &&
    // A fix that would damage the text has no edits.
    fix.edits.length > 0;
  const lines = linesOfDraft(draft);
  const getDigest = passageDigests(draft);
  return findings.map((finding) => ({
    ...ownParts(finding),
    range: toRange(lines, finding.start, finding.end),
    related: (finding.related ?? []).flatMap(({ uri, start, end, message }) => {
      const range = uri === undefined ? toRange(lines, start, end) : elsewhere(uri, start, end);
      if (range === undefined) return [];
      return [{ ...(uri === undefined ? {} : { path: uri }), range, message }];
    }),
    fixes: (reportedFixes === "none" ? [] : (finding.fixes ?? []))
      .filter((fix) => isReported(finding, fix))
      .map((fix) => ({
        title: fix.title,
        ...(fix.kind === undefined ? {} : { kind: fix.kind }),
        safe: isSafe(finding, fix),
        edits: fix.edits.map(({ start, end, newText }) => {
          return { start, end, range: toRange(lines, start, end), newText };
        }),
      })),
    excerpt: toExcerpt(draft.text, lines, finding.start, finding.end),
    firstLineEnd: lineLength(draft.text, lines, lineAt(lines, finding.start)),
    digest: getDigest(finding),
    ...(isHole(finding) ? { hole: finding } : {}),
  }));
}

/** What a finding is reported with as it is. */
function ownParts(finding: Finding) {
  const { rule, severity, message, start, end, topics, rest, isUnproven } = finding;
  return {
    ...{ rule, severity, message, start, end },
    ...(topics && { topics }),
    ...(rest !== undefined && { rest }),
    ...(isUnproven === true && { isUnproven }),
  };
}

export function toRange(lines: LineIndex, start: number, end: number): Range {
  return { start: positionAt(lines, start), end: positionAt(lines, end) };
}

/** How many UTF-16 units of a line are shown on either side of the range. */
const AROUND = 60;
const MAX_MARKED = 90;

function toExcerpt(text: string, lines: LineIndex, start: number, end: number): Excerpt {
  const line = positionAt(lines, start).line;
  const lineStart = lines[line] ?? 0;
  const lineEnd = lineStart + lineLength(text, lines, line);
  const stop = Math.max(start, Math.min(end, lineEnd));
  const from = wordStart(text, lineStart, start);
  const to = wordEnd(text, stop, lineEnd);
  const long = stop - start > MAX_MARKED || end > lineEnd;
  return {
    before: (from > lineStart ? "…" : "") + text.slice(from, start),
    marked: long
      ? `${text.slice(start, Math.min(stop, start + MAX_MARKED)).trimEnd()}…`
      : text.slice(start, stop),
    after: long ? "" : text.slice(stop, to) + (to < lineEnd ? "…" : ""),
  };
}

/** The length of a line without its break. */
function lineLength(text: string, lines: LineIndex, line: number): number {
  const start = lines[line] ?? 0;
  let end = lines[line + 1] ?? text.length;
  while (end > start && /[\r\n]/.test(text.charAt(end - 1))) end--;
  return end - start;
}

/** The start of the excerpt before a place: at a word's start, if there is one near. */
function wordStart(text: string, least: number, start: number): number {
  if (start - least <= AROUND) return least;
  // Only a bounded part is searched, because a line may have no space at all.
  const space = text.slice(start - AROUND, start).indexOf(" ");
  return space < 0 ? start : start - AROUND + space + 1;
}

function wordEnd(text: string, end: number, most: number): number {
  if (most - end <= AROUND) return most;
  const space = text.slice(end + 1, end + AROUND + 1).lastIndexOf(" ");
  return space < 0 ? end : end + 1 + space;
}
