import { type Draft, type Format, type Block, blockAt } from "../../draft/draft.ts";
import type { Finding, Fix } from "../../draft/finding.ts";
import { proseOffset } from "../../draft/prose.ts";
import { writtenWords } from "../../draft/quotation.ts";
import { getSentences } from "../../language/sentences.ts";
import { differingWords } from "../../repeats/differing.ts";
import { RULES } from "../../rules/index.ts";
import { applyEdits, type Edit } from "../../text/edits.ts";
import { beginning, excerpt, ending, oneLine, HOLE } from "../../text/excerpt.ts";
import { type Span, shifted } from "../../text/span.ts";
import { type Display, ruleLink } from "../to-protocol.ts";
import type { Paragraph, Inline } from "./rich-text.ts";
import { say, type Translations, type Wording, wording } from "../../text/wording.ts";

export interface OtherCopy {
  /** Its place: “line 3”, “line 3 of b.md”. */
  readonly place: string;
  readonly text: string;
}

/** What a hover says about a fix. */
type OfferedFix = Pick<Fix, "title" | "uri" | "edits">;

interface HoverFacts {
  readonly draft: Draft;
  readonly fixes: readonly OfferedFix[];
  readonly other: OtherCopy | undefined;
  readonly display: Display;
  /** Links to the available actions in a read-only document, where VS Code has no menu of fixes. */
  readonly links: readonly Inline[];
}

/** What there is to say about a finding beyond its message: where it is, what each fix does, and why it matters. */
export function hoverContent(finding: Finding, facts: HoverFacts): readonly Paragraph[] {
  return [
    ...quoteWords(finding, facts),
    // Not at the end, where a long hover is cut off.
    ...(facts.links.length === 0 ? [] : [separated(facts.links)]),
    ...facts.fixes.map((fix): Paragraph => ({
      kind: "item",
      of: [{ strong: sayTo(facts, fix.title) }, describeFix(facts, fix)],
    })),
    why(finding.rule, facts),
  ];
}

function separated(links: readonly Inline[]): Paragraph {
  return {
    kind: "text",
    of: links.flatMap((link, index) => (index === 0 ? [link] : [" · ", link])),
  };
}

function sayTo({ display }: HoverFacts, words: Wording): string {
  return say(words, display.translations);
}

function quoteWords(finding: Finding, facts: HoverFacts): readonly Paragraph[] {
  const { draft, other, display } = facts;
  const { translations } = display;
  const quote = (words: Wording, of: readonly Inline[]): Paragraph => {
    const [before = "", after = ""] = sayTo(facts, words).split(QUOTED);
    return { kind: "quote", of: [before, ...of, after] };
  };
  if (other !== undefined) {
    const text = draft.text.slice(finding.start, finding.end);
    if (text === other.text) {
      const words = wording("Here and, word for word, {0}: “{1}”", other.place, QUOTED);
      return [quote(words, [beginning(text, 2 * MAX_SHARED)])];
    }
    const { here, there } = copiesSideBySide(draft.format, text, other.text, translations);
    return [
      quote(wording("Here: “{0}”", QUOTED), here),
      quote(wording("There, {0}: “{1}”", other.place, QUOTED), there),
    ];
  }
  const sentence = markedSentence(draft, finding);
  return sentence === undefined ? [] : [quote(wording("“{0}”", QUOTED), sentence)];
}

/** Placeholder for inlines in a wording. */
const QUOTED = "\0";

/** With more words than this, it is a passage, and only its beginning is shown. */
const FEW = 6;

function describeFix(facts: HoverFacts, { edits, uri }: OfferedFix): string {
  const { text } = facts.draft;
  const first = edits[0];
  const last = edits.at(-1);
  if (uri !== undefined || first === undefined || last === undefined) return "";
  const gone = edits.map(({ start, end }) => text.slice(start, end)).join(" ");
  const put = edits.map(({ newText }) => newText).join(" ");
  const count = gone.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;
  if (count > FEW) {
    const [out, there] = [beginning(gone.trim()), beginning(put.trim())];
    const words =
      there === ""
        ? wording(": takes out “{0}” ({1} words)", out, count)
        : wording(": takes out “{0}” ({1} words), and puts “{2}” there", out, count, there);
    return sayTo(facts, words);
  }
  const [start, end] = [
    Math.min(...edits.map((edit) => edit.start)),
    Math.max(...edits.map((edit) => edit.end)),
  ];
  const inner = edits.map((edit) => ({
    start: edit.start - start,
    end: edit.end - start,
    newText: edit.newText,
  }));
  const made = applyEdits(text.slice(start, end), inner);
  const given = excerpt(text.slice(0, start), made, text.slice(end));
  return sayTo(facts, wording(": gives “{0}”", given));
}

function why(id: string, facts: HoverFacts): Paragraph {
  const summary = RULES.find((rule) => rule.id === id)?.summary ?? "";
  const page = ruleLink(facts.display, id);
  const asked = sayTo(facts, wording("Why?"));
  return {
    kind: "text",
    of: [
      `${sayTo(facts, wording(summary))} `,
      page === undefined ? `${asked} galley rules ${id}` : { link: asked, href: page },
    ],
  };
}

