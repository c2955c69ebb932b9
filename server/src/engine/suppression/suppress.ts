import type { Rule, SuppressionComment } from "../../rules/rule.ts";
import { namesOfRule } from "../../rules/support/stets.ts";
import { acceptingPhrases } from "./accept.ts";
import { type Block, blockAt, blockEnd, type Draft, type Mark } from "../../draft/draft.ts";
import type { Finding } from "../../draft/finding.ts";
import type { Settings, StetEntry } from "../../settings/settings.ts";
import type { Span } from "../../text/span.ts";
import { MASK, proseOffset, sourceSpan } from "../../draft/prose.ts";
import { getSentences } from "../../language/sentences.ts";
import { blocksWhere, withFollowing } from "../../draft/incremental/blocks-where.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";
import { perBlock } from "../../draft/incremental/per-block.ts";
import { fnv1a } from "../../text/hash.ts";
import { partitionPointBy } from "../../text/search.ts";
import { addToList } from "../../text/lists.ts";

export interface Suppressed {
  readonly remaining: readonly Finding[];
  /** The draft's comments, each with whether it suppresses one of these findings. */
  readonly comments: readonly SuppressionComment[];
  /** The entries of `stet` that suppress one. */
  readonly entries: ReadonlySet<StetEntry>;
  /** The accepted phrases that do, each with one space between its words. */
  readonly phrases: ReadonlySet<string>;
}

/**
 * Removes the findings that the draft or the project suppresses, and reports what did: everything that suppresses one,
 * even if something else does too. The findings need not be complete.
 */
export function applySuppressions(
  draft: Draft,
  rules: readonly Rule[],
  settings: Pick<Settings, "accept" | "stet">,
  findings: readonly Finding[],
): Suppressed {
  const stets = readStets(draft);
  const groups = stetGroups(stets);
  const usedEntries = new Set<StetEntry>();
  const accepted = new Set<string>();
  const getDigest = passageDigests(draft);
  const byHash = settings.stet.length === 0 ? undefined : entriesByHash(settings.stet);
  const remaining = findings.filter((finding) => {
    const names = namesOfRule(rules, finding.rule);
    const phrases = acceptingPhrases(draft, rules, settings.accept, finding);
    const entries = (byHash?.get(getDigest(finding)) ?? []).filter(({ rule }) =>
      names.includes(rule),
    );
    for (const phrase of phrases) accepted.add(phrase);
    for (const entry of entries) usedEntries.add(entry);
    return !groups.silence(finding, names) && phrases.size + entries.length === 0;
  });
  const usedStets = groups.used();
  const comments = [...stets.late, ...stets.wholeFile, ...stets.local].map((stet) => ({
    ...stet,
    used: usedStets.has(stet),
  }));
  return { remaining, comments, entries: usedEntries, phrases: accepted };
}

const entriesByHash = memoizeOn<readonly StetEntry[]>()((entries) => {
  const index = new Map<string, StetEntry[]>();
  for (const entry of entries) addToList(index, entry.hash, entry);
  return index;
});

/** Whether the draft as a whole is turned off by a `stet-file` comment without rule names. */
export function isSwitchedOff(draft: Draft): boolean {
  return readStets(draft).wholeFile.some((stet) => stet.rules.length === 0);
}

/** The rules that `stet-file` comments turn off in the draft, by their current ids. */
export function rulesOffInDraft(draft: Draft, rules: readonly Rule[]): string[] {
  const named = new Set(readStets(draft).wholeFile.flatMap((stet) => stet.rules));
  if (named.size === 0) return [];
  return rules
    .map(({ id }) => id)
    .filter((id) => namesOfRule(rules, id).some((name) => named.has(name)));
}

/** The passage a finding is about: what is hashed, and the words by which people recognise it. */
interface Passage {
  readonly hashed: string;
  readonly shown: string;
}

/** Sentences in the blocks from `first` to `last`: from an offset in the prose of the first to one in that of the last. */
interface Extent {
  readonly first: number;
  readonly last: number;
  readonly from: number;
  readonly to: number;
}

/** The sentences that a finding touches. Other sentences of its paragraph can be edited without touching it. */
function getExtent(draft: Draft, { start, end }: Span): Extent {
  const first = Math.max(0, blockAt(draft, start));
  const last = Math.max(first, blockAt(draft, Math.max(start, end - 1)));
  const begun = sentencesIn(draft, first, start, end);
  const ended = first === last ? begun : sentencesIn(draft, last, start, end);
  return { first, last, from: begun.start, to: ended.end };
}

