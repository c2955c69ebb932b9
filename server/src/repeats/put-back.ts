import type { Allowance } from "../deletion/allowance.ts";
import { replacementIn } from "../deletion/clean-cut.ts";
import { partnersIn, windowAround } from "../deletion/window.ts";
import {
  type Block,
  blockAt,
  blockEnd,
  type Draft,
  holdsProse,
  type Mark,
  normalLabel,
} from "../draft/draft.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { MASK, proseOffset, sourceSpan } from "../draft/prose.ts";
import type { Edit } from "../text/edits.ts";
import { overlaps, shifted, type Span, within } from "../text/span.ts";
import type { Sequence } from "./sequence.ts";
import { getWords } from "./words.ts";

/** The text in a block between two words that are not next to each other, or between its end and one. */
export interface Zone {
  readonly draft: Draft;
  readonly block: Block;
  readonly start: number;
  readonly span: Span;
  /** The zone in the block's prose, and the words in it; an empty span if there are none. */
  readonly prose: Span;
  readonly words: Span;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** The zone of some words of a block; undefined if they are not all of it, or it is not prose. */
export function toZone({ draft, first }: Sequence, index: number, words: Span): Zone | undefined {
  const block = draft.blocks[index];
  const start = draft.starts[index] ?? 0;
  if (block === undefined || !holdsProse(block)) return undefined;
  const blockWords = getWords(block);
  const { start: begin, end } = shifted(words, -(first[index] ?? 0));
  if (begin < 0 || end > blockWords.starts.length) return undefined;
  const prose = {
    start: begin === 0 ? 0 : (blockWords.ends[begin - 1] ?? 0),
    end: blockWords.starts[end] ?? block.prose.text.length,
  };
  return {
    draft,
    block,
    start,
    span: shifted(sourceSpan(block.prose, prose), start),
    prose,
    words:
      begin === end
        ? { start: prose.end, end: prose.end }
        : { start: blockWords.starts[begin] ?? 0, end: blockWords.ends[end - 1] ?? 0 },
    atStart: begin === 0,
    atEnd: end === blockWords.starts.length,
  };
}

/** Words of one draft inserted into another. */
export interface PutBack {
  readonly edit: Edit;
  /** What is put back, as text. */
  readonly words: string;
  /** Its place in the draft it is from. */
  readonly from: number;
  readonly reading: Reading;
}

/**
 * Puts words of one copy into the gap of another, with the spaces and marks around them: their source, if it is in the
 * same format and has no half of a pair, else their text, escaped. Existing marks must be equal in both; only white
 * space is replaced. The result was parsed: it reads as in the copy, and the rest as before.
 */
export function putBack(
  hole: Zone,
  gap: Span,
  theirs: Zone,
  allowance: Allowance,
): PutBack | undefined {
  const [empty] = emptyMarks(hole, gap);
  if (empty === undefined && holdsOtherEmptyMark(hole, theirs)) return undefined;
  if (empty !== undefined && theirs.draft.format === hole.draft.format) {
    const put = linkTextFor(empty, gap, theirs);
    return put !== undefined && readAsMeant(hole.draft, [put], allowance) ? put : undefined;
  }
  for (const taken of [takeSource(hole, gap, theirs), takeText(hole, theirs)]) {
    const put = taken && filled(hole, gap, theirs, taken);
    if (put !== undefined && readAsMeant(hole.draft, [put], allowance)) return put;
  }
  return undefined;
}

/** How some words are taken from a draft. */
interface Taken {
  /** The words with their own markup, in their block's source. */
  readonly core: Span;
  /** A stretch of prose around them as written; undefined if that is impossible. */
  readonly write: (
    prose: Span,
  ) => (Pick<PutBack, "reading"> & { readonly text: string }) | undefined;
}

/** How many nested pairs of tags are considered. */
const MOST_TAGS = 8;

/** The source of a zone's words; undefined in a draft of another format, or if it would nest markup in its like. */
function takeSource(hole: Zone, gap: Span, theirs: Zone): Taken | undefined {
  const { draft, block, start } = theirs;
  if (draft.format !== hole.draft.format) return undefined;
  let core = sourceSpan(block.prose, theirs.words);
  // The first and the last words of a block have its first and last marks.
  const whole = {
    start: theirs.atStart ? 0 : theirs.span.start - start,
    end: theirs.atEnd ? block.source.length : theirs.span.end - start,
  };
  // A link inside a link is not one, and emphasis inside emphasis may end it.
  const place = shifted(gap, -hole.start);
  const inMark = hole.block.marks.some((mark) => mark.start < place.start && place.end < mark.end);
  const around = core;
  for (const mark of block.marks) {
    if (!overlaps(mark, around) || !within(mark, whole)) continue;
    if (inMark) return undefined;
    core = { start: Math.min(core.start, mark.start), end: Math.max(core.end, mark.end) };
  }
  // Tags with no other words between them and the words belong to the words.
  const partners = partnersIn(draft);
  for (let round = 0; round < MOST_TAGS; round++) {
    const [from, to] = partners.extent(start + core.start, start + core.end);
    const wholeMarkup = {
      start: Math.min(from - start, core.start),
      end: Math.max(to - start, core.end),
    };
    const isMarkup =
      proseOffset(block.prose, wholeMarkup.start) === proseOffset(block.prose, core.start) &&
      proseOffset(block.prose, wholeMarkup.end) === proseOffset(block.prose, core.end);
    if (within(wholeMarkup, core) || !within(wholeMarkup, whole) || !isMarkup) break;
    core = wholeMarkup;
  }
  return {
    core,
    write: (prose) => {
      const span = sourceSpan(block.prose, prose);
      const all = { start: Math.min(span.start, core.start), end: Math.max(span.end, core.end) };
      const place = shifted(all, start);
      const [from, to] = partners.extent(place.start, place.end);
      if (from < place.start || to > place.end) return undefined;
      // “[office]” may not be a reference: its brackets are read as text.
      const referring = block.marks.filter(
        (mark) =>
          overlaps(mark, all) &&
          (mark.kind === "footnote" || block.source.slice(mark.start, mark.end).includes("][")),
      );
      if (!areDefined(referring, draft, hole.draft)) return undefined;
      const text = draft.format.markup.toOneLine(block.source.slice(all.start, all.end));
      return { text, reading: readAround(draft, place) };
    },
  };
}

/** Whether everything that some marks of a draft refer to is defined in another too, unless neither defines it. */
function areDefined(referring: readonly Mark[], from: Draft, to: Draft): boolean {
  return referring.every(({ kind, label }) => {
    if (kind !== "reference" && kind !== "footnote") return true;
    const key = `${kind} ${normalLabel(label)}`;
    return defined(to).has(key) || !defined(from).has(key);
  });
}

/** What is defined in a draft, by the kind of marks that refer to it and its label. */
const defined = memoizeOn<Draft>()((draft): ReadonlySet<string> => {
  const keys = draft.blocks.flatMap(({ marks: all }) =>
    all.flatMap(({ kind, label }) => {
      if (kind === "definition") return [`reference ${normalLabel(label)}`];
      return kind === "footnote-definition" ? [`footnote ${normalLabel(label)}`] : [];
    }),
  );
  return new Set(keys);
});

/** The text of a zone's words; none if something in it is not text. */
function takeText({ draft }: Zone, { block, words }: Zone): Taken {
  return {
    core: sourceSpan(block.prose, words),
    write: ({ start, end }) => {
      const text = block.prose.text.slice(start, end).replace(/\s+/g, " ");
      if (text.includes(MASK)) return undefined;
      return {
        text: draft.format.markup.escapeText(text),
        reading: { text: withoutSpace(text), marks: [] },
      };
    },
  };
}

function filled(hole: Zone, gap: Span, theirs: Zone, { core, write }: Taken): PutBack | undefined {
  const { block } = theirs;
  const { before, after } = around(hole, shifted(gap, -hole.start));
  const other = around(theirs, core);
  const lead = marksAlong(before, other.before, true);
  const trail = marksAlong(after, other.after, false);
  if (lead === undefined || trail === undefined) return undefined;
  const written = write({
    start: theirs.prose.start + other.before.length - lead.units,
    end: theirs.prose.end - other.after.length + trail.units,
  });
  if (written === undefined) return undefined;
  const { source } = hole.block;
  const charAt = (at: number): string => source.charAt(at - hole.start);
  const spaces = hasEmptyMark(hole, gap)
    ? ["", ""]
    : [
        spaceBeside(before, hole.atStart, charAt(gap.start - 1), lead, theirs.atStart),
        spaceBeside(after, hole.atEnd, charAt(gap.end), trail, theirs.atEnd),
      ];
  return {
    edit: { start: gap.start, end: gap.end, newText: spaces.join(written.text) },
    words: block.prose.text.slice(theirs.words.start, theirs.words.end).replace(/\s+/g, " "),
    from: theirs.start + core.start,
    reading: written.reading,
  };
}

/** Whether a mark without text is in a stretch of a draft, which may be that text: `[](/it)`. */
export function hasEmptyMark(zone: Zone, span: Span): boolean {
  return emptyMarks(zone, span).length > 0;
}

/** Whether one of two copies has a mark without text that the other has not, so that the words may be its text. */
function holdsOtherEmptyMark(hole: Zone, theirs: Zone): boolean {
  const sources = ({ block, span, ...zone }: Zone): string[] =>
    emptyMarks({ ...zone, block }, span).map(({ start, end }) => block.source.slice(start, end));
  const others = sources(theirs);
  return sources(hole).some((source) => !others.includes(source));
}

/** The marks without text in a stretch of a draft. */
function emptyMarks(
  { block: { marks, source }, start }: Pick<Zone, "block" | "start">,
  span: Span,
): readonly Mark[] {
  return marks.filter(
    ({ text }) =>
      text !== undefined &&
      within(shifted(text, start), span) &&
      source.slice(text.start, text.end).trim() === "",
  );
}

/** The text of the link to the same target among the words, as written. Two links side by side may both be empty. */
function linkTextFor({ target }: Mark, gap: Span, theirs: Zone): PutBack | undefined {
  const { draft, block, start } = theirs;
  const words = sourceSpan(block.prose, theirs.words);
  const [text, ...others] = block.marks.flatMap((mark) =>
    mark.text && mark.target === target && overlaps(mark.text, words) ? [mark.text] : [],
  );
  if (text === undefined || others.length > 0) return undefined;
  const place = shifted(text, start);
  const [from, to] = [proseOffset(block.prose, text.start), proseOffset(block.prose, text.end)];
  const source = draft.text.slice(place.start, place.end);
  return {
    edit: { ...gap, newText: draft.format.markup.toOneLine(source) },
    words: block.prose.text.slice(from, to).replace(/\s+/g, " "),
    from: place.start,
    reading: readAround(draft, place),
  };
}

/** The space between inserted words and their neighbours. There is none at the edge of a paragraph. */
function spaceBeside(
  mine: string,
  isEdge: boolean,
  char: string,
  along: Along,
  isTheirEdge: boolean,
): string {
  const isBare = mine.trim() === "";
  if ((isEdge && isBare) || /\s/.test(char)) return "";
  return isTheirEdge && along.units === 0 && isBare ? " " : along.space;
}

/** The prose of a zone on both sides of a place in its block's source. */
function around({ block, prose }: Zone, place: Span): { before: string; after: string } {
  const { text } = block.prose;
  return {
    before: text.slice(prose.start, Math.max(prose.start, proseOffset(block.prose, place.start))),
    after: text.slice(Math.min(prose.end, proseOffset(block.prose, place.end)), prose.end),
  };
}

/** How many units of the marks beside some words are included, and the space between them and their neighbours. */
interface Along {
  readonly units: number;
  readonly space: string;
}

/** Which of the other copy's marks beside its words are included: those not here yet. `isBefore`: those before them. */
function marksAlong(mine: string, theirs: string, isBefore: boolean): Along | undefined {
  const ours = marks(mine);
  const all = marks(theirs);
  if (isBefore ? !all.startsWith(ours) : !all.endsWith(ours)) return undefined;
  // A mark that only the other has belongs to the words: “Plan (CNAP).”
  const most = ours === "" ? theirs.length : unitCount(theirs, all.length - ours.length, isBefore);
  const taken = isBefore ? theirs.slice(theirs.length - most) : theirs.slice(0, most);
  const rest = isBefore ? theirs.slice(0, theirs.length - most) : theirs.slice(most);
  const units = (isBefore ? taken.trimStart() : taken.trimEnd()).length;
  const isApart = units < most || (isBefore ? /\s$/ : /^\s/).test(rest);
  return { units, space: isApart ? " " : "" };
}

/** How many units of a text, from its end or its start, contain this many marks. */
function unitCount(text: string, count: number, fromEnd: boolean): number {
  let units = 0;
  for (let left = count; left > 0; units++) {
    if (marks(text.charAt(fromEnd ? text.length - 1 - units : units)) !== "") left--;
  }
  return units;
}

/** The marks of a text, whatever style the quotation marks have. */
function marks(text: string): string {
  return withoutSpace(text).replace(/[“”„]/g, '"').replace(/[‘’]/g, "'");
}

// ── Trying it ─────────────────────────────────────────────────────────────────────────────────────

/** What is read in a stretch of a draft: its prose without white space, and its marks. */
interface Reading {
  readonly text: string;
  readonly marks: readonly string[];
}

function readAround(draft: Draft, { start, end }: Span): Reading {
  const reading = { text: "", marks: [] as string[] };
  const last = blockAt(draft, end - 1);
  for (let index = Math.max(0, blockAt(draft, start)); index <= last; index++) {
    const block = draft.blocks[index];
    if (block === undefined || blockEnd(draft, index) <= start) continue;
    const span = shifted({ start, end }, -(draft.starts[index] ?? 0));
    if (!holdsProse(block)) reading.marks.push(block.kind);
    const [from, to] = [proseOffset(block.prose, span.start), proseOffset(block.prose, span.end)];
    reading.text += withoutSpace(block.prose.text.slice(from, to));
    for (const mark of block.marks) {
      if (within(mark, span)) reading.marks.push([mark.kind, mark.target, mark.label].join(" "));
    }
  }
  return reading;
}

/** Whether a draft with words inserted reads as before, and the words as they should, if the budget allows a trial. */
export function readAsMeant(draft: Draft, puts: readonly PutBack[], allowance: Allowance): boolean {
  if (allowance.left <= 0) return false;
  const edits = puts.map(({ edit }) => edit);
  const { draft: near, offset } = windowAround(draft, {
    start: Math.min(...edits.map(({ start }) => start)),
    end: Math.max(...edits.map(({ end }) => end)),
  });
  allowance.left -= near.text.length;
  const made = replacementIn(
    near,
    [],
    edits.map((edit) => shifted(edit, -offset)),
  );
  return (
    made !== undefined &&
    puts.every(({ reading }, index) => {
      const place = made.places[index];
      const read = place && readAround(made.after, place);
      return read?.text === reading.text && read.marks.join("\n") === reading.marks.join("\n");
    })
  );
}

function withoutSpace(text: string): string {
  return text.replace(/\s+/g, "");
}
