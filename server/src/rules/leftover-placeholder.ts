import { type Block, type Draft, holdsProse, type PlacedBlock } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import { keepLast } from "../draft/incremental/memoize.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import { quotationAround } from "../draft/quotation.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { beginning, messageAbout, type Quote } from "../text/excerpt.ts";
import { matchSpans, shifted, type Span } from "../text/span.ts";
import { wording } from "../text/wording.ts";
import { addToList } from "../text/lists.ts";

export const leftoverPlaceholder = draftRule({
  id: "leftover-placeholder",
  kind: "leftover",
  scope: "draft",
  severity: "information",
  english: false,
  summary: "A mark for something still to be written: TK, XXX, [link], lorem ipsum.",
  docs: {
    description:
      "A placeholder for a fact, a link or a paragraph should be gone before print: `TK` and `TKTK`, `XXX`, `[link]`, `[insert …]`, `Dear [name],`, `TODO:`, `2025-XX-XX`, `lorem ipsum`, and whatever you chose as your own placeholder.\n\nNames (TK Maxx), numerals (Super Bowl XXX), a term that a glossary explains (`TK: stands for …`), code and links are left alone. So are the brackets of a form, with four or more lines such as `Date: [when it was decided]`, and dummy text in a draft with blocks of code. There is no fix, because only you know what belongs there.",
    flagged: [
      { text: "The bridge cost ⟦TK⟧ million.\n" },
      { text: "The bridge was built in ⟦XXX⟧ by ⟦[insert name]⟧.\n" },
      { text: "The bridge cost two million. It opens on ⟦2025-XX-XX⟧.\n" },
      { text: "⟦Lorem ipsum⟧ dolor sit amet, consectetur adipiscing elit.\n" },
    ],
    fine: [
      { text: "TK Maxx opened a shop; Super Bowl XXX was played in Tempe.\n" },
      { text: "Write `TODO` in the code. The [link](https://example.org) works.\n" },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const custom = context.placeholder;
  const pending = new Map<string, Pending[]>();

  let defined: ReadonlySet<string> | undefined;
  // The usual placeholders are found in any case, without names.
  const isUsual = custom === "" || /^(?:TK)+$|^X{3,}$/.test(custom);
  const { inBlock, inDraft } = isUsual ? USUAL : finderFor(custom);
  for (const { block, start } of inDraft(draft)) {
    for (const span of inBlock(block)) {
      const text = block.prose.text.slice(span.start, span.end);
      if (text.startsWith("[")) {
        defined ??= getDefined(draft);
        if (defined.has(text.slice(1, -1).toLowerCase()) || isLinked(block, span)) continue;
        if (prompting(draft).length >= MIN_TEMPLATE) continue;
      } else if (/^l/i.test(text) && draft.blocks.some(({ kind }) => kind === "code")) {
        // What code makes of it is shown with dummy text.
        continue;
      } else if (/^(?:TK$|TODO|FIXME)/.test(text) && isTerm(draft, start, block, span)) continue;
      const quote = quotationAround(block, span);
      const report = {
        ...shifted(sourceSpan(block.prose, span), start),
        message: messageAbout(
          quote,
          wording("“{0}” was never filled in. Write it.", beginning(text, 20)),
        ),
      };
      const kind = text === custom ? undefined : TEMPLATE_PLACEHOLDER.exec(text)?.[0];
      if (kind === undefined) reports.push(report);
      else addToList(pending, kind, { report, quote });
    }
  }
  return [...reports, ...[...pending.values()].flatMap(asTemplate)];
}

/** The blocks of a form, which say in brackets what belongs there: “Date: [when it was decided]”. */
const prompting = blocksWhere(
  (block) =>
    holdsProse(block) && PROMPT.test(block.prose.text) && USUAL.inBlock(block).length === 0,
);

const PROMPT = /(?:^|[:–-][ \t]{1,4})\[[^\][\s]{1,80}\s[^\][\n]{1,200}\]\s{0,4}$/;

/** A placeholder that may be one of many, and the quotation of it. */
interface Pending {
  readonly report: Report;
  readonly quote: Quote;
}

/** Reports many placeholders of one kind as one hint, at the first of them. */
function asTemplate(marks: readonly Pending[]): readonly Report[] {
  const [first] = marks;
  if (first === undefined || marks.length < MIN_TEMPLATE) return marks.map(({ report }) => report);
  const message = messageAbout(
    first.quote,
    wording("one of {0} such marks. If this is not a template, fill them in.", marks.length),
  );
  return [{ ...first.report, message, severity: "hint" }];
}

/** Whether a span is or has the text of a link or an image with a target: “[link](…)”, “[[Link](…)]”. */
function isLinked(block: Block, span: Span): boolean {
  const { start, end } = sourceSpan(block.prose, span);
  return block.marks.some(
    ({ kind, text, target }) =>
      (kind === "link" || kind === "image") &&
      target !== "" &&
      text !== undefined &&
      text.start < end &&
      start < text.end,
  );
}

/**
 * Whether a word at the beginning of a block is explained there: a glossary's term, or with “stands for” and the like.
 */
function isTerm({ text }: Draft, blockStart: number, { prose }: Block, span: Span): boolean {
  if (prose.text.slice(0, span.start).trim() !== "") return false;
  if (DEFINED.test(text.slice(Math.max(0, blockStart - 120), blockStart))) return true;
  const { end } = shifted(sourceSpan(prose, span), blockStart);
  return EXPLAINED.test(text.slice(end, end + 80));
}

const DEFINED = /<(?:dt|dfn|abbr)\b[^<>]{0,80}>\s{0,20}$/i;
const EXPLAINED =
  /^[*_]{0,3}\s{0,4}\n:\s|^["'”’*_)]{0,4}\s{0,2}(?:(?:[(:–—-]|is\b)[^.!?\n]{0,20}(?:\b(?:abbreviation|placeholder|short for|means|stands for)\b|[“"']to come\b)|(?:means|abbreviates|stands for|[Ii]ndicates|[Mm]arks)\b)/;

/** A draft with this many placeholders of one kind is a template. */
const MIN_TEMPLATE = 4;
/** The placeholders that templates use. */
const TEMPLATE_PLACEHOLDER = /^(?:[[XFLl]|TODO)/;

/** A cheap test that skips most texts. */
const ANY = /TK|XXX|-XX|\[|TODO[:(]|FIXME[:(]|lorem ipsum/i;

const PATTERNS = [
  // TK, TKTK, TK TK
  "(?<![\\p{L}\\p{N}_\\-./@#&$=\uFFFC])TK(?:TK|K)*(?: TK(?:TK|K)*){0,4}(?![\\p{L}\\p{N}_\\-&/=@]|\\.\\p{L})",
  "(?<![\\p{L}\\p{N}_\\-./@#&$:=+\uFFFC])X{3,}(?![\\p{L}\\p{N}_\\-&/@=+]|\\.[\\p{L}\\p{N}]|\\s*[}\\]>;])",
  "\\[(?:(?:[Ii]nsert|INSERT|[Ff]ill in|TK)(?:[ :,][^\\][\\n]{0,80})?|(?:[Pp]laceholder|TODO|TBD|XXX)(?::[^\\][\\n]{0,80})?)\\](?!\\()",
  "(?<![#\\p{L}\\p{N}_)\\]])\\[(?:[Ll]inks?|LINK|[Ll]ink here|[Ll]ink to [^\\][\\n]{1,60})\\](?![(\\[])",
  // “Dear [name],”, and “[Your name]” on a line of its own
  "(?<=(?:^|\\n)(?:Dear|Hello|Hi)(?: M[rsx]{1,2}\\.?)? )\\[[^\\][\\n]{1,40}\\](?=[,:!])",
  "(?<=^|\\n)\\[[Yy]our [^\\][\\n]{1,40}\\](?=,?(?:$|\\n))",
  "(?<=^|\\n|[.!?)] )(?:TODO|FIXME)(?:\\([^)\\n]{0,30}\\))?:(?=\\s+\\S)",
  "(?<![\"“'‘\\p{L}])[Ll]orem ipsum(?=,? dolor)",
  // 2025-XX-XX, 2025-12-XX
  "(?<![\\p{L}\\p{N}_\\-./])(?:19|20)(?:\\d\\d|XX)-(?:XX|\\d\\d)-XX(?![\\p{L}\\p{N}_\\-])",
];

interface Finder {
  /** The placeholders in a block, in prose offsets (UTF-16 units); memoized per block. */
  readonly inBlock: (block: Block) => readonly Span[];
  /** The blocks of a draft that have some. */
  readonly inDraft: (draft: Draft) => readonly PlacedBlock[];
}

/** A finder of the usual placeholders and of another, which may be any characters but is no part of a longer word. */
function newFinder(custom: string): Finder {
  const starts = /^[\p{L}\p{N}_]/u.test(custom) ? "(?<![\\p{L}\\p{N}_-])" : "";
  const ends = /[\p{L}\p{N}_]$/u.test(custom) ? "(?![\\p{L}\\p{N}_-])" : "";
  const own = starts + custom.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&") + ends;
  const pattern = new RegExp([...PATTERNS, ...(custom === "" ? [] : [own])].join("|"), "gu");
  const mayHold = (text: string): boolean =>
    ANY.test(text) || (custom !== "" && text.includes(custom));
  const inBlock = perBlock((block): readonly Span[] => {
    const { text } = block.prose;
    if (!holdsProse(block) || !mayHold(text)) return [];
    return matchSpans(text.matchAll(pattern)).filter((span) => {
      const words = text.slice(span.start, span.end);
      return words === custom || !isName(text, span, words);
    });
  });
  return { inBlock, inDraft: blocksWhere((block) => inBlock(block).length > 0) };
}

const USUAL = newFinder("");
/** Of the last few placeholders, because what is known of a draft's blocks is known of one function. */
const finderFor = keepLast(4, String, newFinder);

/** Whether it is part of a name (TK Maxx, Super Bowl XXX), quoted, or explained (“where XXXX is the number”). */
function isName(text: string, { start, end }: Span, placeholder: string): boolean {
  const before = text.slice(Math.max(0, start - 30), start);
  const after = text.slice(end, end + 30);
  if (/["“'‘]$/.test(before) && /^["”'’]/.test(after)) return true;
  if (placeholder === "TK") {
    if (/^[ \u00A0]\p{Lu}[\p{Ll}.]/u.test(after)) return true;
    // A surname with initials, as in a list of references.
    return /\p{Lu}\p{Ll}+[ \u00A0]$/u.test(before) && /^(?:[,;:]|[ \u00A0][(&])/.test(after);
  }
  if (placeholder.startsWith("X") && isExplained(text, { start, end })) return true;
  return placeholder === "XXX" && /\p{Lu}\p{L}{0,29}[ \u00A0]$/u.test(before);
}

/** Whether the sentence around a placeholder explains the same letters: “where XXXX is the number”. Reads no further. */
function isExplained(text: string, { start, end }: Span): boolean {
  const above = text.slice(Math.max(0, start - NEARBY), start);
  const before = above.split(SENTENCE_END).at(-1) ?? "";
  const [after = ""] = text.slice(end, end + NEARBY).split(SENTENCE_END, 1);
  const placeholder = text.slice(start, end);
  const sentence = before + placeholder + after;
  return [...sentence.matchAll(WHERE)].some(([, letters]) => letters === placeholder);
}

const SENTENCE_END = /[.!?]["”’)]{0,3}\s/;
const WHERE = /\b[Ww]here (X+) (?:is|are|means|stands for)\b/g;
/** How much of a sentence is read on each side, in UTF-16 units. */
const NEARBY = 200;

function getDefined(draft: Draft): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const { marks } of draft.blocks) {
    for (const { kind, label = "" } of marks) {
      if (kind === "definition") labels.add(label.toLowerCase());
    }
  }
  return labels;
}
