import { decodeHTML } from "entities";
import type { Block, BlockKind, Draft, Format, Mark } from "../core/draft.ts";
import type { Span } from "../core/span.ts";
import { MASK, ProseBuilder, type Prose } from "../core/prose.ts";
import {
  bareBlock,
  commentLabel,
  placed,
  proseBlock,
  type BlockList,
  type Place,
} from "./blocks.ts";
import { detached, difference, withLineFeeds } from "./difference.ts";
import { isVerse, paragraphStarts } from "./paragraphs.ts";
import { readTag, tagEnd, type Tag } from "./tags.ts";
import { isTemplateValue, templateEnd } from "./templates.ts";
import { recaller } from "./resume.ts";

/** HTML: the prose of its body. */
export const html: Format = { id: "html", parse, update };

/** A stretch between two block boundaries, and what is open around it. */
interface Run {
  readonly context: Context | undefined;
  /** Where it was begun to be read, and where the next one begins. */
  readonly from: number;
  readonly to: number;
  /** Blocks of it, by their index in the draft. */
  readonly first: number;
  readonly count: number;
}

/** The open elements that matter, the innermost first. */
interface Context {
  readonly name: string;
  readonly outer: Context | undefined;
  readonly depth: number;
  readonly listDepth: number;
  readonly quoteDepth: number;
}

/** Where a tag or template ends is looked for in at most so many units. */
const FARTHEST = 4100;

const runsOf = new WeakMap<Draft, readonly Run[]>();

function parse(text: string): Draft {
  return read(text, (slice) => slice);
}

function update(before: Draft, text: string): Draft {
  const old = runsOf.get(before);
  if (old === undefined) return parse(text);
  return read(text, detached, { draft: before, runs: old });
}

/** The HTML in `source`, as blocks whose starts count from its start. */
export function readHtml(source: string): BlockList {
  const draft = parse(source);
  return { blocks: [...draft.blocks], starts: [...draft.starts] };
}

function read(
  original: string,
  keep: (slice: string) => string,
  old?: { readonly draft: Draft; readonly runs: readonly Run[] },
): Draft {
  const text = withLineFeeds(original);
  const blocks: Block[] = [];
  const starts: number[] = [];
  const runs: Run[] = [];
  let context: Context | undefined;
  let at = 0;
  let recall = (block: Block): Block => block;
  let moved = 0;
  let changeEnd = Infinity;
  let oldRun = 0;

  if (old !== undefined) {
    const { start, oldEnd, newEnd } = difference(old.draft.text, original);
    moved = newEnd - oldEnd;
    changeEnd = newEnd + 1;
    // A run is told from the next by the tag that ends it: it is whole if the next one ended before the change.
    while (oldRun + 1 < old.runs.length && (old.runs[oldRun + 1]?.to ?? 0) < start - FARTHEST)
      oldRun++;
    const run = old.runs[oldRun];
    if (run !== undefined && oldRun > 0) {
      ({ context } = run);
      at = run.from;
      for (let index = 0; index < oldRun; index++) {
        const kept = old.runs[index];
        if (kept !== undefined) runs.push(kept);
      }
      blocks.push(...old.draft.blocks.slice(0, run.first));
      starts.push(...old.draft.starts.slice(0, run.first));
    }
    recall = recaller(old.draft, oldRun > 0 ? (run?.first ?? 0) : 0, oldEnd);
  }

  while (at < text.length) {
    if (old !== undefined && at > changeEnd) {
      while ((old.runs[oldRun]?.from ?? Infinity) < at - moved) oldRun++;
      const run = old.runs[oldRun];
      if (run?.from === at - moved && sameContext(run.context, context)) {
        const same = joinRest(old, oldRun, moved, text, blocks, starts, runs);
        if (same) break;
      }
    }
    const found = readRun(text, original, at, context, keep);
    runs.push({
      context,
      from: at,
      to: found.to,
      first: blocks.length,
      count: found.list.blocks.length,
    });
    for (const [index, block] of found.list.blocks.entries()) {
      const start = found.list.starts[index] ?? 0;
      const continues = index > 0 || isContinued(text, blocks, starts, start);
      blocks.push(recall(block.continues === continues ? block : { ...block, continues }));
      starts.push(start);
    }
    ({ to: at, context } = found);
  }
  const draft: Draft = { text: original, format: "html", blocks, starts };
  runsOf.set(draft, runs);
  return draft;
}

