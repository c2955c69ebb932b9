import { conflictsOf } from "../draft/conflicts.ts";
import type { Draft } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { draftRule } from "./rule.ts";

export const mergeConflict = draftRule({
  id: "merge-conflict",
  scope: "draft",
  severity: "error",
  english: false,
  readsConflicts: true,
  summary: "Two versions of a passage, with the marks of a merge that nobody finished.",
  docs: {
    description:
      "When two people change the same lines, the merge leaves both versions in the draft, between `<<<<<<<`, `=======` and `>>>>>>>`, for somebody to choose. Printed, both would be read, with the marks. A conflict is told once, at its first mark. One that is shown whole in a code block is an example and left alone. Nothing else is said of the marks, and the two versions are not told as a repeat of each other.",
    flagged: [
      {
        text: "The council met.\n\n⟦<<<<<<< ours⟧\nIt voted on Monday.\n=======\nIt voted on Tuesday.\n>>>>>>> theirs\n",
      },
    ],
    fine: [
      {
        text: "This is what a conflict looks like:\n\n```\n<<<<<<< ours\nIt voted on Monday.\n=======\nIt voted on Tuesday.\n>>>>>>> theirs\n```\n",
      },
      { text: "The Title\n=======\n\nThe council met on Monday.\n" },
    ],
  },
  options: {},
  check: (draft: Draft): readonly Report[] =>
    conflictsOf(draft).flatMap(({ marks }) => {
      const [first, ...others] = marks;
      if (first === undefined) return [];
      const last = others.length - 1;
      return [
        {
          ...first,
          message:
            "Two versions of the draft clash here, and nobody chose. Keep one, or make one of both, and delete the marks.",
          related: others.map((mark, index) => ({
            ...mark,
            message: index === last ? "The conflict ends here." : "The next version begins here.",
          })),
        },
      ];
    }),
});
