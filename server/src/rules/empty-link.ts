import { deletionFix } from "../deletion/deletion.ts";
import type { Block, Draft, Mark } from "../draft/draft.ts";
import { blockEnd } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { blocksThat } from "../draft/incremental/stretches.ts";
import type { Fix, Report } from "../draft/finding.ts";
import type { RuleContext } from "./rule.ts";
import { draftRule } from "./rule.ts";
import type { Span } from "../text/span.ts";
import { includesOthers } from "./support/includes.ts";
import { placeholderFix } from "./support/placeholder.ts";

export const emptyLink = draftRule({
  id: "empty-link",
  scope: "draft",
  severity: "warning",
  english: false,
  summary: "A link without text or target, or a footnote without its other half.",
  docs: {
    description:
      "A link without a target goes nowhere, one without text can't be seen. References (`[text][label]`) and footnotes need a definition somewhere in the draft, and a footnote's text needs its mark. Plain brackets such as “[sic]” are left alone, and so are references in drafts that include other files, where the definition may stand. Named anchors (`[](#place)`) are no links. In HTML only a link with words and an empty `href` is flagged, and not where it has an id, a class or a handler, by which a script may fill it in; `#` is an address.",
    flagged: [
      { text: "Read ⟦[the report]()⟧ before you vote.\n" },
      { text: 'Read ⟦<a href="">the report</a>⟧ before you vote.\n' },
      { text: "Read ⟦[](https://example.org/report)⟧ before you vote.\n" },
      { text: "Read ⟦[the report][annual]⟧ before you vote.\n" },
      { text: "The bridge cost two million.⟦[^1]⟧\n" },
      { text: "The bridge cost two million.\n\n⟦[^cost]:⟧ In 1931 dollars.\n" },
    ],
    fine: [
      {
        text: "Read [the report][annual] and [the minutes](https://example.org).[^1]\n\n[annual]: https://example.org/annual\n\n[^1]: Both of them.\n",
      },
      { text: "“The brige [sic] is open,” he wrote [in May].\n" },
      { text: "[](#top) The section that other pages link to.\n" },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const labels = labelsOf(draft);
  // What is defined or used may stand in a file that this one includes.
  const whole = labels.pending && !includesOthers(draft);
  for (const index of linking(draft)) {
    const block = draft.blocks[index];
    if (block === undefined) continue;
    const start = draft.starts[index] ?? 0;
    for (const mark of linksOf(block)) {
      const place = { start: start + mark.start, end: start + mark.end };
      if (mark.kind === "link" || mark.kind === "image") {
        reports.push(...emptyParts(block, mark, start, context.placeholder));
      } else if (!whole) {
        continue;
      } else if (mark.kind === "reference") {
        if (isLost(block, mark, labels)) reports.push(undefinedReference(block, mark, place));
      } else if (mark.kind === "footnote") {
        if (isLostNote(block, mark, labels)) {
          reports.push(undefinedNote(draft, mark, place, context.placeholder));
        }
      } else if (mark.kind === "footnote-definition") {
        if (!labels.notesUsed.has(normal(mark.label))) {
          reports.push(unusedNote(draft, index, mark, place));
        }
      }
    }
  }
  return reports;
}

/** A badge is seen whether or not it leads anywhere. */
const IMAGE = /^!\[[^\n]*[\])]$/;
const HINT = { severity: "hint" } as const;

const KEEP = "Keep the text, drop the link";

function emptyParts(block: Block, mark: Mark, start: number, placeholder: string): Report[] {
  const source = block.source;
  const target = mark.target;
  if (mark.text === undefined || target === undefined) return [];
  if (source[mark.start] === "<") return emptyTag(block, mark, mark.text, start, placeholder);
  const text = source.slice(mark.text.start, mark.text.end).trim();
  const place = { start: start + mark.start, end: start + mark.end };
  // “options[key]()” is code.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(source.charAt(mark.start - 1))) return [];
  const inTarget = start + mark.end - 1;
  const addTarget: Fix = {
    ...placeholderFix(inTarget, placeholder),
    title: `Put ${placeholder} for the target`,
  };
  if (mark.kind === "image") {
    if (target !== "") return [];
    return [
      {
        ...place,
        message:
          "This image has no address, so nothing is shown. Put it between the round brackets.",
        fixes: mark.end - mark.text.end === 3 ? [addTarget] : [],
      },
    ];
  }
  const inText = start + mark.text.start;
  const addText: Fix = {
    ...placeholderFix(inText, placeholder),
    title: `Put ${placeholder} for the text`,
  };
  if (target === "") {
    const bare = mark.end - mark.text.end === 3;
    const message =
      text === ""
        ? "This link has neither text nor target. Write both, or cut it."
        : "This link leads nowhere: its target is missing. Put it between the round brackets, or drop the link.";
    const keep: Fix = {
      title: KEEP,
      safe: false,
      edits: [{ ...place, newText: source.slice(mark.text.start, mark.text.end) }],
    };
    const fixes = text === "" ? [addText] : bare ? [addTarget, keep] : [keep];
    return [{ ...place, message, fixes, ...(IMAGE.test(text) && HINT) }];
  }
  if (text !== "" || isAnchor(target, source.charAt(mark.end))) return [];
  return [
    {
      ...place,
      message:
        "This link has no text, so no reader sees it. Write the text between the square brackets.",
      fixes: [addText],
    },
  ];
}

/** Of links in HTML only those are surely empty that have words and no address, and that no script can make lead somewhere. */
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
            ...placeholderFix(place.start + empty.index + empty[0].length - 1, placeholder),
            title: `Put ${placeholder} for the target`,
          },
        ];
  const keep = { title: KEEP, safe: false, edits: [{ ...place, newText: words }] };
  return [
    {
      ...place,
      message:
        "This link leads nowhere: its target is missing. Put it between the quotation marks, or drop the link.",
      fixes: [...addTarget, keep],
    },
  ];
}

