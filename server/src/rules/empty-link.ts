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
import { hasEmptyPart, linkReports } from "./support/empty-parts.ts";
import { footnoteReports } from "./support/footnote-halves.ts";
import { getLabels } from "./support/labels.ts";
import { getReferences, type References, undefinedReference } from "./support/lost-references.ts";

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
      "A link without a target goes nowhere, and one without text can’t be seen. References (`[text][label]`) and footnotes need a definition somewhere in the draft, and a footnote’s text needs its mark.\n\nSome undefined labels are only hints, because a site may define them for all its pages: several in one draft, and those beside labels that a tool looks up (`std::vec::Vec`). A label that four drafts of a folder leave undefined beside others that they define is not reported, unless it is a figure, and neither are those of four drafts that define none and use two or more. A tool may also put in the address of what is named in code (``[`printf`]()``): such links are not reported if four drafts of a folder have some. A footnote with a name (`[^cost]`) is an information if the draft defines no footnote: a tool may add them.\n\nLeft alone are plain brackets such as “[sic]”, references in drafts that include other files, where the definition may be, a footnote with one half in code or in a component, named anchors (`[](#place)`, `[](){ #place }`), and links without text to a document by its name, whose title a tool puts in (`[](guide/install)`). In HTML the rule flags a link with words and an empty `href`, and one without words that has only its address; neither if it has an id, a class or a handler, through which a script may fill it in. `#` counts as an address.",
    flagged: [
      { text: "Read ⟦[the report]()⟧ before you vote.\n" },
      { text: "Read ⟦[the report](https://)⟧ before you vote.\n" },
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
    getLinks(block).some((mark) => lacksCodeTarget(block, mark));
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
  const labels = getLabels(draft);
  for (const { block, index, start } of withLinks(draft)) {
    for (const mark of getLinks(block)) {
      if (!mark.kind.startsWith("footnote")) {
        const topics = lacksCodeTarget(block, mark) ? [CODE_WITHOUT_TARGET] : [];
        for (const report of linkReports(block, mark, start, placeholder))
          reports.push({ ...report, topics });
      } else if (labels.isWhole) {
        reports.push(...footnoteReports(draft, index, mark, labels, placeholder));
      }
    }
  }
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

const CODE_WITHOUT_TARGET = "code without target";

/** Whether a link names something in code, whose address a tool may fill in: ``[`printf`]()``. */
function lacksCodeTarget({ source }: Block, { kind, start, text, target }: Mark): boolean {
  if (kind !== "link" || text === undefined || target !== "" || source[start] !== "[") return false;
  return /^`[^`]+`$/.test(source.slice(text.start, text.end).trim());
}

/** The marks of a block that this rule checks; memoized per block. */
const getLinks = perBlock((block): readonly Mark[] =>
  block.marks.filter(
    (mark) =>
      mark.kind === "footnote" || mark.kind === "footnote-definition" || hasEmptyPart(block, mark),
  ),
);