/** Takes over the old draft's runs from `from` on, where its first block stands to its forerunner as it did. */
function joinRest(
  old: { readonly draft: Draft; readonly runs: readonly Run[] },
  from: number,
  moved: number,
  text: string,
  blocks: Block[],
  starts: number[],
  runs: Run[],
): boolean {
  const firstBlock = old.runs[from]?.first ?? old.draft.blocks.length;
  const first = old.draft.blocks[firstBlock];
  if (first !== undefined) {
    const start = (old.draft.starts[firstBlock] ?? 0) + moved;
    if (first.continues !== isContinued(text, blocks, starts, start)) return false;
  }
  const shift = blocks.length - firstBlock;
  for (let index = from; index < old.runs.length; index++) {
    const run = old.runs[index];
    if (run === undefined) continue;
    runs.push({ ...run, from: run.from + moved, to: run.to + moved, first: run.first + shift });
  }
  for (let index = firstBlock; index < old.draft.blocks.length; index++) {
    const block = old.draft.blocks[index];
    if (block === undefined) continue;
    blocks.push(block);
    starts.push((old.draft.starts[index] ?? 0) + moved);
  }
  return true;
}

/** Whether no blank line stands between the last block and `start`. */
function isContinued(text: string, blocks: Block[], starts: number[], start: number): boolean {
  const last = blocks.length - 1;
  if (last < 0) return false;
  const end = (starts[last] ?? 0) + (blocks[last]?.source.length ?? 0);
  return start - end > 10_000 || !/\n[ \t\r]*\n/.test(text.slice(end, start));
}

function sameContext(a: Context | undefined, b: Context | undefined): boolean {
  let left = a;
  let right = b;
  while (left !== right) {
    if (left?.name !== right?.name || left === undefined || right === undefined) return false;
    if (left.depth !== right.depth) return false;
    left = left.outer;
    right = right.outer;
  }
  return true;
}

/** Elements that part what is before them from what is in them. */
const BLOCK = new Set(
  "html body address article aside blockquote body center dd details dialog dir div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr legend li main menu nav ol optgroup option p section summary table caption tbody td tfoot th thead tr ul head title link meta base".split(
    " ",
  ),
);

/** Elements whose content is no prose. */
const HIDDEN = new Set(
  "script style template svg nav noscript iframe object canvas audio video select textarea math datalist map title".split(
    " ",
  ),
);

/** Inline elements that stand for one word. */
const CODE = new Set(["code", "kbd", "samp", "tt", "var"]);

/** Elements that are kept while they are open. */
const KEPT = new Set(
  "ul ol menu dl blockquote li dt dd td th caption figcaption h1 h2 h3 h4 h5 h6 table".split(" "),
);

const LISTS = new Set(["ul", "ol", "menu"]);

/** What an element's start ends, if it is open inside of `within`. */
const ENDS: Readonly<
  Record<string, { readonly names: ReadonlySet<string>; readonly within: ReadonlySet<string> }>
> = {
  li: { names: new Set(["li"]), within: LISTS },
  dt: { names: new Set(["dt", "dd"]), within: new Set(["dl"]) },
  dd: { names: new Set(["dt", "dd"]), within: new Set(["dl"]) },
  td: { names: new Set(["td", "th"]), within: new Set(["table"]) },
  th: { names: new Set(["td", "th"]), within: new Set(["table"]) },
  tr: { names: new Set(["td", "th", "caption"]), within: new Set(["table"]) },
};

const HEADINGS = new Set(["h1", "h2", "h3", "h4", "h5", "h6"]);

/** No more levels are looked through for the start of what ends. */
const DEEPEST_SEARCH = 64;

