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
  summary: "A passage that is in the draft twice, exactly or with some words changed.",
  docs: {
    description:
      "A passage was pasted twice, or one copy was reworked and the other forgotten. The rule reports a run of paragraphs once, at the later copy, with a link to the earlier one. Case, spacing, quote style, links and emphasis make no difference, and up to about a third of the words may have changed.\n\nThe more likely it is an accident, the higher the severity: a warning if the copies are nearly equal and close to each other, otherwise an information or a hint. The setting `galley.repeats.sensitivity` moves these steps. In a draft that says many other phrases twice, such as a manual, a repeat must be more likely an accident to be reported. Some repeats have a severity of their own:\n\n- A section under the same heading that begins with the same words is at least an information.\n- A paragraph that is there twice word for word is at least a hint, if the draft repeats at most two passages more, and if the paragraph has 18 words or more, or the draft says little else twice.\n- A sentence of eight to eleven words twice in a row is a hint.\n- At most a hint: copies of up to 25 words in which some words were replaced, the ends of two items, a step or the next item of a list in other words, items under two items, entries under two names and, unless an accident is very likely, the same words under two headings.\n\nRepeats that are probably intended are left alone:\n\n- tabs, what is in two different components, and the same steps for another platform\n- a table of contents, or another list of links\n- a form text that is filled in, list items of one pattern, entries of a reference, parameters of two functions, results of a demonstration, dummy text (“Lorem ipsum dolor …”)\n- captions, and what is under two of them\n- a summary above a line\n- passages before which, or in two sections after which, the same words begin\n- a note in two sections\n- one word replaced by another throughout, or by its opposite\n- words that are struck out, or lead to other code\n- a block quotation of a passage in the text\n- headings, labels, tables, code, verse, and passages shorter than twelve words",
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
        note: "Short lines may repeat.",
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