/** How much of a passage is compared, in UTF-16 units. */
const MAX_PASSAGE = 6000;
/** What two copies share is shortened if it is longer than this. */
const MAX_SHARED = 120;
const MAX_DIFFERENCES = 8;

/** Two copies of a passage; words that only one of them has are bold. */
export function copiesSideBySide(
  format: Format,
  here: string,
  there: string,
  translations?: Translations,
): { readonly here: readonly Inline[]; readonly there: readonly Inline[] } {
  const [draft, otherDraft] = [here, there].map((text) => format.parse(text.slice(0, MAX_PASSAGE)));
  if (draft === undefined || otherDraft === undefined) return { here: [], there: [] };
  const differing = differingWords(draft, otherDraft);
  return {
    here: shown(draft.text, differing.here, translations),
    there: shown(otherDraft.text, differing.there, translations),
  };
}

function shown(text: string, strong: readonly Span[], translations?: Translations): Inline[] {
  const inlines: Inline[] = [];
  let at = 0;
  for (const { start, end } of strong.slice(0, MAX_DIFFERENCES)) {
    inlines.push(shared(text.slice(at, start), at === 0, false));
    inlines.push({ strong: beginning(text.slice(start, end), MAX_SHARED) });
    at = end;
  }
  const more = strong.length - MAX_DIFFERENCES;
  const rest =
    more === 1 ? wording("(1 more difference)") : wording("({0} more differences)", more);
  inlines.push(
    shared(text.slice(at), at === 0, true),
    more > 0 ? ` ${say(rest, translations)}` : "",
  );
  return inlines;
}

/** Words that both have. If there are many, only those next to a difference. */
function shared(text: string, isFirst: boolean, isLast: boolean): string {
  if (text.length <= MAX_SHARED) return oneLine(text);
  const half = MAX_SHARED / 2;
  if (isFirst && isLast) return beginning(text, 2 * MAX_SHARED);
  if (isFirst) return ending(text, half);
  return isLast ? beginning(text, half) : `${beginning(text, half)} ${ending(text, half)}`;
}

/** How much of a sentence is shown on each side of a finding, in UTF-16 units. */
const SIDE = 200;

/**
 * The sentence that a finding is in, with its holes, or else with the words it is about in bold. Undefined if it has no
 * words.
 */
export function markedSentence(draft: Draft, finding: Finding): readonly Inline[] | undefined {
  const index = Math.max(0, blockAt(draft, finding.start));
  const block = draft.blocks[index];
  if (block === undefined || block.prose.text.trim() === "") return undefined;
  const start = draft.starts[index] ?? 0;
  const marks = getMarks(finding).map((mark): Mark => ({
    ...proseSpan(block, shifted(mark, -start)),
    of: mark.of,
  }));
  const first = marks[0];
  const last = marks.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const sentence = sentenceAround(block, { start: first.start, end: last.end });
  const inlines: Inline[] = [
    ending(
      writtenWords(block, {
        start: Math.max(sentence.start, first.start - SIDE * 2),
        end: first.start,
      }),
      SIDE,
    ),
  ];
  marks.forEach(({ end, of, start: from }, at) => {
    const next = marks[at + 1];
    inlines.push(
      ...(of ?? [{ strong: beginning(writtenWords(block, { start: from, end }), SIDE) }]),
    );
    if (next !== undefined)
      inlines.push(writtenWords(block, { start: end, end: Math.max(end, next.start) }));
  });
  const rest = { start: last.end, end: Math.min(sentence.end, last.end + SIDE * 2) };
  return [...inlines, beginning(writtenWords(block, rest), SIDE)];
}

/** What is bold: the words of a span, or what is inserted there. */
interface Mark extends Span {
  readonly of?: readonly Inline[] | undefined;
}

/** There are holes where the placeholder would go. A finding without holes is bold itself. */
function getMarks(finding: Finding): readonly Mark[] {
  const loss = finding.fixes?.find((fix) => fix.uri === undefined && fix.stops !== undefined);
  const holes = (loss?.edits ?? []).map((edit, at): Mark => holeAt(edit, loss?.stops?.[at]));
  const isNear = holes.every(
    ({ start, end }) => finding.start - 2 <= start && end <= finding.end + 2,
  );
  return holes.length > 0 && isNear ? holes : [finding];
}

function holeAt(
  { start, end, newText }: Edit,
  stop: Span = { start: 0, end: newText.length },
): Mark {
  const of = [newText.slice(0, stop.start), { strong: HOLE }, newText.slice(stop.end)];
  return { start, end, of };
}

function proseSpan({ prose }: Block, { start, end }: Span): Span {
  const from = proseOffset(prose, start);
  return { start: from, end: Math.max(from, proseOffset(prose, end)) };
}

function sentenceAround(block: Block, span: Span): Span {
  const touched = getSentences(block).filter(
    ({ start, end }) => start <= span.end && span.start <= end,
  );
  return {
    start: Math.min(span.start, touched[0]?.start ?? span.start),
    end: Math.max(span.end, touched.at(-1)?.end ?? span.end),
  };
}