function opened(context: Context | undefined, name: string): Context | undefined {
  let outer = context;
  const ends = ENDS[name];
  if (ends !== undefined) outer = closedTo(outer, ends.names, ends.within);
  if (HEADINGS.has(name) || name === "p") outer = closedTo(outer, HEADINGS, KEPT);
  if (!KEPT.has(name)) return outer;
  return {
    name,
    outer,
    depth: (outer?.depth ?? 0) + 1,
    listDepth: (outer?.listDepth ?? 0) + (LISTS.has(name) ? 1 : 0),
    quoteDepth: (outer?.quoteDepth ?? 0) + (name === "blockquote" ? 1 : 0),
  };
}

function closedTo(
  context: Context | undefined,
  names: ReadonlySet<string>,
  within: ReadonlySet<string>,
): Context | undefined {
  let at = context;
  for (let level = 0; level < DEEPEST_SEARCH && at !== undefined; level++) {
    if (names.has(at.name)) return at.outer;
    if (within.has(at.name)) break;
    at = at.outer;
  }
  return context;
}

function closed(context: Context | undefined, name: string): Context | undefined {
  return KEPT.has(name) ? closedTo(context, new Set([name]), new Set()) : context;
}

interface ReadRun {
  readonly list: BlockList;
  readonly to: number;
  readonly context: Context | undefined;
}

/** Reads from `from` to the end of the next text that block boundaries part from the rest. */
function readRun(
  text: string,
  original: string,
  from: number,
  outer: Context | undefined,
  keep: (slice: string) => string,
): ReadRun {
  let context = outer;
  let startsItem = false;
  let at = from;
  /** The start tag of the `p` or heading that this run is all of. */
  let wrapper: (Span & { readonly name: string; readonly id: string | undefined }) | undefined;

  // The boundaries before the text.
  for (;;) {
    while (at < text.length && isSpace(text.charCodeAt(at))) at++;
    if (at >= text.length) return { list: none(), to: text.length, context };
    if (text.charCodeAt(at) !== 60) break;
    if (text.startsWith("<!--", at)) {
      const close = text.indexOf("-->", at + 4);
      const end = close < 0 ? text.length : close + 3;
      const source = keep(original.slice(at, end));
      const mark: Mark = {
        kind: "comment",
        start: 0,
        end: source.length,
        label: commentLabel(source),
      };
      return single(bareBlock("comment", source, [mark]), at, end);
    }
    const end = tagEnd(text, at);
    if (end < 0) break;
    const tag = readTag(text.slice(at, end));
    if (tag === undefined) {
      // <!doctype>, <?php ?>, <% %>
      if (/^<[%?]=/.test(text.slice(at, at + 3))) break;
      at = end;
      continue;
    }
    const { name } = tag;
    if (name === "pre" && !tag.closes) {
      const stop = elementEnd(text, "pre", end);
      return single(bareBlock("code", keep(original.slice(at, stop))), at, stop);
    }
    if (HIDDEN.has(name)) {
      at = tag.closes || tag.selfCloses ? end : elementEnd(text, name, end);
      continue;
    }
    if (name === "pre") {
      at = end;
      continue;
    }
    if (!BLOCK.has(name)) break;
    const wasItem = context?.name;
    if (tag.closes) {
      context = closed(context, name);
      if (startsItem && name === "li" && wasItem === "li") {
        const start = text.lastIndexOf("<", at - 1);
        if (start >= from) {
          const place = placeOf(context, true);
          return {
            list: {
              blocks: [placed(bareBlock("empty-item", keep(original.slice(start, end))), place)],
              starts: [start],
            },
            to: end,
            context,
          };
        }
      }
      startsItem = false;
      wrapper = undefined;
    } else {
      context = opened(context, name);
      if (name === "li") startsItem = true;
      if (name === "hr") return single(bareBlock("break", keep(original.slice(at, end))), at, end);
      const id = tag.attributes.get("id");
      const wraps = name === "p" || HEADINGS.has(name);
      if (wraps) wrapper = { name, start: at, end, id };
      else wrapper = undefined;
      if (id !== undefined && !wraps) {
        const mark: Mark = { kind: "anchor", start: 0, end: end - at, label: id };
        const block = placed(
          bareBlock("directive", keep(original.slice(at, end)), [mark]),
          placeOf(context, startsItem),
        );
        return { list: { blocks: [block], starts: [at] }, to: end, context };
      }
    }
    at = end;
  }

  const textRun = readText(text, at);
  const { prose, marks, contentEnd } = textRun;
  let start = at;
  let end = contentEnd;
  let to = textRun.to;
  if (wrapper !== undefined) {
    start = wrapper.start;
    const next = tagEnd(text, to);
    const tag = next < 0 ? undefined : readTag(text.slice(to, next));
    if (tag?.closes === true && tag.name === wrapper.name) {
      end = next;
      to = next;
      context = closed(context, wrapper.name);
    }
    if (wrapper.id !== undefined) {
      marks.unshift({ kind: "anchor", start: wrapper.start, end: wrapper.end, label: wrapper.id });
    }
  }
  const place = placeOf(context, startsItem);
  const kindContext =
    wrapper !== undefined && HEADINGS.has(wrapper.name) ? wrapper.name : nearestKind(context);
  return {
    list: cutBlocks(original, { prose, marks, start, end }, kindContext, place, keep),
    to,
    context,
  };

  function single(block: Block, start: number, to: number): ReadRun {
    return {
      list: { blocks: [placed(block, placeOf(context, startsItem))], starts: [start] },
      to,
      context,
    };
  }
}

