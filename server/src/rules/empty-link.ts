import {
  type Block,
  type Draft,
  type Mark,
  normalLabel,
  type PlacedBlock,
} from "../draft/draft.ts";
import { blocksWhere } from "../draft/incremental/blocks-where.ts";
import type { Report } from "../draft/finding.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { hasEmptyPart, hasText, linkReports, quoteLink } from "./support/empty-parts.ts";
import { footnoteReports } from "./support/footnote-halves.ts";
import { getLabels } from "./support/labels.ts";
import { getReferences, type References, undefinedReference } from "./support/lost-references.ts";
import { messageAbout, type Quote } from "../text/excerpt.ts";
import { addToList } from "../text/lists.ts";
import { type Wording, wording } from "../text/wording.ts";

export const emptyLink = draftRule({
  id: "empty-link",
  kind: "empty",
  scope: "draft",
  severity: "warning",
  english: false,
  needsDraft: true,
  summary: "A link without text or target, or a footnote without its other half.",
  docs: {
    description:
      "A link without a target goes nowhere, and one without text can’t be seen. References (`[text][label]`) and footnotes need a definition somewhere in the draft, and a footnote’s text needs its mark.\n\nSome undefined labels are only hints, because a site may define them for all its pages: several in one draft, and those beside labels that a tool looks up (`std::vec::Vec`). A label that four drafts of a folder leave undefined beside others that they define is not reported, unless it is a figure, and neither are those of four drafts that define none and use two or more. A tool may also put in the address of what is named in code (``[`printf`]()``), or, for a text, the title of a page of the same site (`[](/page)`): such links are one warning with their number, and if git has the texts, one each. The former are not reported if four drafts of a folder have some. If a link to another site has no text either, each is a warning. A footnote with a name (`[^cost]`) is an information if the draft defines no footnote: a tool may add them.\n\nLeft alone are plain brackets such as “[sic]”, references in drafts that include other files, where the definition may be, a footnote with one half in code or in a component, named anchors (`[](#place)`, `[](){ #place }`), and links without text to a document by its name, whose title a tool puts in (`[](guide/install)`). In HTML the rule flags only a link with words and an empty `href`, and not if it has an id, a class or a handler, through which a script may fill it in. `#` counts as an address.",
    flagged: [
      { text: "Read ⟦[the report]()⟧ before you vote.\n" },
      { text: 'Read ⟦<a href="">the report</a>⟧ before you vote.\n' },
      { text: "Read ⟦[](https://example.org/report)⟧ before you vote.\n" },
      { text: "Read ⟦[the report][annual]⟧ before you vote.\n" },
      { text: "The bridge cost two million.⟦[^1]⟧\n" },
      { text: "The bridge cost two million.\n\n⟦[^cost]:⟧ In 1931 dollars.\n" },
      { text: "The bridge cost two million.[^1]\n\n⟦[^1]⟧ <https://example.org/costs>\n" },
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
  acrossDrafts: {
    topics: findTopics,
    isIntended: (drafts) => drafts >= SEVERAL,
  },
});

const withLinks = blocksWhere((block) => getLinks(block).length > 0);

function findTopics(draft: Draft): readonly string[] {
  const references = getReferences(draft);
  const labels = [...references.lostLabels].flatMap((label) => getTopics(label, references));
  const lacksTarget = ({ block }: PlacedBlock): boolean =>
    getLinks(block).some((mark) => toolPart(block, mark) === CODE_WITHOUT_TARGET);
  return [...new Set(labels), ...(withLinks(draft).some(lacksTarget) ? [CODE_WITHOUT_TARGET] : [])];
}

/**
 * The topic of an undefined label, which several drafts may use because a tool defines it. A draft that defines none
 * may have lost them all, but hardly four did. A figure is the label of something else in each draft.
 */
function getTopics(label: string, { hasDefined, lostLabels }: References): readonly string[] {
  if (/^\d+$/.test(label)) return [];
  if (hasDefined) return [`label ${label}`];
  return lostLabels.size > 1 ? ["no definitions"] : [];
}

function check(draft: Draft, _options: unknown, { placeholder }: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const byTool = new Map<ToolPart, Link[]>();
  /** No tool puts in the text of a link to another site. */
  let areTextsLost = false;
  const labels = getLabels(draft);
  for (const { block, index, start } of withLinks(draft)) {
    for (const mark of getLinks(block)) {
      if (mark.kind === "link" || mark.kind === "image") {
        const part = toolPart(block, mark);
        for (const report of linkReports(block, mark, start, placeholder)) {
          if (part !== undefined)
            addToList(byTool, part, { report, quote: quoteLink(block, mark) });
          else {
            reports.push(report);
            areTextsLost ||= !hasText(block, mark);
          }
        }
      } else if (labels.isWhole) {
        reports.push(...footnoteReports(draft, index, mark, labels, placeholder));
      }
    }
  }
  for (const [part, links] of byTool)
    reports.push(
      ...(part === TEXT && areTextsLost ? links.map(({ report }) => report) : asOne(part, links)),
    );
  // If several labels are defined nowhere, the site's own tools may define them for all its pages.
  const references = getReferences(draft);
  const { lost, lostLabels, hasTool } = references;
  const areElsewhere = hasTool || lostLabels.size >= (labels.defined.size === 0 ? 2 : SEVERAL);
  for (const one of lost) {
    const report = undefinedReference(draft, one, placeholder);
    const topics = getTopics(normalLabel(one.mark.label), references);
    reports.push({ ...report, topics, ...(areElsewhere && { severity: "hint" }) });
  }
  return reports.sort((a, b) => a.start - b.start);
}

/** This many labels without a definition, or drafts with the same one, are no mistake even beside defined labels. */
const SEVERAL = 4;

/** A link that lacks what a tool may fill in, and the quotation of it. */
interface Link {
  readonly report: Report;
  readonly quote: Quote;
}

/**
 * One finding for all links that lack the same, at the first of them. Git may prove each. It is as severe for many as
 * for few, so that a link that is mended brings up nothing.
 */
function asOne(part: ToolPart, links: readonly Link[]): readonly Report[] {
  return links.map(({ report, quote }, index) => {
    const topics = part === TEXT ? [] : [part];
    if (index > 0) return { ...report, topics, severity: "hint", isUnproven: true };
    if (links.length === 1) return { ...report, topics };
    return { ...report, topics, message: messageAbout(quote, countLinks(part, links.length)) };
  });
}

function countLinks(part: ToolPart, count: number): Wording {
  return part === TEXT
    ? wording("one of {0} links without text. If no tool puts in the titles, write them.", count)
    : wording(
        "one of {0} links that lead nowhere. If no tool does it, write their targets.",
        count,
      );
}

type ToolPart = typeof TEXT | typeof CODE_WITHOUT_TARGET;
const TEXT = "text";
const CODE_WITHOUT_TARGET = "code without target";

/** What a link lacks that a tool may fill in: the title of a page of the same site, the address of something in code. */
function toolPart({ source }: Block, mark: Mark): ToolPart | undefined {
  const { kind, start, text, target = "" } = mark;
  if (kind !== "link" || text === undefined || source[start] !== "[") return undefined;
  const words = source.slice(text.start, text.end).trim();
  if (target !== "") return words === "" && !OTHER_SITE.test(target) ? TEXT : undefined;
  return /^`[^`]+`$/.test(words) ? CODE_WITHOUT_TARGET : undefined;
}

const OTHER_SITE = /^(?:[a-z][a-z\d+.-]*:|\/\/)/i;

/** The marks of a block that this rule checks; memoized per block. */
const getLinks = perBlock((block): readonly Mark[] =>
  block.marks.filter(
    (mark) =>
      mark.kind === "footnote" || mark.kind === "footnote-definition" || hasEmptyPart(block, mark),
  ),
);
