import type { Fix, Report } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { type Disagreement, findDisagreement, type Value } from "../repeats/disagreement.ts";
import { candidatesWithin } from "../repeats/judge.ts";
import { formatLines, toPassage } from "../repeats/passage.ts";
import { quotePassage, reportsWithin } from "../repeats/report.ts";
import { getSequence } from "../repeats/sequence.ts";
import { beginning, messageAround } from "../text/excerpt.ts";
import { draftRule } from "./rule.ts";
import { wording } from "../text/wording.ts";

const FIRE =
  "The fire in the old mill on the river hurt 37 people, the police said late on Monday night, and four of them are still in hospital with burns.";
const SHOPS = "Shops on the quay fear for their trade.";

/** Flags a passage that occurs twice and differs in one thing. */
export const copiesDiffer = draftRule({
  id: "copies-differ",
  kind: "repeat",
  stetFamily: "repeats",
  scope: "draft",
  severity: "information",
  english: false,
  distant: true,
  summary: "A passage that is in the draft twice, with a different figure, date or name.",
  docs: {
    description:
      "The draft has two versions of one passage, and only one can be right: “37 people” here, “39 people” there. The rule flags passages of 25 words or more in running text that are the same except for one figure, date, amount, name or “not”. It reports them however far apart they are, and nothing else is reported about such a pair.\n\nLeft alone are lists, tables, text under parallel headings, rows of one pattern, versions, numbers of steps, pages and citations, and drafts with many repeats.",
    flagged: [
      {
        text: `${FIRE}\n\n${SHOPS}\n\n⟦${FIRE.replace("37", "39")}⟧\n`,
      },
    ],
    fine: [
      {
        text: `- ${FIRE}\n- ${FIRE.replace("37", "39")}\n`,
        note: "In a list, they are about two different things.",
      },
    ],
  },
  options: {},
  check: (draft): readonly Report[] => {
    const sequence = getSequence(draft);
    const lines = linesOfDraft(draft);
    return candidatesWithin(sequence, MIN_WORDS).flatMap((candidate) => {
      const disagreement = findDisagreement(candidate, sequence);
      if (disagreement === undefined) return [];
      const { repeat, changes } = candidate;
      const [report] = reportsWithin(sequence, [{ ...repeat, changes, severity: "information" }]);
      if (report === undefined) return [];
      const there = toPassage(sequence, repeat.bStart, repeat.bEnd);
      const [mine, other] = [disagreement.here, disagreement.there].map(({ text }) =>
        beginning(text, MAX_VALUE),
      );
      const message = messageAround(
        quotePassage(toPassage(sequence, repeat.aStart, repeat.aEnd)),
        (words) =>
          wording(
            "“{0}” here, “{1}” in {2}, where “{3}” is too. Check which is right.",
            mine ?? "",
            other ?? "",
            formatLines(there, lines),
            words,
          ),
      );
      const fixes = [...toFixes(disagreement), ...(report.fixes ?? [])];
      return [{ ...report, message, fixes }];
    });
  },
});

/** The default of other rules, so that passages are found once for all of them. */
const MIN_WORDS = 12;

/** How much of a value is quoted, in UTF-16 units. */
const MAX_VALUE = 18;

function toFixes({ here, there }: Disagreement): Fix[] {
  const use = ({ text }: Value, { start, end }: Value): Fix => ({
    title: wording("Use “{0}” in both", text),
    safe: false,
    edits: [{ start, end, newText: text }],
  });
  return [use(here, there), use(there, here)];
}