function none(): BlockList {
  return { blocks: [], starts: [] };
}

function placeOf(context: Context | undefined, startsItem: boolean): Place {
  return {
    listDepth: context?.listDepth ?? 0,
    quoteDepth: context?.quoteDepth ?? 0,
    startsItem,
    continues: false,
  };
}

function nearestKind(context: Context | undefined): string {
  let at = context;
  for (let level = 0; level < DEEPEST_SEARCH && at !== undefined; level++) {
    if (/^(?:td|th|caption|figcaption|h[1-6])$/.test(at.name)) return at.name;
    if (LISTS.has(at.name) || at.name === "table") return "";
    at = at.outer;
  }
  return "";
}

interface TextRun {
  /** Offsets are the text's. */
  readonly prose: Prose;
  readonly marks: Mark[];
  readonly start: number;
  readonly end: number;
}

/** The blocks of a run: one, or as many as its lines are paragraphs. */
function cutBlocks(
  original: string,
  run: TextRun,
  within: string,
  place: Place,
  keep: (slice: string) => string,
): BlockList {
  const { prose, marks } = run;
  const list: BlockList = { blocks: [], starts: [] };
  const level = HEADINGS.has(within) ? Number(within.slice(1)) : 0;
  let kind: BlockKind =
    level > 0
      ? "heading"
      : within === "td" || within === "th"
        ? "cell"
        : within === "caption" || within === "figcaption"
          ? "caption"
          : "paragraph";
  if (
    prose.text === "" ||
    (prose.text.split(MASK).join("").trim() === "" && !marks.some(({ kind }) => kind !== "anchor"))
  ) {
    if (run.end <= run.start) return list;
    const source = keep(original.slice(run.start, run.end));
    const moved = marks.map((mark) => shiftMark(mark, -run.start));
    list.blocks.push(placed(bareBlock("directive", source, moved), place));
    list.starts.push(run.start);
    return list;
  }
  if (kind === "paragraph" && isVerse(prose.text)) kind = "verse";
  const cuts = kind === "paragraph" ? paragraphStarts(prose.text) : [0];
  let start = run.start;
  for (const [index, cut] of cuts.entries()) {
    const nextCut = cuts[index + 1];
    const until = nextCut === undefined ? prose.text.length : nextCut - 1;
    const pieces = slicePieces(prose, cut, until);
    if (index > 0) start = pieces.sourceStarts[0] ?? start;
    const lastEnd = pieces.sourceEnds[pieces.sourceEnds.length - 1] ?? start;
    // Tags that close right after the words belong to them.
    let end = nextCut === undefined ? run.end : lastEnd;
    if (nextCut !== undefined) {
      for (const mark of marks) if (mark.start < end && mark.end > end) end = mark.end;
    }
    const blockStart = start;
    const own = marks
      .filter((mark) => mark.start >= blockStart && mark.end <= end)
      .map((mark) => shiftMark(mark, -blockStart));
    const source = keep(original.slice(blockStart, end));
    const shift = (offset: number): number => offset - blockStart;
    const moved: Prose = {
      text: pieces.text,
      starts: pieces.starts,
      sourceStarts: Array.from(pieces.sourceStarts, shift),
      sourceEnds: Array.from(pieces.sourceEnds, shift),
    };
    const here = index === 0 ? place : { ...place, startsItem: false, continues: true };
    list.blocks.push(placed(proseBlock(kind, source, moved, own, level), here));
    list.starts.push(blockStart);
    start = end;
  }
  return list;
}

