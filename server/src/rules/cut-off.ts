import { draftRule } from "./rule.ts";
import { brokenOff } from "./support/broken-off.ts";
import { startsMidSentence } from "./support/starts-mid-sentence.ts";

export const cutOff = draftRule({
  id: "cut-off",
  scope: "draft",
  severity: "information",
  english: true,
  summary: "A paragraph that breaks off, or starts in the middle of a sentence.",
  docs: {
    description:
      "When a passage is moved or cut, the last words of a paragraph, or the first of the next, are left behind. A paragraph is flagged when it ends on a word that needs another after it, or when it starts on a small word without a capital after one that ended properly. A paragraph of several sentences whose last has no end mark is a hint. Headings, captions, bylines, list items, verse, lead-ins to a list, code or a quotation, addresses and sign-offs are left alone.",
    flagged: [
      {
        text: "The council met on Monday to vote on the budget. It was expected to pass with the support ⟦of⟧\n\nThe mayor did not comment.\n",
      },
      {
        text: "The council met on Monday.\n\n⟦of⟧ the bridge, which was built in 1931, will cost two million.\n",
      },
    ],
    fine: [
      {
        text: "The council met on Monday. These are the points it voted on, and\n\n- the budget\n",
      },
      {
        text: "npm runs the script. It needs Node and a terminal.\n\niPhone users can skip this.\n",
      },
      { text: "With kind regards from all of us at the harbour office\n\nJane Doe\n" },
    ],
  },
  options: {},
  check: (draft, _options, context) => [
    ...brokenOff(draft, context),
    ...startsMidSentence(draft, context),
  ],
});
