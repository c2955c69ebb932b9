import type { Block, Draft } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";

/** A day as its year, month and day; the last may be unknown. */
export type DraftDate = readonly number[];

/**
 * A line of YAML, TOML or JSON at the top level that gives a date with the year first, possibly quoted. Other forms of
 * a date ("May 1, 2024") are read differently by every tool.
 */
const FIELD =
  /^(?:["']|[ \t]{1,8}")?(\w{1,24})["']?[ \t]{0,80}[:=][ \t]{0,80}["']?(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)/gim;

/** The names of dates in front matter; a draft was first written before it was changed. */
const FIELDS = [
  "date published publishdate pubdate publish_date published_at datepublished",
  "created created_at creationdate datecreated",
  "lastmod updated updated_at modified last_modified last_modified_at lastupdated",
].map((names) => names.split(" "));

/** A line of front matter that gives where the draft is published. */
const ADDRESS =
  /^["']?(?:path|permalink|slug|url)["']?[ \t]{0,80}[:=][ \t]{0,80}(\S[^\n]{0,300})/im;

/** The date in a draft's front matter; undefined if it has none. */
export function declaredDate(draft: Draft): DraftDate | undefined {
  const first = draft.blocks[0];
  return first?.kind === "metadata" ? inFrontMatter(first).date : undefined;
}

const inFrontMatter = perBlock((block: Block): { readonly date: DraftDate | undefined } => {
  const dates: (DraftDate | undefined)[] = FIELDS.map(() => undefined);
  for (const [, name = "", ...parts] of block.source.matchAll(FIELD)) {
    const key = name.toLowerCase();
    const at = FIELDS.findIndex((names) => names.includes(key));
    if (at >= 0) dates[at] ??= toDate(parts);
  }
  const [, address = ""] = ADDRESS.exec(block.source) ?? [];
  return { date: dates.find((date) => date !== undefined) ?? dateInPath(address) };
});

/** A date in a path, between characters that are not figures: 2024-05-01, 2024_05, 20240501, 2024/05/01. */
const IN_PATH = /(?<!\d)((?:19|20)\d\d)(?:([-_./]?)([01]\d)(?:\2([0-3]\d))?)(?!\d)/g;

/** The last date in a path: a file's name is more exact than its folders. */
export function dateInPath(path: string): DraftDate | undefined {
  let latest: DraftDate | undefined;
  for (const [, year = "", , month = "", day] of path.matchAll(IN_PATH)) {
    latest = toDate(day === undefined ? [year, month] : [year, month, day]) ?? latest;
  }
  return latest;
}

/** Below 0 if `a` is before `b`, above 0 if it is after; 0 if that can't be known. */
export function compareDates(a: DraftDate, b: DraftDate): number {
  const shorter = Math.min(a.length, b.length);
  for (let at = 0; at < shorter; at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

function toDate(parts: readonly string[]): DraftDate | undefined {
  const date = parts.map(Number);
  const [, month = 1, day = 1] = date;
  return month >= 1 && month <= 12 && day >= 1 && day <= 31 ? date : undefined;
}