/** A sentence of fewer UTF-16 units, such as “He said .”, may be in a draft again: it counts with the one beside it. */
const SHORT_SENTENCE = 20;

/** The sentences of a block that a span of the draft touches, in offsets of the block's prose. */
function sentencesIn(draft: Draft, index: number, start: number, end: number): Span {
  const block = draft.blocks[index];
  if (block === undefined || isWordless(block)) return { start: 0, end: Infinity };
  const sentences = getSentences(block);
  if (sentences.length === 0) return { start: 0, end: Infinity };
  const place = draft.starts[index] ?? 0;
  const from = proseOffset(block.prose, start - place);
  const to = Math.max(from + 1, proseOffset(block.prose, end - place));
  let last = Math.max(0, partitionPointBy(sentences, (one) => one.start < to) - 1);
  let first = Math.min(
    last,
    partitionPointBy(sentences, (one) => one.end <= from),
  );
  const startOf = (at: number): number => sentences[at]?.start ?? 0;
  const endOf = (at: number): number => sentences[at]?.end ?? 0;
  const isShort = (): boolean => endOf(last) - startOf(first) < SHORT_SENTENCE;
  while (first > 0 && isShort()) first--;
  while (last + 1 < sentences.length && isShort()) last++;
  return { start: startOf(first), end: endOf(last) };
}

/** The words of some sentences. Without any, as in an empty list item, a passage is identified by its neighbours. */
function getPassage(draft: Draft, { first, last, from, to }: Extent): Passage {
  const passages: string[] = [];
  for (let at = first; at <= last; at++) {
    const block = draft.blocks[at];
    if (block === undefined) continue;
    passages.push(passageIn(block, at === first ? from : 0, at === last ? to : Infinity));
  }
  const passage = passages.join("\n");
  return hasWords(passage)
    ? { hashed: passage, shown: passage }
    : emptyPassage(draft, first, last + 1, passage);
}

/** A passage without words, from block `first` up to but not including block `end`, by its neighbours. */
function emptyPassage(draft: Draft, first: number, end: number, passage: string): Passage {
  const previous = wordsBeside(draft, first, -1);
  const next = wordsBeside(draft, end - 1, 1);
  return {
    hashed: [previous.digest, previous.distance, passage, next.distance, next.digest].join("\n"),
    shown: beginningAt(draft, previous.digest === "" ? first : first - previous.distance),
  };
}

/** How far from a passage without words its neighbours are searched, in blocks. */
const FARTHEST = 64;

function wordsBeside(
  draft: Draft,
  index: number,
  step: 1 | -1,
): { digest: string; distance: number } {
  for (let distance = 1; distance <= FARTHEST; distance++) {
    const block = draft.blocks[index + step * distance];
    const digest = block === undefined ? "" : wordsDigest(block);
    if (block === undefined || digest !== "") return { digest, distance };
  }
  return { digest: "", distance: FARTHEST };
}

/** The digest of a block's words, which many passages may be beside; "" if it has none. */
const wordsDigest = perBlock((block): string => {
  const passage = passageIn(block);
  return hasWords(passage) ? passageHash(passage) : "";
});

/** The words of a block between two offsets of its prose, with the source of what is masked; without words, its source. */
function passageIn(block: Block, from = 0, to = Infinity): string {
  const { prose, source } = block;
  if (isWordless(block)) return squeeze(source);
  const unmasked = prose.text.slice(from, to).replace(MASKS, (_, at: number) => {
    const masked = sourceSpan(prose, { start: from + at, end: from + at + 1 });
    return source.slice(masked.start, masked.end);
  });
  return squeeze(unmasked);
}

const MASKS = new RegExp(MASK, "g");

/** Whether a block's prose has no words; such a block counts as a whole. */
const isWordless = perBlock(({ prose }) => !hasWords(prose.text));

function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text);
}

/** The entry for `.galley.json` that suppresses a finding. */
export function stetEntry(draft: Draft, finding: Finding): StetEntry {
  const { hashed, shown } = getPassage(draft, getExtent(draft, finding));
  return { rule: finding.rule, text: firstWords(shown), hash: passageHash(hashed) };
}

/** Returns a function that gives the digest of a finding's passage, as in its `stet` entry. */
export function passageDigests(draft: Draft): (finding: Span & Pick<Finding, "rest">) => string {
  const known = new Map<string, string>();
  return (finding) => {
    // Unlisted findings have no passage; their number identifies them.
    if (finding.rest !== undefined) return passageHash("");
    const extent = getExtent(draft, finding);
    const { first, last, from, to } = extent;
    const key = `${first} ${from} ${last} ${to}`;
    const digest = known.get(key) ?? passageHash(getPassage(draft, extent).hashed);
    known.set(key, digest);
    return digest;
  };
}

