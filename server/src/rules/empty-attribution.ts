import type { Block } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { blockRule, type RuleContext } from "./rule.ts";
import type { Gap } from "../missing/find.ts";
import type { Tokens } from "../language/tokens.ts";
import { askForHearer, sourcePlaceAt } from "../missing/attribution.ts";
import { messageAbout, type Quote } from "../text/excerpt.ts";
import { firstHole, toReports } from "./support/gaps.ts";
import { trainedModel } from "../missing/trained.ts";
import { type Wording, wording } from "../text/wording.ts";

export const emptyAttribution = blockRule({
  id: "empty-attribution",
  kind: "lost",
  scope: "block",
  severity: "warning",
  english: true,
  yields: true,
  stetFamily: "lost words",
  summary: "An attribution without its source.",
  docs: {
    description:
      "A claim without its source can’t be checked, and readers who see `according to .` stop believing the rest. The rule looks where a source belongs: after “according to”, “told” or “a report by the”, and before or after a “said” that has lost its speaker. Words lost elsewhere are an orphaned fragment; a stet that names one of the two rules covers both.\n\nIf the rule is less sure, the finding is an information, or, if `galley.sensitivity` is `eager`, a hint. What an earlier version in git has is a warning. If the draft repeats the passage and the other copy still has the words, you can restore them from it.",
    flagged: [
      {
        text: "The bridge will close in May, according to ⟦the .⟧\n",
      },
    ],
    fine: [
      { text: "The bridge will close in May, according to the harbour office.\n" },
      { text: "He said that she had told him, and it is said that he wept.\n" },
    ],
  },
  options: {},
  check,
});

function check(block: Block, _options: unknown, context: RuleContext): readonly Report[] {
  const reports = toReports(block, "attribution", context, toMessage);
  return context.sensitivity === "eager" ? reports : reports.map(withNeedOfProof);
}

/**
 * A report that is not shown as a hint unless git has the words. Nearly all of these are whole: “the announced fixes”,
 * “posts with notes”, “Canalys, an IT company, predicted”.
 */
function withNeedOfProof(report: Report): Report {
  if (report.odds === undefined) return report;
  const [certain, likely] = report.odds.steps;
  // Whatever is reported will be proved, so it may be as unlikely as an eager reader wants to see.
  const [, , possible] = trainedModel().thresholds.eager;
  return {
    ...report,
    odds: { ...report.odds, steps: [certain, likely, possible], needsProof: true },
  };
}

function toMessage(tokens: Tokens, gap: Gap, quote: Quote): Wording {
  return messageAbout(quote, wording("a name is missing. {0}", askFor(tokens, gap)));
}

/** The advice to the writer. */
function askFor(tokens: Tokens, gap: Gap): Wording {
  for (let right = firstHole(gap); right <= gap.right; right++) {
    switch (sourcePlaceAt(tokens, right)) {
      case "speaker":
        return wording("Say who said it.");
      case "hearer":
        return askForHearer(tokens, right);
      case "source":
        return wording("Say who the source is.");
    }
  }
  return wording("Say who the source is.");
}
