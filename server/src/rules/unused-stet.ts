import { outerRule } from "./rule.ts";

/** Judged in engine/suppression/suppress.ts, which alone knows what each stet silenced. */
export const unusedStet = outerRule({
  id: "unused-stet",
  scope: "findings",
  severity: "hint",
  english: false,
  summary: "A stet that lets nothing stand.",
  docs: {
    description:
      "A stet comment silences findings in the block after it. When the passage was mended or cut, the comment is left behind and would hide the next mistake made there. Delete it.",
    flagged: [{ text: "⟦<!-- stet -->⟧\n\nThe council met on Monday and approved the budget.\n" }],
    fine: [
      {
        text: "<!-- stet repeated-word -->\n\nThe council met on the the Monday of the feast.\n",
        note: "It lets a finding stand.",
      },
    ],
  },
  options: {},
});