/** How many words of its passage an entry shows. */
const SHOWN_WORDS = 8;

/** The first words from a block on, as an entry shows them. */
function beginningAt(draft: Draft, index: number): string {
  let words = "";
  for (let at = index; at < draft.blocks.length && at < index + SHOWN_WORDS; at++) {
    words = firstWords(`${words} ${draft.blocks[at]?.source ?? ""}`);
    if (words.split(" ").length >= SHOWN_WORDS) break;
  }
  return words;
}

function firstWords(text: string): string {
  return text.trim().split(/\s+/, SHOWN_WORDS).join(" ");
}

function squeeze(source: string): string {
  return source.trim().replace(/\s+/g, " ");
}

/** The FNV-1a hash of a passage, in eight hexadecimal digits. */
export function passageHash(passage: string): string {
  return (fnv1a(passage) >>> 0).toString(16).padStart(8, "0");
}

interface Stet extends Omit<SuppressionComment, "used"> {
  /** What it refers to, in draft offsets. */
  readonly scope: Span;
  /** Findings that end before this offset are not meant. */
  readonly from: number;
}

/** Those of one block each by place, and those of the whole draft. */
interface Stets {
  readonly local: readonly Stet[];
  readonly wholeFile: readonly Stet[];
  /** stet-file comments below the top. */
  readonly late: readonly Stet[];
}

const STET = /^stet(-file)?(?:\s+([^\s:—][^:—]*)?)?(?:[:—].*)?$/isu;

/** A stet as written, before it is known what it refers to. */
type Unplaced = Omit<Stet, "scope" | "from">;

/**
 * Every stet with what it refers to. For one in a block's text that is what follows it there, or else the block; for
 * one between blocks, the next block, or the one before it on its line; for a stet-file at the top, the draft.
 */
const readStets = memoizeOn<Draft>()((draft): Stets => {
  const local: Stet[] = [];
  const wholeFile: Stet[] = [];
  const late: Stet[] = [];
  let waiting: Unplaced[] = [];
  let behind: Span | undefined;
  const top = topIndex(draft);
  const isWaiting = (): boolean => waiting.length > 0;
  for (const { block, index, start } of withFollowing(draft, withComment(draft), isWaiting)) {
    if (block.kind === "comment") behind = blockBeside(draft, index, behind);
    const here = stetsIn(block, start);
    if (here.length + waiting.length === 0) continue;
    const scope = { start, end: blockEnd(draft, index) };
    for (const stet of here) {
      if (!stet.wholeFile) continue;
      (index <= top ? wholeFile : late).push({ ...stet, scope, from: 0, late: index > top });
    }
    const inBlock = here.filter((stet) => !stet.wholeFile);
    if (block.kind !== "comment") {
      // Waiting stets apply to the next block that is not a comment.
      for (const stet of waiting) local.push({ ...stet, scope, from: start });
      local.push(...placedIn(block, scope, inBlock));
      waiting = [];
    } else if (behind === undefined) waiting.push(...inBlock);
    else for (const stet of inBlock) local.push({ ...stet, scope: behind, from: behind.start });
  }
  // No block follows these.
  for (const stet of waiting) {
    local.push({ ...stet, scope: { start: stet.end, end: stet.end }, from: stet.end });
  }
  return { local, wholeFile, late };
});

const withComment = blocksWhere(
  (block) => block.kind === "comment" || block.marks.some(({ kind }) => kind === "comment"),
);

/** The block that a comment ends the line of, as in `<p>It rained.</p> <!-- stet -->`, if its line has nothing more. */
function blockBeside(draft: Draft, index: number, last: Span | undefined): Span | undefined {
  const { blocks } = draft;
  if (index === 0 || !isSameLine(draft, index)) return undefined;
  if (blocks[index - 1]?.kind === "comment") return last;
  const next = blocks[index + 1];
  if (next !== undefined && next.kind !== "comment" && isSameLine(draft, index + 1)) {
    return undefined;
  }
  return { start: draft.starts[index - 1] ?? 0, end: blockEnd(draft, index - 1) };
}

/** Whether a block begins on the line on which the one before it ends. */
function isSameLine(draft: Draft, index: number): boolean {
  const end = Math.max(0, blockEnd(draft, index - 1) - 1);
  return !/[\r\n]/.test(draft.text.slice(end, draft.starts[index]));
}