/** A tag with nothing but its address and how it is shown: one with an id, a class or a handler may be filled in by a script. */
const PLAIN_TAG =
  /^<a(?:\s+(?:href|target|rel|title)(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'<>=]+))?)+\s*>$/i;

/** Links that are empty by design: named places, pages whose title is filled in, icons set by a class. */
function isAnchor(target: string, next: string): boolean {
  return (
    /^(?:#|(?:project|path|inv|doc):)/i.test(target) ||
    next === "{" ||
    (!/^https?:/i.test(target) && PAGE.test(target) && !/[\n\r\u2028\u2029]/.test(target))
  );
}

/** A page of the same site, or a place in it. */
const PAGE = /\.(?:md|rst|ipynb)(?:#|$)/i;

interface Labels {
  readonly defined: ReadonlySet<string>;
  readonly headings: ReadonlySet<string>;
  readonly notesDefined: ReadonlySet<string>;
  readonly notesUsed: ReadonlySet<string>;
  /** Something names a label. */
  readonly pending: boolean;
}

function labelsOf(draft: Draft): Labels {
  const defined = new Set<string>();
  const headings = new Set<string>();
  const notesDefined = new Set<string>();
  const notesUsed = new Set<string>();
  const pending = pointing(draft).length > 0;
  // Only where something is looked up.
  if (pending) {
    for (const index of naming(draft)) {
      const block = draft.blocks[index];
      if (block?.kind === "heading") headings.add(headingLabel(block));
      for (const { kind, label } of block?.marks ?? []) {
        if (label === undefined) continue;
        if (kind === "definition") defined.add(normal(label));
        else if (kind === "footnote-definition") notesDefined.add(normal(label));
        else if (kind === "footnote") notesUsed.add(normal(label));
      }
    }
  }
  return { defined, headings, notesDefined, notesUsed, pending };
}

/** What a heading is referred to by. */
const headingLabel = perBlock((block): string => normal(block.prose.text));

/** Blocks that name a label of another place in the draft. */
const pointing = blocksThat(({ marks }) => marks.some(isPointer));

/** Blocks that labels are looked up in. */
const naming = blocksThat(
  ({ kind, marks }) =>
    kind === "heading" ||
    marks.some((mark) => mark.kind === "definition" || mark.kind.startsWith("footnote")),
);

function isPointer({ kind, label }: Mark): boolean {
  return label !== undefined && (kind === "reference" || kind.startsWith("footnote"));
}

/** Whether a reference is meant as one and has no definition. */
function isLost(block: Block, mark: Mark, labels: Labels): boolean {
  const label = mark.label ?? "";
  const key = normal(label);
  if (labels.defined.has(key) || labels.headings.has(key)) return false;
  const written = block.source.slice(mark.start, mark.end);
  if (!written.endsWith("]") || !written.includes("][") || mark.text === undefined) return false;
  if (mark.text.end <= mark.text.start || label.trim() === "") return false;
  // “a[i][j]” is code; so are names that a documentation tool looks up elsewhere, and citations.
  if (/[\p{L}\p{M}\p{N}_)\]]/u.test(block.source.charAt(mark.start - 1))) return false;
  if (/^[([]/.test(block.source.slice(mark.end, mark.end + 1))) return false;
  if (/::|\(\)|^[@#`!^,]|[\w]\.[\w]|[{}<>$|\\]/.test(label)) return false;
  if (
    /^\d+$|^.$/.test(block.source.slice(mark.text.start, mark.text.end)) &&
    /^\d+$|^.$/.test(label)
  )
    return false;
  // Where nothing is defined, a lone identifier may be another tool's.
  return labels.defined.size > 0 || !/[-_]/.test(label);
}

function undefinedReference(block: Block, mark: Mark, place: Span): Report {
  const image = block.source[mark.start] === "!";
  const text = mark.text ?? { start: mark.start, end: mark.start };
  const keep: Fix = {
    title: KEEP,
    safe: false,
    edits: [{ ...place, newText: block.source.slice(text.start, text.end) }],
  };
  const badge =
    IMAGE.test(block.source.slice(text.start, text.end)) ||
    (image && textStarts(block).has(mark.start));
  return {
    ...place,
    ...(badge && HINT),
    message: `“${mark.label ?? ""}” is defined nowhere in this draft, so the ${image ? "image" : "link"} shows as brackets. Add the line [${mark.label ?? ""}]: address.`,
    fixes: image ? [] : [keep],
  };
}

/** Where the texts of a block's links begin: what begins there is their first part. */
const textStarts = perBlock(
  ({ marks }): ReadonlySet<number> => new Set(marks.flatMap(({ text }) => text?.start ?? [])),
);

function isLostNote(block: Block, mark: Mark, labels: Labels): boolean {
  const label = mark.label ?? "";
  if (labels.notesDefined.has(normal(label))) return false;
  // “[^a-z]*” is a pattern.
  if (/[*+?{]/.test(block.source.charAt(mark.end)) || /[^\w.-]/.test(label)) return false;
  return labels.notesDefined.size > 0 ? !/^\w-\w/.test(label) : /^\d{1,3}$/.test(label);
}

function unusedNote(draft: Draft, index: number, mark: Mark, place: Span): Report {
  const label = mark.label ?? "";
  let last = index;
  while (isOfNote(draft, index, last + 1)) last++;
  let end = blockEnd(draft, last);
  // A table's last cell has a mark after it.
  while (last > index && /[^\r\n]/.test(draft.text.charAt(end))) end++;
  while (/\s/.test(draft.text.charAt(end - 1))) end--;
  const span = { start: place.start, end };
  return {
    ...place,
    message: `Nothing in the text points to the footnote “${label}”, so no reader sees it. Put [^${label}] where it belongs, or cut the footnote.`,
    fixes: [deletionFix({ title: "Delete the footnote", draft, span })],
  };
}

/** Whether a block is part of a footnote above it: its next line, or indented below it as CommonMark has it. */
function isOfNote(draft: Draft, note: number, index: number): boolean {
  const block = draft.blocks[index];
  if (block === undefined) return false;
  if (block.marks.some(({ kind }) => kind.endsWith("definition"))) return false;
  const margin = marginOf(draft, note);
  const own = marginOf(draft, index);
  if (own.startsWith(margin) && /^(?: {4}|\t)/.test(own.slice(margin.length))) return true;
  const { continues, kind, listDepth, quoteDepth } = block;
  const sameQuote = quoteDepth === draft.blocks[note]?.quoteDepth;
  return continues && kind === "paragraph" && listDepth === 0 && sameQuote;
}

/** What stands on a block's first line before it: white space, and the marks of what holds it. */
function marginOf({ text, starts }: Draft, index: number): string {
  const start = starts[index] ?? 0;
  let from = start;
  while (from > 0 && !/[\r\n]/.test(text.charAt(from - 1))) from--;
  return text.slice(from, start);
}

function undefinedNote(draft: Draft, mark: Mark, place: Span, placeholder: string): Report {
  const label = mark.label ?? "";
  const gap = draft.text.endsWith("\n\n") ? "" : draft.text.endsWith("\n") ? "\n" : "\n\n";
  return {
    ...place,
    message: `The footnote “${label}” has no text. Write it on a line of its own: [^${label}]: text.`,
    fixes: [
      {
        ...placeholderFix(draft.text.length, placeholder, `${gap}[^${label}]: `, "\n"),
        title: `Add the footnote with ${placeholder}`,
      },
    ],
  };
}

const NO_LINKS: readonly Mark[] = [];
/** The marks of a block that this rule may judge; kept with the block. */
const linksOf = perBlock((block): readonly Mark[] =>
  block.marks.length === 0
    ? NO_LINKS
    : block.marks.filter(
        (mark) =>
          mark.kind === "reference" ||
          mark.kind === "footnote" ||
          mark.kind === "footnote-definition" ||
          ((mark.kind === "link" || mark.kind === "image") &&
            (mark.target === "" || isBlank(block, mark.text))),
      ),
);

const linking = blocksThat((block) => linksOf(block).length > 0);

function isBlank(block: Block, text: Span | undefined): boolean {
  return text !== undefined && block.source.slice(text.start, text.end).trim() === "";
}

/** A label as definitions are matched: without regard to case and spacing. */
function normal(label: string | undefined): string {
  return (label ?? "").trim().replace(/\s+/g, " ").toLowerCase();
}
