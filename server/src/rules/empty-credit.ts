import { type Draft, holdsProse } from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import type { Report } from "../draft/finding.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import type { Span } from "../text/span.ts";
import { missingWords } from "./support/placeholder.ts";
import { wording } from "../text/wording.ts";

export const emptyCredit = draftRule({
  id: "empty-credit",
  kind: "credit",
  scope: "draft",
  severity: "warning",
  english: false,
  needsDraft: true,
  summary: "“Source:”, “Photo by”, “Credit:” and the like with no name after them.",
  docs: {
    description:
      "A credit line without a name credits nobody, and may break the terms under which a picture was given. The rule flags “Source:”, “Photo:”, “Credit:”, “Via:”, “Photo by”, “Image courtesy of”, a byline that is only “By”, and similar labels if the line, bracket or caption ends after them.\n\nA label before a list, a quotation, code, a picture or a name on the next line is left alone.",
    flagged: [
      {
        text: "The bridge in 1931. ⟦Photo:⟧\n\nIt was closed on Monday, and nobody knows for how long.\n",
      },
      { text: "The bridge in 1931 (⟦photo by⟧).\n" },
      { text: "⟦By⟧\n\nThe council met on Monday to vote on the budget of the bridge.\n" },
    ],
    fine: [
      {
        text: "The bridge in 1931. Photo: Jane Doe\n\nSources:\n\n- the council\n- the harbour office\n",
      },
      { text: "## Sources\n\nThe video shows the source.\n" },
      { text: "By\n\nJane Doe\n" },
    ],
  },
  options: {},
  check,
});

function check(draft: Draft, _options: unknown, context: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  for (const placed of withCredits(draft)) {
    for (const credit of getCredits(placed.block)) {
      if (credit.atEnd && isSupplied(draft, placed.index)) continue;
      const says = wording("this credits nobody. Write the name.");
      reports.push(missingWords(draft, placed, credit, ["after"], says, context.placeholder));
    }
  }
  return reports;
}

const withCredits = blocksWhere((block) => getCredits(block).length > 0);

interface Credit extends Span {
  /** It is at the end of its block, so the name may be in the next one. */
  readonly atEnd: boolean;
}

/** The credits without a name in a block, in prose offsets (UTF-16 units); memoized per block. */
const getCredits = perBlock((block): readonly Credit[] =>
  !holdsProse(block) || block.kind === "heading" || block.kind === "cell"
    ? []
    : findCredits(block.prose.text),
);

/** A cheap test that skips most texts. */
const ANY =
  /\b(?:by|via|source|photo|image|picture|illustration|graphic|video|credit|courtesy|tip|h\/t)/i;

const WHAT =
  "(?:photo(?:graph)?|image|picture|illustration|graphic|graph|chart|map|video|footage|cover|cartoon|artwork)s?";

/** A name is missing if only the end of the line, bracket or sentence follows one of these. */
const CREDIT = new RegExp(
  '(?<=(?:^|\\n)[*_]{0,3}|[(\\[|–—·•/] ?|[.!?]["”)]? )(' +
    [
      // Photo: · Photo credit: · Source: · Via:
      `(?:${WHAT}(?: (?:credits?|source|courtesy|by|via))?|sources?|credits?|via|hat tip|h/t|courtesy(?: of)?):`,
      // Photo by · Image courtesy of · Written by · Courtesy of
      `${WHAT} (?:by|courtesy of|courtesy|credit to|via)`,
      "(?:written|posted|published|reported|reporting|edited|translated|compiled|photographed|illustrated|story|words|text) by",
      "(?:courtesy of|hat tip to|h/t)",
    ].join("|") +
    ")[ \\u00A0]*(?=[*_]{0,3}(?:$|\\n)|[.,;)\\]|/]|on (?:\\d|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)))",
  "giu",
);

function findCredits(text: string): readonly Credit[] {
  if (!ANY.test(text)) return [];
  if (/^by:?$/i.test(text.trim())) {
    const start = text.search(/\S/);
    const end = text.trimEnd().length;
    return [{ start, end, atEnd: true }];
  }
  const credits: Credit[] = [];
  for (const match of text.matchAll(CREDIT)) {
    const wording = match[1] ?? "";
    const start = match.index;
    const end = start + wording.length;
    const after = text.slice(start + match[0].length);
    // Only a credit on a line of its own ends with the line; others continue in the next.
    const ownLine = start === 0 || text.charAt(start - 1) === "\n";
    if (after.startsWith("\n") && (!ownLine || isName(after.slice(1)))) continue;
    // In the middle of a paragraph a lower-case word is part of a sentence: “… (video by …”, “. via.”
    const opens = start === 0 || /[\n([|]\s?$/.test(text.slice(Math.max(0, start - 2), start));
    if (!opens && !/^\p{Lu}/u.test(wording)) continue;
    credits.push({ start, end, atEnd: /^[*_]{0,3}\s*$/.test(after) });
  }
  return credits;
}

/** Whether the first line of a text may be a name: short, and without an end mark. */
function isName(text: string): boolean {
  const line = text.split("\n", 1)[0]?.trim() ?? "";
  return line !== "" && line.split(/\s+/, 11).length <= 10 && !/[.!?]["”’)]?$/.test(line);
}

/** Whether the next block is, or may be, the name. */
function isSupplied(draft: Draft, index: number): boolean {
  const next = draft.blocks[index + 1];
  if (next === undefined) return false;
  switch (next.kind) {
    case "heading":
    case "break":
    case "comment":
    case "definition":
    case "metadata":
      return false;
    case "paragraph":
    case "caption":
    case "verse": {
      if (next.continues || next.listDepth > 0 || next.quoteDepth > 0) return true;
      return isName(next.prose.text.trim().replaceAll("\n", " "));
    }
    default:
      return true;
  }
}