/** The stets in a block's text: for what follows there, or for all of it if they are at its beginning or end. */
function placedIn({ source, prose }: Block, scope: Span, stets: readonly Unplaced[]): Stet[] {
  const begun = stets.length === 0 ? 0 : beginning(stets, source, scope.start);
  let isFollowed = false;
  let end = prose.text.length;
  const fromEnd = stets.toReversed().map((stet, at): Stet => {
    const next = proseOffset(prose, stet.end - scope.start);
    isFollowed ||= /[\p{L}\p{N}\uFFFC]/u.test(prose.text.slice(next, end));
    end = next;
    const isWithin = isFollowed && stets.length - 1 - at >= begun;
    return { ...stet, scope, from: isWithin ? stet.end : scope.start };
  });
  return fromEnd.reverse();
}

/** The index of the first block of the text itself, after front matter and comments. */
function topIndex({ blocks }: Draft): number {
  let index = 0;
  while (blocks[index]?.kind === "metadata" || blocks[index]?.kind === "comment") index++;
  return index;
}

/** How many of a block's stets come before its words. */
function beginning(stets: readonly Span[], source: string, start: number): number {
  const space = /\s*/y;
  space.exec(source);
  let count = 0;
  for (const stet of stets) {
    if (stet.start - start > space.lastIndex) break;
    count++;
    space.lastIndex = stet.end - start;
    space.exec(source);
  }
  return count;
}

function stetsIn(block: Block, start: number): Unplaced[] {
  if (block.marks.length === 0) return [];
  return block.marks
    .filter((mark) => mark.kind === "comment")
    .map((mark) => parseStet(mark, start))
    .filter((stet) => stet !== undefined);
}

function parseStet(mark: Mark, blockStart: number): Unplaced | undefined {
  const match = STET.exec(mark.label ?? "");
  if (match === null) return undefined;
  return {
    start: blockStart + mark.start,
    end: blockStart + mark.end,
    rules: (match[2] ?? "")
      .toLowerCase()
      .split(/[\s,]+/)
      .filter((word) => word !== ""),
    wholeFile: match[1] !== undefined,
    late: false,
  };
}

/** Stets that mean one rule, of one block or of the whole draft. */
interface Group {
  readonly stets: readonly Stet[];
  /** The first offset from which one of them counts. */
  readonly from: number;
  /** The last end of the findings that they silence, or -1. */
  end: number;
}

interface StetGroups {
  /** Whether any stet silences a finding of a rule with these names. */
  readonly silence: (finding: Finding, names: readonly string[]) => boolean;
  /** Those that silenced one. */
  readonly used: () => ReadonlySet<Stet>;
}

/** Each group is read once for all its findings, since a block may have thousands of both. */
function stetGroups({ wholeFile, local }: Stets): StetGroups {
  const groups = new Map<string, Group>();
  const groupFor = (key: string, among: () => readonly Stet[], names: readonly string[]): Group => {
    let group = groups.get(key);
    if (group === undefined) {
      const isMeant = ({ rules }: Stet): boolean =>
        rules.length === 0 || rules.some((rule) => names.includes(rule));
      const stets = among().filter(isMeant);
      const from = stets.reduce((least, stet) => Math.min(least, stet.from), Infinity);
      group = { stets, from, end: -1 };
      groups.set(key, group);
    }
    return group;
  };
  return {
    silence: ({ rule, start, end }, names) => {
      const found = [groupFor(rule, () => wholeFile, names)];
      const last = lastBefore(local, start);
      const scope = local[last]?.scope;
      if (scope !== undefined && start < scope.end) {
        // Scopes are blocks in order, so the stets of one are adjacent.
        const ofBlock = (): readonly Stet[] =>
          local.slice(lastBefore(local, scope.start - 1) + 1, last + 1);
        found.push(groupFor(`${rule} ${scope.start}`, ofBlock, names));
      }
      const silencing = found.filter(({ from }) => from <= end);
      for (const group of silencing) group.end = Math.max(group.end, end);
      return silencing.length > 0;
    },
    used: () =>
      new Set(
        [...groups.values()].flatMap((group) => group.stets.filter((one) => one.from <= group.end)),
      ),
  };
}

/** The last stet whose scope begins at or before an offset, or -1. */
function lastBefore(stets: readonly Stet[], offset: number): number {
  return partitionPointBy(stets, ({ scope }) => scope.start <= offset) - 1;
}
