import type { Draft } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { reportsWithin } from "../repeats/report.ts";
import { repeatsWithin } from "../repeats/judge.ts";

/** A passage pasted twice, perhaps with one copy edited. */
export const repeatedBlock = draftRule({
  id: "repeated-block",
  scope: "draft",
  severity: "warning",
  english: false,
  summary: "A passage that stands in the draft twice, exactly or with some words changed.",
  docs: {
    description:
      "A passage was pasted twice, or one copy was reworked and the other forgotten. A run of paragraphs is told once, on its later copy, with a link to the earlier. Case, spacing, quote style, links and emphasis make no difference, and up to about a fifth of the words may have been changed. Headings, labels, tables, code, verse and passages of under twelve words are left alone, and so is what is alike on purpose: the same steps for another platform or version, list items of one pattern, a block quotation of a passage in the text.",
    flagged: [
      {
        text: "The council voted on Monday to close the old bridge to lorries until the spring.\n\nShops on the quay fear for their trade.\n\n⟦The council voted on Monday to close the old bridge to lorries until the spring.⟧\n",
      },
      {
        text: "The council voted on Monday to close the old bridge to lorries until the spring.\n\nShops on the quay fear for their trade.\n\n⟦The council decided on Monday to close the old bridge to all lorries until the spring.⟧\n",
        note: "One copy was edited.",
      },
    ],
    fine: [
      {
        text: "Read the terms of use.\n\nThe council voted on Monday.\n\nRead the terms of use.\n",
        note: "Short lines may come back.",
      },
    ],
  },
  options: {
    minWords: {
      type: "integer",
      default: 12,
      minimum: 8,
      maximum: 200,
      description: "The fewest words a passage must have to be told.",
    },
  },
  check: (
    draft: Draft,
    { minWords }: { readonly minWords: number },
    { repeatsSensitivity }: RuleContext,
  ): readonly Report[] => {
    const options = { minWords, sensitivity: repeatsSensitivity };
    const { sequence, runs } = repeatsWithin(draft, options);
    return reportsWithin(sequence, runs).map((report, at) => ({
      ...report,
      severity: runs[at]?.severity ?? "hint",
    }));
  },
});
