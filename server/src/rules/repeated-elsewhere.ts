import { outerRule } from "./rule.ts";

/** Judged in repeats/elsewhere.ts, by the one who knows all drafts. */
export const repeatedElsewhere = outerRule({
  id: "repeated-elsewhere",
  scope: "workspace",
  severity: "information",
  english: false,
  summary: "A passage that stands in another draft too, exactly or with some words changed.",
  docs: {
    description:
      "Two people pasted the same background, or a passage was moved and not cut. It is shown in both drafts, each linked to the other. A passage that stands in more drafts than `maxDrafts` is boilerplate (an author's note, a licence) and left alone. A draft that as a whole is a copy of another gets one hint on its first line. On the command line, drafts are compared with the drafts given.",
    flagged: [],
    fine: [],
  },
  options: {
    minWords: {
      type: "integer",
      default: 12,
      minimum: 12,
      maximum: 200,
      description: "The fewest words a passage must have to be told.",
    },
    maxDrafts: {
      type: "integer",
      default: 3,
      minimum: 2,
      maximum: 50,
      description: "A passage that stands in more drafts than this is left alone.",
    },
  },
});
