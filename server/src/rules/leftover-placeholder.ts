import type { Block, Draft } from "../draft/draft.ts";
import { blockAt, holdsProse } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import type { RuleContext } from "./rule.ts";
import { draftRule } from "./rule.ts";
import type { Span } from "../text/span.ts";
import { shifted } from "../text/span.ts";
import { indexBlocks } from "../draft/incremental/chunks.ts";

export const leftoverPlaceholder = draftRule({
  id: "leftover-placeholder",
  scope: "draft",
  severity: "information",
  english: false,
  summary:
    "A mark for something still to be written: TK, XXX, [link], lorem ipsum, a merge conflict.",
  docs: {
    description:
      "What stood in for a fact, a link or a paragraph should be gone before print: TK and TKTK, XXX, “[link]”, “[insert …]”, “TODO:”, “lorem ipsum”, the marks that a merge leaves when two versions of a draft clash, and whatever you chose as your own placeholder. Names (TK Maxx), numerals (Super Bowl XXX), code and links are left alone. There is no fix: only you know what belongs there.",
    flagged: [
      { text: "The bridge cost ⟦TK⟧ million.\n" },
      { text: "The bridge was built in ⟦XXX⟧ by ⟦[insert name]⟧.\n" },
      { text: "⟦Lorem ipsum⟧ dolor sit amet, consectetur adipiscing elit.\n" },
      {
        text: "The council met.\n\n⟦<<<<<<< ours⟧\nIt voted on Monday.\n\n⟦=======⟧\nIt voted on Tuesday.\n\n⟦>>>>>>> theirs⟧\n",
        note: "Two versions of the draft were merged, and nobody chose.",
      },
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
  const reports: Report[] = conflicts(draft);
  const own = context.placeholder;
  // The usual ones are known, and told from names, already.
  const hasOwn = own !== "" && !/^(?:TK)+$|^X{3,}$/.test(own) && draft.text.includes(own);
  const held = new Map<string, Report[]>();

  let defined: ReadonlySet<string> | undefined;
  for (const index of hasOwn ? withOwn(draft, own) : withKnown(draft)) {
    const block = draft.blocks[index];
    if (block === undefined) continue;
    const start = draft.starts[index] ?? 0;
    const known = leftoversOf(block);
    const spans =
      hasOwn && holdsProse(block) ? merged(known, wholeWords(block.prose.text, own)) : known;
    for (const span of spans) {
      const text = block.prose.text.slice(span.start, span.end);
      if (text.startsWith("[")) {
        defined ??= definitionsOf(draft);
        if (defined.has(text.slice(1, -1).toLowerCase()) || isLinked(block, span)) continue;
      }
      const report = {
        ...shifted(sourceSpan(block.prose, span), start),
        message: `“${text}” stands for something still to be written. Write it, or cut the sentence.`,
      };
      const kind = text === own ? undefined : IN_TEMPLATES.exec(text)?.[0];
      if (kind === undefined) reports.push(report);
      else if (held.get(kind)?.push(report) === undefined) held.set(kind, [report]);
    }
  }
  return [...reports, ...[...held.values()].flatMap(asTemplate)];
}

/** Of many marks of one kind, the first stands for all. */
function asTemplate(held: readonly Report[]): readonly Report[] {
  const [first] = held;
  if (first === undefined || held.length < TEMPLATE) return held;
  const message = `This draft has ${held.length} marks such as this one, so it reads as a template. If it isn't, fill them in.`;
  return [{ ...first, message, severity: "hint" }];
}

/** Whether a span is within the text of a link that leads somewhere: “[link]” may be all that a link is called. */
function isLinked(block: Block, span: Span): boolean {
  const { start, end } = sourceSpan(block.prose, span);
  return block.marks.some(
    ({ kind, text, target }) =>
      kind === "link" &&
      target !== "" &&
      text !== undefined &&
      text.start <= start &&
      end <= text.end,
  );
}

/** A draft with so many marks of one kind is meant to be filled in by its readers, or its writer knows of them. */
const TEMPLATE = 4;
/** What such a mark begins with. */
const IN_TEMPLATES = /^(?:[[XFLl]|TODO)/;

const NONE: readonly Span[] = [];

/** The placeholders that everyone knows, in prose offsets; kept with the block. */
const leftoversOf = perBlock((block): readonly Span[] =>
  holdsProse(block) ? findLeftovers(block.prose.text) : NONE,
);

const withKnown = indexBlocks((block) => leftoversOf(block).length > 0);

const withOwn = indexBlocks(
  (block: Block, own: string) => block.prose.text.includes(own) || leftoversOf(block).length > 0,
);

/** One look decides whether a text can hold any of them. */
const ANY = /TK|XXX|\[|TODO:|FIXME:|lorem ipsum/i;

const LEFTOVER = new RegExp(
  [
    // TK, TKTK, TK TK
    "(?<![\\p{L}\\p{N}_\\-./@#&$=\uFFFC])TK(?:TK|K)*(?: TK(?:TK|K)*){0,4}(?![\\p{L}\\p{N}_\\-&/=@]|\\.\\p{L})",
    "(?<![\\p{L}\\p{N}_\\-./@#&$:=+\uFFFC])X{3,}(?![\\p{L}\\p{N}_\\-&/@=+]|\\.[\\p{L}\\p{N}]|\\s*[}\\]>;])",
    "\\[(?:(?:[Ii]nsert|INSERT|[Ff]ill in|TK)(?:[ :,][^\\][\\n]{0,80})?|(?:[Pp]laceholder|TODO|TBD|XXX)(?::[^\\][\\n]{0,80})?)\\]",
    "(?<![#\\p{L}\\p{N}_)\\]])\\[(?:[Ll]inks?|LINK|[Ll]ink here|[Ll]ink to [^\\][\\n]{1,60})\\](?![(\\[])",
    "(?<=^|\\n|[.!?)] )(?:TODO|FIXME)(?:\\([^)\\n]{0,30}\\))?:(?=\\s+\\S)",
    "(?<![\"“'‘\\p{L}])[Ll]orem ipsum(?=,? dolor)",
  ].join("|"),
  "gu",
);

function findLeftovers(text: string): readonly Span[] {
  if (!ANY.test(text)) return NONE;
  const spans: Span[] = [];
  for (const match of text.matchAll(LEFTOVER)) {
    const span = { start: match.index, end: match.index + match[0].length };
    if (!isName(text, span, match[0])) spans.push(span);
  }
  return spans.length === 0 ? NONE : spans;
}

/** Initials before a name, a numeral after one: TK Maxx, Super Bowl XXX. Quoted, it is spoken of. */
function isName(text: string, { start, end }: Span, found: string): boolean {
  const before = text.slice(Math.max(0, start - 30), start);
  const after = text.slice(end, end + 30);
  if (/["“'‘]$/.test(before) && /^["”'’]/.test(after)) return true;
  if (found === "TK") {
    if (/^[ \u00A0]\p{Lu}[\p{Ll}.]/u.test(after)) return true;
    // A surname with initials, as in a list of references.
    return /\p{Lu}\p{Ll}+[ \u00A0]$/u.test(before) && /^(?:[,;:]|[ \u00A0][(&])/.test(after);
  }
  return /^X+$/.test(found) && found.length === 3 && /\p{Lu}\p{L}{0,29}[ \u00A0]$/u.test(before);
}

/** Two rows of spans as one, in order, without those of the second that overlap the first. */
function merged(known: readonly Span[], own: readonly Span[]): readonly Span[] {
  const all: Span[] = [];
  let next = 0;
  for (const span of own) {
    for (let one = known[next]; one !== undefined && one.start < span.end; one = known[++next]) {
      all.push(one);
    }
    if ((all.at(-1)?.end ?? 0) <= span.start) all.push(span);
  }
  return [...all, ...known.slice(next)];
}

/** Where a word stands by itself, whatever it is made of. */
function wholeWords(text: string, word: string): Span[] {
  const spans: Span[] = [];
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + word.length)) {
    const end = at + word.length;
    const joined =
      (/[\p{L}\p{N}_]/u.test(word.charAt(0)) && /[\p{L}\p{N}_-]/u.test(text.charAt(at - 1))) ||
      (/[\p{L}\p{N}_]/u.test(word.charAt(word.length - 1)) &&
        /[\p{L}\p{N}_-]/u.test(text.charAt(end)));
    if (!joined) spans.push({ start: at, end });
  }
  return spans;
}

/** The marks of a merge conflict: all three, in order, each on a line of its own, outside code. */
function conflicts(draft: Draft): Report[] {
  const reports: Report[] = [];
  const { text } = draft;
  let from = 0;
  for (let at = text.indexOf("<<<<<<< "); at >= 0; at = text.indexOf("<<<<<<< ", from)) {
    from = at + 8;
    if (!startsLine(text, at)) continue;
    const middle = lineOf(text, "=======", at);
    const end = lineOf(text, ">>>>>>> ", middle?.end ?? text.length);
    if (middle === undefined || end === undefined) break;
    from = end.end;
    if (draft.blocks[blockAt(draft, at)]?.kind === "code") continue;
    const message =
      "Two versions of the draft clash here, and nobody chose. Keep one, and delete the marks.";
    const first = { start: at, end: lineEnd(text, at) };
    for (const span of [first, middle, end]) reports.push({ ...span, message });
  }
  return reports;
}

function lineOf(text: string, mark: string, from: number): Span | undefined {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    const end = lineEnd(text, at);
    if (startsLine(text, at) && (mark.endsWith(" ") || end === at + mark.length))
      return { start: at, end };
  }
  return undefined;
}

function startsLine(text: string, at: number): boolean {
  return at === 0 || text[at - 1] === "\n" || text[at - 1] === "\r";
}

function lineEnd(text: string, at: number): number {
  const end = /[\r\n]/g;
  end.lastIndex = at;
  return end.exec(text)?.index ?? text.length;
}

function definitionsOf(draft: Draft): ReadonlySet<string> {
  const labels = new Set<string>();
  for (const index of defining(draft)) {
    for (const mark of draft.blocks[index]?.marks ?? []) {
      if (mark.kind === "definition") labels.add((mark.label ?? "").toLowerCase());
    }
  }
  return labels;
}

const defining = indexBlocks(({ marks }) => marks.some(({ kind }) => kind === "definition"));
