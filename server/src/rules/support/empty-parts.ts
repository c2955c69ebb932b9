import type { Block, Mark } from "../../draft/draft.ts";
import type { Fix, Report } from "../../draft/finding.ts";
import { beginning, excerpt, HOLE, messageAbout } from "../../text/excerpt.ts";
import { shifted, type Span } from "../../text/span.ts";
import { keepText, SEEN_ANYWAY, showsImage } from "./link-fixes.ts";
import { placeholderFix } from "./placeholder.ts";

/** Whether a mark is a link or an image without a text or without a target. */
export function hasEmptyPart(block: Block, { kind, target, text }: Mark): boolean {
  return (kind === "link" || kind === "image") && (target === "" || isBlank(block, text));
}

function isBlank(block: Block, text: Span | undefined): boolean {
  return text !== undefined && block.source.slice(text.start, text.end).trim() === "";
}

/** The report on a link or an image with an empty part; `start` is the block's offset in the draft, offsets are the draft's. */
export function linkReports(
  block: Block,
  mark: Mark,
  start: number,
  placeholder: string,
): readonly Report[] {
  const source = block.source;
  const target = mark.target;
  if (mark.text === undefined || target === undefined) return [];
  if (source[mark.start] === "<") return emptyTag(block, mark, mark.text, start, placeholder);
  const text = source.slice(mark.text.start, mark.text.end).trim();
  const quote = (most: number): string => beginning(text, most) || around(source, mark, most);
  // “options[key]()” is code.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(source.charAt(mark.start - 1))) return [];
  const place = { start: start + mark.start, end: start + mark.end };
  const told = (words: string, fixes: readonly Fix[]): Report => ({
    ...place,
    message: messageAbout(quote, (quotation) => `“${quotation}”: ${words}`),
    fixes,
  });
  const putAt = (at: number, title: string): Fix => ({
    ...shiftedFix(placeholderFix(source, at, placeholder), start),
    title,
  });
  const addTarget = putAt(mark.end - 1, `Put ${placeholder} for the target`);
  const isBare = mark.end - mark.text.end === 3;
  if (mark.kind === "image") {
    if (target !== "") return [];
    return [told("this image has no address, so nothing is shown.", isBare ? [addTarget] : [])];
  }
  const addText = putAt(mark.text.start, `Put ${placeholder} for the text`);
  if (target === "" && text === "") {
    const fix = isBare ? both(addText, addTarget, `Put ${placeholder} for both`) : addText;
    return [told("a link with neither text nor target. Write both.", [fix])];
  }
  if (target === "") {
    const keep = keepText(place, source.slice(mark.text.start, mark.text.end));
    const fixes = isBare ? [addTarget, keep] : [keep];
    const report = told("this link leads nowhere. Write its target, or drop the link.", fixes);
    return [{ ...report, ...(showsImage(text) && SEEN_ANYWAY) }];
  }
  if (text !== "" || isAnchor(target, source.charAt(mark.end))) return [];
  return [told("a link without text, which no reader sees. Write its text.", [addText])];
}

/** What stands around a link or an image that has no words. */
function around(source: string, { start, end }: Span, most: number): string {
  return excerpt(
    source.slice(Math.max(0, start - NEARBY), start),
    HOLE,
    source.slice(end, end + NEARBY),
    most,
  );
}

/** So much is looked at on each side, in UTF-16 units. */
const NEARBY = 240;

/** An HTML link is reported only if it has text and no URL, and no script can give it one. */
function emptyTag(
  block: Block,
  mark: Mark,
  inner: Span,
  start: number,
  placeholder: string,
): Report[] {
  const tag = block.source.slice(mark.start, inner.start);
  const words = block.source.slice(inner.start, inner.end);
  if (mark.target !== "" || !PLAIN_TAG.test(tag)) return [];
  if (words.replace(/<[^<>]*>/g, "").trim() === "") return [];
  const place = { start: start + mark.start, end: start + mark.end };
  const empty = /href\s*=\s*(?:""|'')/i.exec(tag);
  const addTarget: Fix[] =
    empty === null
      ? []
      : [
          {
            ...shiftedFix(
              placeholderFix(
                block.source,
                mark.start + empty.index + empty[0].length - 1,
                placeholder,
              ),
              start,
            ),
            title: `Put ${placeholder} for the target`,
          },
        ];
  const keep = keepText(place, words);
  return [
    {
      ...place,
      message: messageAbout(
        (most) =>
          beginning(words.replace(/<[^<>]*>/g, "").trim(), most) ||
          around(block.source, mark, most),
        (quotation) =>
          `“${quotation}”: this link leads nowhere. Write its target, or drop the link.`,
      ),
      fixes: [...addTarget, keep],
    },
  ];
}

/** A tag with only its URL and presentational attributes; with an id, a class or a handler a script may fill it in. */
const PLAIN_TAG =
  /^<a(?:\s+(?:href|target|rel|title)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)+\s*>$/i;

/** Links that are empty on purpose: named anchors, pages whose title is filled in, icons set by a class. */
function isAnchor(target: string, next: string): boolean {
  return (
    /^(?:#|(?:project|path|inv|doc|xref):)/i.test(target) ||
    LABEL.test(target) ||
    next === "{" ||
    (!/^https?:/i.test(target) && PAGE.test(target) && !/[\n\r\u2028\u2029]/.test(target))
  );
}

/** A label whose title a documentation tool fills in. */
const LABEL = /^(?!(?:mailto|tel|sms|data|javascript):)[a-z][\w:-]{0,200}$/i;

/** A page of the same site, or an anchor in one. */
const PAGE = /\.(?:md|rst|ipynb)(?:#|$)/i;

/** Two fixes as one, with a stop at each. */
function both(one: Fix, other: Fix, title: string): Fix {
  const stops = [...(one.stops ?? []), ...(other.stops ?? [])];
  return { title, safe: false, edits: [...one.edits, ...other.edits], stops };
}

/** A fix for a block as one for the draft in which the block begins at an offset. */
function shiftedFix(fix: Fix, by: number): Fix {
  return { ...fix, edits: fix.edits.map((edit) => shifted(edit, by)) };
}
