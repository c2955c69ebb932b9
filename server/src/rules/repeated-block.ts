import type { Draft } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { draftRule, type RuleContext } from "./rule.ts";
import { reportsWithin } from "../repeats/report.ts";
import { repeatsWithin } from "../repeats/judge.ts";

/** Flags a passage that was pasted twice, perhaps with one copy edited. */
export const repeatedBlock = draftRule({
  id: "repeated-block",
  kind: "repeat",
  stetFamily: "repeats",
  scope: "draft",
  severity: "warning",
  english: false,
  distant: true,
  summary: "A passage that stands in the draft twice, exactly or with some words changed.",
  docs: {
    description:
      "A passage was pasted twice, or one copy was reworked and the other forgotten. A run of paragraphs is told once, on its later copy, with a link to the earlier. Case, spacing, quote style, links and emphasis make no difference, and up to about a third of the words may have been changed. It is told as loudly as the odds that it is an accident: a warning where the copies are nearly equal and near each other, an information, a hint; what is likely alike on purpose (tabs, the same steps for another platform, a text that is filled in, list items of one pattern, entries of a reference, results of a demonstration, captions and what stands under two of them, a summary over a line, sections whose headings are numbered, such as “Example 2”, or that frame the passage with the same words, a note in two sections, one word put for another again and again, what is said “again:” or struck out, what leads to other code) is left alone. Copies of up to 25 words in which some are put for others, the ends of two items, entries under two names and, unless the odds are high, the same words under two headings are a hint at most. A section under the same heading that begins with the same words is always an information at least, and a paragraph twice word for word a hint, if the draft repeats nothing else. The setting `galley.repeats.sensitivity` moves the steps. Headings, labels, tables, code, verse and passages of under twelve words are left alone, as is a block quotation of a passage in the text; a sentence of eight to eleven words twice in a row is a hint.",
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
      description: "Passages with fewer words than this are not reported.",
    },
  },
  check: (
    draft: Draft,
    { minWords }: { readonly minWords: number },
    { repeatsSensitivity }: RuleContext,
  ): readonly Report[] => {
    const options = { minWords, sensitivity: repeatsSensitivity };
    const { sequence, repeats } = repeatsWithin(draft, options);
    return reportsWithin(sequence, repeats);
  },
});
