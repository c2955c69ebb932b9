import type { Block, Mark } from "../../draft/draft.ts";
import type { Fix, Report } from "../../draft/finding.ts";
import { beginning, excerpt, HOLE, messageAbout } from "../../text/excerpt.ts";
import { shifted, type Span } from "../../text/span.ts";
import { keepText, SEEN_ANYWAY, showsImage } from "./link-fixes.ts";
import { placeholderFix } from "./placeholder.ts";
import { type Wording, wording } from "../../text/wording.ts";

/** Whether a mark is a link or an image without a text or without a target, or defines the target of others as none. */
export function hasEmptyPart(block: Block, mark: Mark): boolean {
  const { kind, target } = mark;
  // `[comment]: <> (…)` is a way to write a comment.
  if (kind === "definition") return target !== "" && leadsNowhere(target);
  return (kind === "link" || kind === "image") && (leadsNowhere(target) || !hasText(block, mark));
}

/** Whether a target is empty, or only the beginning of an address: “https://”. */
function leadsNowhere(target: string | undefined): boolean {
  return target !== undefined && /^(?:https?:\/{0,2})?$/i.test(target);
}

/** Whether a link has a text. One that is its own address counts as if it had. */
function hasText(block: Block, { text }: Mark): boolean {
  return text === undefined || block.source.slice(text.start, text.end).trim() !== "";
}

/** The report on a link or image with an empty part. `start` is the block's offset; offsets are the draft's. */
export function linkReports(
  block: Block,
  mark: Mark,
  start: number,
  placeholder: string,
): readonly Report[] {
  const { source } = block;
  const { kind, label = "", target: written } = mark;
  const place = shifted({ start: mark.start, end: mark.end }, start);
  const report = (shown: string, says: Wording, fixes: readonly Fix[]): Report => ({
    ...place,
    message: messageAbout((most) => beginning(shown, most) || around(source, mark, most), says),
    fixes,
  });
  const putAt = (at: number, title: Wording): Fix => {
    const fix = placeholderFix(source, at, placeholder);
    return { ...fix, edits: fix.edits.map((edit) => shifted(edit, start)), title };
  };
  const putTarget = wording("Put {0} for the target", placeholder);
  if (kind === "definition") return [report(label, NOWHERE, [])];
  if (mark.text === undefined || written === undefined) return [];
  const target = leadsNowhere(written) ? "" : written;
  const words = source.slice(mark.text.start, mark.text.end);
  const putText = wording("Put {0} for the text", placeholder);
  const addText: Fix = { ...putAt(mark.text.start, putText), kind: "placeholder" };
  const keep = keepText(place, words);
  if (source[mark.start] === "<") {
    const shown = words.replace(/<[^<>]*>/g, "").trim();
    const tag = source.slice(mark.start, mark.text.start);
    if (words.trim() === "" && BARE_TAG.test(tag) && !isAnchor(target, ""))
      return [report("", INVISIBLE, [addText])];
    if (target !== "" || shown === "" || !PLAIN_TAG.test(tag)) return [];
    const empty = /href\s*=\s*(?:"(?:https?:\/{0,2})?"|'(?:https?:\/{0,2})?')/i.exec(tag);
    const at = empty && mark.start + empty.index + empty[0].length - 1;
    return [report(shown, NOWHERE, at === null ? [keep] : [putAt(at, putTarget), keep])];
  }
  const text = words.trim();
  // “options[key]()” is code.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(source.charAt(mark.start - 1))) return [];
  const addTarget = putAt(mark.end - 1, putTarget);
  const isBare = mark.end - mark.text.end === written.length + 3;
  if (kind === "image") {
    if (target !== "") return [];
    const says = wording("this image has no address, so nothing is shown.");
    return [report(text, says, isBare ? [addTarget] : [])];
  }
  if (target === "" && text === "") {
    if (isAnchor(target, source.charAt(mark.end))) return [];
    const putBoth = wording("Put {0} for both", placeholder);
    const fix = isBare ? both(addText, addTarget, putBoth) : addText;
    return [report(text, wording("a link with neither text nor target. Write both."), [fix])];
  }
  if (target === "") {
    const nowhere = report(text, NOWHERE, isBare ? [addTarget, keep] : [keep]);
    return [{ ...nowhere, ...(showsImage(text) && SEEN_ANYWAY) }];
  }
  if (text !== "" || isAnchor(target, source.charAt(mark.end))) return [];
  return [report(text, INVISIBLE, [addText])];
}

const INVISIBLE = wording("a link without text, which no reader sees. Write its text.");
const NOWHERE = wording("this link leads nowhere. Write its target, or drop the link.");

/** The words around a link or an image that has none. */
function around(source: string, { start, end }: Span, most: number): string {
  return excerpt(
    source.slice(Math.max(0, start - NEARBY), start),
    HOLE,
    source.slice(end, end + NEARBY),
    most,
  );
}

/** How much is read on each side, in UTF-16 units. */
const NEARBY = 240;

/**
 * A tag with only its URL and presentational attributes: with an id, a class or a handler a script may give it an
 * address.
 */
const PLAIN_TAG =
  /^<a(?:\s+(?:href|target|rel|title)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)+\s*>$/i;

/** A tag with only its URL. One with a title or a class may cover a picture or show an icon. */
const BARE_TAG = /^<a\s+href\s*=\s*(?:"[^"]+"|'[^']+')\s*>$/i;

/** Links that are empty on purpose: named anchors, pages whose title is filled in, icons set by a class. */
function isAnchor(target: string, next: string): boolean {
  return (
    /^(?:#|(?:project|path|inv|doc|xref):)/i.test(target) ||
    LABEL.test(target) ||
    next === "{" ||
    (!/^https?:/i.test(target) && PAGE.test(target) && !/[\n\r\u2028\u2029]/.test(target))
  );
}

/** A label or the name of a document, whose title a documentation tool fills in. */
const LABEL =
  /^(?!(?:mailto|tel|sms|data|javascript):)[a-z][\w:-]{0,200}(?:\.[a-z]+_\w{0,200}|(?:\/[\w-]{1,80}){1,8})?$/i;

/** A page of the same site, or an anchor in one. */
const PAGE = /\.(?:md|rst|ipynb)(?:#|$)/i;

/** Two fixes as one, with a stop at each. */
function both(one: Fix, other: Fix, title: Wording): Fix {
  const stops = [...(one.stops ?? []), ...(other.stops ?? [])];
  return { title, safe: false, edits: [...one.edits, ...other.edits], stops };
}
