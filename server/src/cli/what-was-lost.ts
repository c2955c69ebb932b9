import { diffArrays } from "diff";
import type { Finding } from "../draft/finding.ts";
import { isTooLarge } from "../draft/largest.ts";
import { type Draft, holdsProse } from "../draft/draft.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { countedByKind, isKnown, numbered } from "../engine/known-findings.ts";
import { lint } from "../engine/lint.ts";
import { type FormatId, getFormat } from "../formats/registry.ts";
import { type DigestedFinding, withDigests } from "../project/facts.ts";
import { getSequence, type Sequence, spanOfWord } from "../repeats/sequence.ts";
import { hashOfRow } from "../repeats/words.ts";
import { kindOfRule, RULES } from "../rules/index.ts";
import { KINDS } from "../rules/rule.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { beginning } from "../text/excerpt.ts";
import { lineIndex } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import { type Range, toRange } from "./reported.ts";

/** What a rewrite removed from a text or left behind in it. Lines and characters count from 0. */
export interface WhatWasLost {
  /** Words of the earlier text that the later one lacks, and their places. */
  readonly gone: readonly { readonly text: string; readonly range: Range }[];
  /** Findings in the later text that the earlier one did not have. */
  readonly cutOff: readonly Trace[];
  readonly doubled: readonly Trace[];
  /** How many more there are in total than are listed. */
  readonly leftOut: number;
}

type Trace = Pick<Finding, "rule" | "severity" | "message"> & { readonly range: Range };

/** The most of each that are listed. */
export const MOST_LISTED = 100;

const LONGEST = 240;

/** Compares two versions of a text; undefined if one is larger than a draft may be. Pure. */
export function whatWasLost(
  before: string,
  after: string,
  format: FormatId,
): WhatWasLost | undefined {
  if ([before, after].some((text) => isTooLarge(text, lineIndex(text)))) return undefined;
  const reader = getFormat(format);
  const [earlier, later] = [reader.parse(before), reader.parse(after)];
  const range = (draft: Draft, { start, end }: Span): Range =>
    toRange(linesOfDraft(draft), start, end);
  const gone = goneWords(getSequence(earlier), getSequence(later)).map((span) => ({
    text: beginning(before.slice(span.start, span.end), LONGEST),
    range: range(earlier, span),
  }));
  const known = countedByKind(found(earlier));
  const fresh = found(later).filter((finding) => !isKnown(finding, known, RULES));
  const [cutOff, doubled] = [false, true].map((isWanted) =>
    fresh
      .filter(({ rule }) => DOUBLED.has(kindOfRule(rule)) === isWanted)
      .map(({ rule, severity, message, ...span }): Trace => {
        return { rule, severity, message, range: range(later, span) };
      }),
  ) as [Trace[], Trace[]];
  const all = { gone, cutOff, doubled };
  const lists = Object.values(all);
  const leftOut = lists.reduce((sum, { length }) => sum + Math.max(0, length - MOST_LISTED), 0);
  for (const list of lists) list.splice(MOST_LISTED);
  return { ...all, leftOut };
}

const DOUBLED: ReadonlySet<string> = new Set([KINDS.repeat, KINDS.doubled]);

function found(draft: Draft): (DigestedFinding & { readonly ordinal: number })[] {
  return numbered(withDigests(draft, lint(draft, RULES, DEFAULT_SETTINGS)));
}

/** If texts differ by more words than this, only whole paragraphs are compared: the work is bounded by its square. */
const MOST_CHANGES = 2000;

/** The stretches of words that the later text lacks, in UTF-16 units of the earlier one, in order. */
function goneWords(earlier: Sequence, later: Sequence): Span[] {
  const options = { maxEditLength: MOST_CHANGES };
  const parts = diffArrays([...earlier.words], [...later.words], options);
  const isGone = new Uint8Array(earlier.words.length).fill(parts === undefined ? 1 : 0);
  let at = 0;
  for (const { added, removed, count } of parts ?? []) {
    if (removed) isGone.fill(1, at, at + count);
    if (!added) at += count;
  }
  // A passage that moved as a whole is not lost.
  const kept = new Set(paragraphs(later).map(({ hash }) => hash));
  return paragraphs(earlier).flatMap(({ start, end, hash }) =>
    kept.has(hash)
      ? []
      : runs(isGone.subarray(start, end)).map((run) => ({
          start: spanOfWord(earlier, start + run.start).start,
          end: spanOfWord(earlier, start + run.end - 1).end,
        })),
  );
}

/** The blocks of prose, from the first word to after the last. */
function paragraphs({ draft, first, words }: Sequence): (Span & { readonly hash: number })[] {
  return draft.blocks.flatMap((block, index) => {
    const [start = 0, end = 0] = first.subarray(index, index + 2);
    return holdsProse(block) ? [{ start, end, hash: hashOfRow(words, start, end) }] : [];
  });
}

/** The marked stretches. A shorter unmarked stretch between two of them is equal only by chance. */
function runs(marks: Uint8Array): Span[] {
  const found: Span[] = [];
  for (let start = 0; start < marks.length; start++) {
    if (marks[start] === 0) continue;
    let end = start + 1;
    while (marks[end] === 1) end++;
    const last = found.at(-1);
    const gap = last === undefined ? Infinity : start - last.end;
    const isOne = last !== undefined && gap < Math.min(last.end - last.start, end - start);
    if (isOne) found[found.length - 1] = { start: last.start, end };
    else found.push({ start, end });
    start = end;
  }
  return found;
}
