import { type Block, blockEnd, type Draft } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import type { Report } from "../draft/finding.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { MASK, proseOffset } from "../draft/prose.ts";
import { quotationAround, quotationFrom } from "../draft/quotation.ts";
import { counts } from "../text/counts.ts";
import { HOLE, messageAbout } from "../text/excerpt.ts";
import { memoizeOn } from "../draft/incremental/memoize.ts";
import { placeholderFix } from "./support/placeholder.ts";
import { type Wording, wording } from "../text/wording.ts";

export const emptySection = draftRule({
  id: "empty-section",
  kind: "empty",
  scope: "draft",
  severity: "information",
  english: false,
  needsDraft: true,
  summary: "A heading, list item or block quotation with nothing in it.",
  docs: {
    description:
      "A heading promises something. If the next heading of its level, or the end of the draft, follows at once, there is nothing there. A list item or block quotation without words is a point that was lost or never written.\n\nIf three empty sections follow each other, or have the same name, they are a plan or a template: the first of them is a hint, for all. A section that is empty in eight drafts of a folder belongs to their template and is not reported.\n\nLeft alone are a heading followed by a deeper one, the title of a draft, a heading made by tags in Markdown (a card, a button), and one followed by something that other tools fill in: an include, a component, a directive. A heading that is links, or has only links after a colon, the name of a type or a function, a version, a number, a whole sentence, a saying in quotation marks (of four words, or with an end mark), “None” or “Q&A” needs nothing under it, and neither does one in a block quotation, or at the top, above the title. A `>` right above other lines may quote them.",
    flagged: [
      { text: "## ⟦The budget⟧\n\n## The bridge\n\nIt was built in 1931.\n" },
      { text: "The council discussed\n\n- the budget\n- the bridge\n⟦-⟧\n" },
    ],
    fine: [
      { text: "# The city\n\n## The bridge\n\nIt was built in 1931.\n" },
      { text: "## Contents\n\n<!-- toc -->\n\n## The bridge\n\nIt was built in 1931.\n" },
    ],
  },
  options: {},
  check,
  acrossDrafts: {
    topics: findTopics,
    isIntended: (drafts) => drafts >= INTENDED_DRAFTS,
  },
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const { markup } = draft.format;
  const headings = emptyHeadings(draft);
  for (const { block, index, start } of withPromise(draft)) {
    const end = blockEnd(draft, index);
    if (block.kind === "empty-item" || block.kind === "empty-quote") {
      if (isWrapped(draft, index)) continue;
      const { at, gap } = markup.emptyPlace(block);
      reports.push({
        start,
        end,
        message: emptyMessage(draft, index, block.kind === "empty-item"),
        fixes: [placeholderFix(draft.text, start + at, context.placeholder, gap)],
      });
      continue;
    }
    const empty = headings.get(index);
    if (empty === undefined || empty.isMentioned) continue;
    const title = markup.headingWords(block);
    const spaces = block.source.length - block.source.trimEnd().length;
    reports.push({
      start: start + title.start,
      end: start + title.end,
      message: empty.message,
      ...(empty.isPlanned ? { severity: "hint" as const } : {}),
      ...(empty.topic === undefined ? {} : { topics: [empty.topic] }),
      fixes: [
        placeholderFix(
          draft.text,
          end - spaces,
          context.placeholder,
          markup.paragraph.before,
          markup.paragraph.after,
        ),
      ],
    });
  }
  return reports;
}

/** The names of empty sections. */
function findTopics(draft: Draft): readonly string[] {
  const topics = [...emptyHeadings(draft).values()].flatMap(({ topic }) => topic ?? []);
  return [...new Set(topics)];
}

/** A message about a list item or block quotation without words, with the words before it, or else after it. */
function emptyMessage(draft: Draft, index: number, isItem: boolean): Wording {
  const previous = worded(draft, index, -1);
  if (previous !== undefined) {
    const { length } = previous.prose.text;
    const quote = quotationAround(previous, { start: length, end: length }, "");
    const says = isItem
      ? wording("the list item after this is empty. Write it.")
      : wording("the block quotation after this is empty. Write it.");
    return messageAbout(quote, says);
  }
  const after = worded(draft, index, 1);
  if (after !== undefined) {
    const says = isItem
      ? wording("before this, a list item is empty. Write it.")
      : wording("before this, a block quotation is empty. Write it.");
    return messageAbout(quotationFrom(after), says);
  }
  const says = isItem
    ? wording("this list item is empty. Write it.")
    : wording("this block quotation is empty. Write it.");
  return messageAbout(() => HOLE, says);
}

/**
 * Whether something empty is none: a quotation's mark right above what some tools put in it, or the number at which the
 * sentence above was wrapped: “a limit of↵1.”
 */
function isWrapped({ text, blocks, starts }: Draft, index: number): boolean {
  const { kind, source } = blocks[index] ?? { kind: "break", source: "" };
  const start = starts[index] ?? 0;
  const end = start + source.length;
  if (kind === "empty-quote") return /^\r?\n[ \t]*[^\s>]/.test(text.slice(end, end + WIDTH));
  return /^\d/.test(source) && OPEN_END.test(text.slice(Math.max(0, start - WIDTH), start));
}

/** In UTF-16 units. */
const WIDTH = 40;
const OPEN_END = /\b(?:an?|and|as|at|by|for|from|in|is|of|or|than|the|to|with)\r?\n[ \t]*$/i;

/** How many blocks away to look for words that show where something empty is. */
const NEARBY = 8;

function worded({ blocks }: Draft, index: number, step: 1 | -1): Block | undefined {
  for (let distance = 1; distance <= NEARBY; distance++) {
    const block = blocks[index + step * distance];
    if (block !== undefined && /[\p{L}\p{N}]/u.test(block.prose.text)) return block;
  }
  return undefined;
}

/** A heading with nothing under it. */
interface EmptyHeading {
  readonly message: Wording;
  /** Its name, if it may be a section of a template. */
  readonly topic: string | undefined;
  /** The section is probably empty on purpose: the draft is a plan or a template. */
  readonly isPlanned: boolean;
  /** The hint about another heading covers it. */
  readonly isMentioned: boolean;
}

const NONE: ReadonlyMap<number, EmptyHeading> = new Map();

/** This many empty sections in a row, or with one name, are empty on purpose. */
const INTENDED_COUNT = 3;

/** So are those of one name in this many drafts. Fewer may be new drafts, written into one template, but not yet full. */
const INTENDED_DRAFTS = 8;

/** Longer headings, in UTF-16 units, are sentences, not parts of a template. */
const LONGEST_NAME = 80;

/** The headings with nothing under them, by block index; none in a draft with only headings, which is an outline. */
const emptyHeadings = memoizeOn<Draft>()((draft): ReadonlyMap<number, EmptyHeading> => {
  // Plain text has no heading levels, so a subtitle can't be recognized.
  if (draft.format.markup.guessesHeadings) return NONE;
  const written = draft.blocks.some((block) => block.kind !== "heading" && isContent(block));
  if (!written) return NONE;
  const next = new Map<number, number>();
  for (const { block, index } of withPromise(draft)) {
    if (block.kind !== "heading" || block.level === 0) continue;
    if (isTitle(draft, index) || (isDeck(draft) && draft.blocks[index + 1]?.kind === "break"))
      continue;
    if (draft.format.markup.isSetByTags(block)) continue;
    const after = nextAfterEmpty(draft, index, block.level);
    if (after !== undefined) next.set(index, after);
  }
  if (next.size === 0) return NONE;
  const byName = new Map(counts(next.keys(), (index) => getName(draft.blocks[index])));
  const rows = findRows(next);
  const headings = new Map<number, EmptyHeading>();
  /** The templates, by name, and the rows that one hint covers. */
  const mentioned = new Set<string | number>();
  for (const [index, after] of next) {
    const block = draft.blocks[index];
    const name = getName(block);
    const times = byName.get(name) ?? 0;
    const isTemplate = times >= INTENDED_COUNT;
    const row = rows.get(index);
    const plan = isTemplate ? name : row?.first;
    const isMentioned = plan !== undefined && mentioned.has(plan);
    if (plan !== undefined) mentioned.add(plan);
    const why = isTemplate
      ? wording(
          "there is nothing here, nor under {0} more of its name. Is this a template?",
          times - 1,
        )
      : row !== undefined
        ? wording(
            "there is nothing here, nor under the next {0} headings. Is this a plan?",
            row.length - 1,
          )
        : draft.blocks[after]?.level === block?.level
          ? wording("there is nothing under this heading. The next is of the same level.")
          : wording("there is nothing under this heading. Write the section.");
    headings.set(index, {
      topic: name.length <= LONGEST_NAME && /[\p{L}\p{N}]/u.test(name) ? name : undefined,
      message: block === undefined ? why : messageAbout(quotationFrom(block), why),
      isPlanned: plan !== undefined,
      isMentioned,
    });
  }
  return headings;
});

/** A row of empty sections long enough to be a plan. */
interface EmptyRow {
  readonly first: number;
  readonly length: number;
}

/** The rows of empty sections, by each heading in them. */
function findRows(next: ReadonlyMap<number, number>): ReadonlyMap<number, EmptyRow> {
  const rows = new Map<number, EmptyRow>();
  let row: number[] = [];
  for (const [index, after] of next) {
    row.push(index);
    if (next.has(after)) continue;
    const [first] = row;
    if (first !== undefined && row.length >= INTENDED_COUNT) {
      for (const one of row) rows.set(one, { first, length: row.length });
    }
    row = [];
  }
  return rows;
}

function getName(block: Block | undefined): string {
  return block?.prose.text.trim().toLowerCase() ?? "";
}

/** Whether a block should have content in it or below it. */
function promises(block: Block): boolean {
  if (block.kind === "heading") return !isSignature(block);
  return block.kind === "empty-item" || block.kind === "empty-quote";
}

const withPromise = blocksWhere(promises);

/**
 * The index of the heading after an empty section, or the number of blocks at the end; undefined if not empty. A heading
 * that is nothing but code is the caption of an example: “`src/store.js`”.
 */
function nextAfterEmpty({ blocks }: Draft, heading: number, level: number): number | undefined {
  for (let index = heading + 1; index < blocks.length; index++) {
    const block = blocks[index];
    if (block === undefined) break;
    if (block.kind === "heading")
      return block.level <= level && block.prose.text.trim() !== MASK ? index : undefined;
    if (isContent(block)) return undefined;
  }
  return blocks.length;
}

/** Whether a draft is a set of slides: most headings come right after a break. The first slide's title is alone. */
const isDeck = memoizeOn<Draft>()((draft): boolean => {
  let headings = 0;
  let afterBreak = 0;
  for (const { block, index } of withPromise(draft)) {
    if (block.kind !== "heading") continue;
    headings++;
    if (draft.blocks[index - 1]?.kind === "break") afterBreak++;
  }
  return afterBreak >= INTENDED_COUNT && afterBreak * 2 > headings;
});

/**
 * Whether a heading is a book's title, which is the first block and is followed by more headings of the highest level,
 * or comes before one, as a chapter's number does, possibly with a rule between.
 */
function isTitle({ blocks }: Draft, heading: number): boolean {
  const level = blocks[heading]?.level ?? 0;
  for (let index = heading - 1; index >= 0; index--) {
    const block = blocks[index];
    if (block !== undefined && isContent(block) && block.kind !== "directive") return false;
  }
  const next = blocks[heading + 1]?.kind === "break" ? blocks[heading + 2] : blocks[heading + 1];
  return next?.kind === "heading" && (level === 1 || next.level < level);
}

/** Whether a block is content, or a placeholder for content that a tool inserts. */
function isContent(block: Block): boolean {
  switch (block.kind) {
    case "break":
    case "metadata":
    case "definition":
    case "empty-item":
    case "empty-quote":
      return false;
    case "comment":
      // A tool may replace a comment, for example with a table of contents; a note to oneself is not content.
      return !block.marks.every((mark) =>
        /^(?:stet|todo|fixme|tk|xxx|tbd)\b/i.test(mark.label ?? ""),
      );
    default:
      return true;
  }
}

/**
 * Headings that share one section or never have one: function signatures, type names, directives (“::: package.Type”),
 * versions in a changelog, parts of a book, a button, and headings that say that there is nothing.
 */
const isSignature = perBlock(
  (block): boolean =>
    /\uFFFC|^:::|[\p{L}\p{N}_]\(|^\.\p{L}|^\[?v?\d+\.\d+|^\((?:PART|APPENDIX)[)*\\]/u.test(
      block.prose.text,
    ) ||
    NOTHING.test(block.prose.text) ||
    block.quoteDepth > 0 ||
    isText(block.prose.text.trim()) ||
    isDottedName(block.prose.text.trim()) ||
    isLink(block),
);

/** A heading that says that there is nothing, or what is done then. */
const NOTHING =
  /^\s*(?:none|n\/a|nothing|q\s?(?:&|and)\s?a|(?:any )?questions\?|thanks?(?: you)?!?)\.?\s*$/i;

/** Whether a heading is complete in itself: “5. Security reviews your form.”, “1,200”, a saying in quotation marks. */
function isText(text: string): boolean {
  // One to three quoted words without an end mark are a title.
  const saying = /^["“]([^"”]*)["”]$/.exec(text)?.[1]?.trim();
  if (saying !== undefined) return /[.!?…]$/.test(saying) || saying.split(/\s+/, 4).length === 4;
  if (!/[^\d\s.,%$€£+]/.test(text)) return /\d/.test(text);
  const isSentence = /[^.]\.$/.test(text) && !/\b(?:Inc|Ltd|Co|Jr|Sr|etc)\.$/.test(text);
  return isSentence && text.split(/\s+/, 4).length === 4;
}

/** "System.IO.Stream", "System.String[]" */
function isDottedName(text: string): boolean {
  return (
    text.includes(".") &&
    text.length < 120 &&
    /^[\p{L}_][\p{L}\p{N}_.]*[\p{L}\p{N}_](?:\[\])?$/u.test(text)
  );
}

/** Whether a heading, or what is after its last colon, is links, with marks, “and” or “or” between them. */
function isLink({ marks, prose }: Block): boolean {
  let words = "";
  let at = 0;
  for (const { kind, text, end, target = "" } of marks) {
    if (text === undefined) continue;
    // “[Home]” without a second pair of brackets may be no link.
    const isReference = kind === "reference" && text.end + 1 < end;
    if (!isReference && (kind !== "link" || target === "")) continue;
    words += prose.text.slice(at, proseOffset(prose, text.start)) + MASK;
    at = proseOffset(prose, text.end);
  }
  words += prose.text.slice(at);
  const last = words.slice(words.lastIndexOf(":") + 1).replace(/\b(?:and|or)\b/gi, "");
  return last.includes(MASK) && !/[\p{L}\p{N}]/u.test(last);
}
