import { type Conflict, getConflicts } from "../draft/conflicts.ts";
import type { Draft } from "../draft/draft.ts";
import type { Fix, Report } from "../draft/finding.ts";
import { beginning } from "../text/excerpt.ts";
import { afterBreak } from "../text/lines.ts";
import type { Span } from "../text/span.ts";
import { draftRule } from "./rule.ts";
import { type Wording, wording } from "../text/wording.ts";

export const mergeConflict = draftRule({
  id: "merge-conflict",
  kind: "conflict",
  scope: "draft",
  severity: "error",
  english: false,
  readsConflicts: true,
  summary: "Two versions of a passage, with the marks of a merge that nobody finished.",
  docs: {
    description:
      "When two people change the same lines, a merge leaves both versions in the draft, between `<<<<<<<`, `=======` and `>>>>>>>`, for somebody to choose. In print, readers would see both, with the marks.\n\nThe rule reports a conflict once, at its first mark. No other rule reports the marks, and the two versions are not reported as a repeat. A whole conflict in a code block is an example, and left alone.",
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
    getConflicts(draft).flatMap((conflict) => {
      const [first, ...others] = conflict.marks;
      if (first === undefined) return [];
      const last = others.length - 1;
      return [
        {
          ...first,
          message: toMessage(draft, conflict),
          fixes: toFixes(draft, conflict),
          related: others.map((mark, index) => ({
            ...mark,
            message:
              index === last
                ? wording("The conflict ends here.")
                : wording("The next version begins here."),
          })),
        },
      ];
    }),
});

function toMessage({ text }: Draft, { sides }: Conflict): Wording {
  const quoted = (side: Span | undefined): Wording => {
    const words = beginning(text.slice(side?.start, side?.end).trim(), SHOWN);
    return words === "" ? wording("nothing") : wording("“{0}”", words);
  };
  const [one, other] = [quoted(sides[0]), quoted(sides.at(-1))];
  return wording("Two versions clash here: {0} or {1}? Keep one.", one, other);
}

/** How much of each version is quoted, in UTF-16 units. */
const SHOWN = 28;

/** The fix that keeps one version, and removes the other with the marks. */
function toFixes({ text }: Draft, { start, end, sides }: Conflict): Fix[] {
  const [first, last] = [sides[0], sides.at(-1)];
  if (first === undefined || last === undefined) return [];
  const after = afterBreak(text, end);
  return [
    keep(wording("Keep the first version"), { start, end: after }, first),
    keep(wording("Keep the second version"), { start, end: after }, last),
  ];
}

function keep(title: Wording, whole: Span, side: Span): Fix {
  const edits = [
    { start: whole.start, end: side.start, newText: "" },
    { start: side.end, end: whole.end, newText: "" },
  ];
  return { title, safe: false, edits };
}
