import type { Report } from "../draft/finding.ts";
import { wholeLines } from "../text/lines.ts";
import { whyUnused } from "./support/stets.ts";
import { findingsRule, type SuppressedDraft } from "./rule.ts";
import { wording } from "../text/wording.ts";

const ID = "unused-stet";

export const unusedStet = findingsRule({
  id: ID,
  kind: "stet",
  scope: "findings",
  severity: "hint",
  english: false,
  needsDraft: true,
  summary: "A stet that is no longer needed.",
  docs: {
    description:
      "A stet comment silences findings in the block after it; at the end of a paragraph’s text, in that paragraph; within it, in the words that follow there. If you fix or cut that passage, the comment is left behind, and would hide the next mistake made there. Delete it.",
    flagged: [{ text: "⟦<!-- stet -->⟧\n\nThe council met on Monday and approved the budget.\n" }],
    fine: [
      {
        text: "<!-- stet repeated-word -->\n\nThe council met on the the Monday of the feast.\n",
        note: "It lets a finding stand.",
      },
    ],
  },
  options: {},
  check: (suppressed: SuppressedDraft): readonly Report[] =>
    suppressed.comments.flatMap((comment) => {
      const message = whyUnused(comment, suppressed, [ID]);
      if (message === undefined) return [];
      const edit = { ...wholeLines(suppressed.draft.text, comment), newText: "" };
      const fixes = [{ title: wording("Delete this stet"), safe: true, edits: [edit] }];
      return [{ start: comment.start, end: comment.end, message, fixes }];
    }),
});
