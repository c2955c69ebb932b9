import { blocksWhere, type Draft, type Mark, normalLabel } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { perBlock } from "../draft/incremental/per-block.ts";
import { draftRule, type RuleContext, type TopicCount } from "./rule.ts";
import { hasEmptyPart, hasText, linkReports } from "./support/empty-parts.ts";
import { footnoteReports } from "./support/footnote-halves.ts";
import { getLabels } from "./support/labels.ts";
import { getReferences, undefinedReference } from "./support/lost-references.ts";

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
      "A link without a target goes nowhere, and one without text can’t be seen. References (`[text][label]`) and footnotes need a definition somewhere in the draft, and a footnote’s text needs its mark.\n\nSome undefined labels are only hints, because a site may define them for all its pages: several in one draft, and those beside labels that a tool looks up (`std::vec::Vec`). If they are more than one in ten of a folder’s, or four drafts use one, they are not reported. Neither are links without text if four drafts have them beside others: a tool puts in the title of the page. A footnote with a name (`[^cost]`) is an information if the draft defines no footnote: a tool may add them.\n\nLeft alone are plain brackets such as “[sic]”, references in drafts that include other files, where the definition may be, a footnote with one half in code or in a component, and named anchors (`[](#place)`). In HTML the rule flags only a link with words and an empty `href`, and not if it has an id, a class or a handler, through which a script may fill it in. `#` counts as an address.",
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
    count,
    isIntended: ({ found, right }) => found >= SEVERAL && found * MOST_LOST > found + right,
  },
});

const LABELS = "labels";
const TEXTS = "texts";

/** The topic of one label, which several drafts may use though none of them defines it. */
function toTopic(label: string): string {
  return `label ${label}`;
}

function count(draft: Draft): readonly TopicCount[] {
  const { lostLabels, toolLabels, foundLabels } = getReferences(draft);
  const lost = lostLabels.size + toolLabels;
  const texts = losesTexts(draft) ? [{ topic: TEXTS, found: 1, right: 0 }] : [];
  if (lost + foundLabels === 0) return texts;
  const all = { topic: LABELS, found: lost, right: foundLabels };
  const each = Array.from(lostLabels, (label) => ({ topic: toTopic(label), found: 1, right: 0 }));
  return [...texts, all, ...each];
}

/** Whether a draft has links without text, and others with one. Where all lack it, a conversion may have lost it. */
function losesTexts(draft: Draft): boolean {
  let isLost = false;
  let isWritten = false;
  for (const { block } of blocksWhere(draft, ({ marks }) => marks.some(isLink))) {
    for (const mark of block.marks.filter(isLink)) {
      if (hasText(block, mark)) isWritten = true;
      else isLost = true;
    }
  }
  return isLost && isWritten;
}

function check(draft: Draft, _options: unknown, { placeholder }: RuleContext): readonly Report[] {
  const reports: Report[] = [];
  const labels = getLabels(draft);
  for (const { block, index, start } of blocksWhere(draft, (block) => getLinks(block).length > 0)) {
    for (const mark of getLinks(block)) {
      if (mark.kind === "link" || mark.kind === "image") {
        const topics = hasText(block, mark) ? {} : { topics: [TEXTS] };
        const links = linkReports(block, mark, start, placeholder);
        reports.push(...links.map((report) => ({ ...report, ...topics })));
      } else if (labels.isWhole) {
        reports.push(...footnoteReports(draft, index, mark, labels, placeholder));
      }
    }
  }
  // If several labels are defined nowhere, the site's own tools may define them for all its pages.
  const { lost, lostLabels, hasTool } = getReferences(draft);
  const areElsewhere = hasTool || lostLabels.size >= (labels.defined.size === 0 ? 2 : SEVERAL);
  for (const one of lost) {
    const report = undefinedReference(draft, one, placeholder);
    const topics = [LABELS, toTopic(normalLabel(one.mark.label))];
    reports.push({ ...report, topics, ...(areElsewhere && { severity: "hint" }) });
  }
  return reports.sort((a, b) => a.start - b.start);
}

/** This many labels without a definition are no mistake, even beside others that have one. */
const SEVERAL = 4;

/** Fewer than one in this many of a folder's labels lack a definition by mistake: 1 in 250 or fewer, as measured. */
const MOST_LOST = 10;

function isLink({ kind }: Mark): boolean {
  return kind === "link";
}

/** The marks of a block that this rule checks; memoized per block. */
const getLinks = perBlock((block): readonly Mark[] =>
  block.marks.filter(
    (mark) =>
      mark.kind === "footnote" || mark.kind === "footnote-definition" || hasEmptyPart(block, mark),
  ),
);