function shiftMark(mark: Mark, by: number): Mark {
  return {
    ...mark,
    start: mark.start + by,
    end: mark.end + by,
    ...(mark.text && { text: { start: mark.text.start + by, end: mark.text.end + by } }),
  };
}

/** The part of a prose from `from` to `to`, units of its text; source offsets stay. */
function slicePieces(prose: Prose, from: number, to: number): Prose {
  const starts: number[] = [];
  const sourceStarts: number[] = [];
  const sourceEnds: number[] = [];
  for (let piece = 0; piece < prose.starts.length; piece++) {
    const start = prose.starts[piece] ?? 0;
    const end = prose.starts[piece + 1] ?? prose.text.length;
    if (end <= from || start >= to) continue;
    const sourceStart = prose.sourceStarts[piece] ?? 0;
    const sourceEnd = prose.sourceEnds[piece] ?? 0;
    const exact = end - start === sourceEnd - sourceStart;
    starts.push(Math.max(start, from) - from);
    sourceStarts.push(exact ? sourceStart + Math.max(0, from - start) : sourceStart);
    sourceEnds.push(exact ? sourceEnd - Math.max(0, end - to) : sourceEnd);
  }
  return { text: prose.text.slice(from, to), starts, sourceStarts, sourceEnds };
}

/** Reads inline content from `from` to the next block boundary. Offsets are the text's. */
function readText(
  text: string,
  from: number,
): { prose: Prose; marks: Mark[]; contentEnd: number; to: number } {
  const out = new ProseBuilder();
  const marks: Mark[] = [];
  const links: { start: number; end: number; target: string | undefined }[] = [];
  let at = from;
  let contentEnd = from;
  /** White space that is added only if more text comes. */
  let pending: { text: string; start: number; end: number } | undefined;

  const add = (words: string, start: number, end: number): void => {
    if (pending !== undefined && out.length > 0) out.add(pending.text, pending.start, pending.end);
    pending = undefined;
    out.add(words, start, end);
  };
  const space = (words: string, start: number, end: number): void => {
    if (pending === undefined) {
      pending = { text: words, start, end };
      return;
    }
    const text = pending.text.includes("\n") || words.includes("\n") ? "\n" : pending.text;
    pending = { text, start: pending.start, end };
  };

  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 60) {
      if (text.startsWith("<!--", at)) {
        const close = text.indexOf("-->", at + 4);
        const end = close < 0 ? text.length : close + 3;
        marks.push({ kind: "comment", start: at, end, label: commentLabel(text.slice(at, end)) });
        at = contentEnd = end;
        continue;
      }
      const end = tagEnd(text, at);
      if (end < 0) {
        add("<", at, at + 1);
        contentEnd = ++at;
        continue;
      }
      const tag = readTag(text.slice(at, end));
      if (tag === undefined) {
        if (/^<[%?]=/.test(text.slice(at, at + 3))) add(MASK, at, end);
        at = contentEnd = end;
        continue;
      }
      const { name } = tag;
      if (BLOCK.has(name) || name === "pre") break;
      if (HIDDEN.has(name)) {
        at = contentEnd = tag.closes || tag.selfCloses ? end : elementEnd(text, name, end);
        continue;
      }
      if (name === "br") {
        // Two in a row part paragraphs.
        if (
          pending?.text === "\n" &&
          /<br\s*\/?>\s*$/i.test(text.slice(Math.max(from, at - 60), at))
        ) {
          contentEnd = Math.min(contentEnd, pending.start);
          at = end;
          break;
        }
        space("\n", at, end);
        at = end;
        continue;
      }
      if (CODE.has(name) && !tag.closes) {
        const stop = codeEnd(text, name, end);
        if (stop > end) {
          marks.push({ kind: "code", start: at, end: stop });
          add(MASK, at, stop);
          at = contentEnd = stop;
          continue;
        }
      }
      inlineTag(tag, at, end);
      at = contentEnd = end;
      continue;
    }
    if (isSpace(code)) {
      let end = at + 1;
      while (end < text.length && isSpace(text.charCodeAt(end))) end++;
      const blank = text.slice(at, end);
      if (blank.includes("\n")) space("\n", at, end);
      else space(blank, at, end);
      at = end;
      continue;
    }
    if (code === 38) {
      const entity = /^&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[A-Za-z][A-Za-z\d]{1,31});?/.exec(
        text.slice(at, at + 40),
      );
      if (entity !== null) {
        const end = at + entity[0].length;
        add(decodeHTML(entity[0]), at, end);
        at = contentEnd = end;
        continue;
      }
    }
    if (code === 123) {
      const end = templateEnd(text, at);
      if (end >= 0) {
        if (isTemplateValue(text.slice(at, end))) add(MASK, at, end);
        at = contentEnd = end;
        continue;
      }
    }
    let end = at + 1;
    while (end < text.length && !isTelling(text.charCodeAt(end))) end++;
    while (end > at + 1 && isSpace(text.charCodeAt(end - 1))) end--;
    add(text.slice(at, end), at, end);
    at = contentEnd = end;
  }
  return { prose: out.build(), marks, contentEnd, to: at };

  function inlineTag(tag: Tag, start: number, end: number): void {
    const id =
      tag.attributes.get("id") ?? (tag.name === "a" ? tag.attributes.get("name") : undefined);
    if (id !== undefined) marks.push({ kind: "anchor", start, end, label: id });
    if (tag.name === "img") {
      marks.push({ kind: "image", start, end, target: tag.attributes.get("src") ?? "" });
      add(MASK, start, end);
    }
    if (tag.name !== "a") return;
    if (!tag.closes) {
      links.push({ start, end, target: tag.attributes.get("href") });
      return;
    }
    const open = links.pop();
    if (open?.target === undefined) return;
    marks.push({
      kind: "link",
      start: open.start,
      end,
      text: { start: open.end, end: start },
      target: open.target,
    });
  }
}

/** Where an element ends whose start tag ended at `from`: at the end of the text if it is never closed. */
function elementEnd(text: string, name: string, from: number): number {
  const close = new RegExp(`</${name}(?![\\w-])[^>]{0,100}>?`, "gi");
  close.lastIndex = from;
  const match = close.exec(text);
  return match === null ? text.length : match.index + match[0].length;
}

/** The same for an inline element, in its paragraph; `from` where it is not closed there. */
function codeEnd(text: string, name: string, from: number): number {
  const window = text.slice(from, from + 2000);
  for (const match of window.matchAll(/<(\/?)([A-Za-z][\w-]{0,30})(?:\s*\/?>(\s{0,50}<br))?/g)) {
    const found = (match[2] ?? "").toLowerCase();
    if (BLOCK.has(found) || found === "pre") return from;
    if (found === "br" && match[3] !== undefined) return from;
    if (found !== name || match[1] !== "/") continue;
    const close = window.indexOf(">", match.index);
    return close < 0 ? from : from + close + 1;
  }
  return from;
}

function isTelling(code: number): boolean {
  return code === 60 || code === 38 || code === 123 || code === 10 || code === 13;
}

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}
