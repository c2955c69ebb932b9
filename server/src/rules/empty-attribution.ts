import type { Block } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import { blockRule, type RuleContext } from "./rule.ts";
import type { Gap } from "../missing/find.ts";
import { getTokens, tokenText, type Tokens } from "../language/tokens.ts";
import { quotationAround } from "../draft/quotation.ts";
import { askForHearer, sourcePlaceAt } from "../missing/attribution.ts";
import { beginning, HOLE, messageAbout, type Quote } from "../text/excerpt.ts";
import { trainedModel } from "../missing/trained.ts";
import { bareAbbreviations, firstHole, toReports } from "./support/gaps.ts";
import { placeholderFix } from "./support/placeholder.ts";
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
      "A claim without its source can’t be checked, and readers who see `according to .` stop believing the rest. The rule looks where a source belongs: after “according to”, “told” or “a report by the”, before or after a “said” that has lost its speaker, and before an abbreviation in brackets that nothing introduces. Words lost elsewhere are an orphaned fragment; a stet that names one of the two rules covers both.\n\nIf the rule is less sure, the finding is an information, or, if `galley.sensitivity` is `eager`, a hint. What an earlier version in git has is a warning. If the draft repeats the passage and the other copy still has the words, you can restore them from it.",
    flagged: [
      {
        text: "The bridge will close in May, according to ⟦the .⟧\n",
      },
      {
        text: "According to ⟦a (BNR) report⟧ released on Friday, the harbour is full.\n",
        note: "Only the abbreviation of a name is left.",
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
  const found = toReports(block, "attribution", context, toMessage);
  const reports = context.sensitivity === "eager" ? found : found.map(withNeedOfProof);
  const tokens = getTokens(block);
  for (const { first, last } of bareAbbreviations(block)) {
    const span = { start: tokens.starts[first] ?? 0, end: tokens.ends[last] ?? 0 };
    const name = tokenText(tokens, first + 2);
    const open = tokens.starts[first + 1] ?? 0;
    const at = sourceSpan(block.prose, { start: open, end: open + 1 }).start;
    reports.push({
      ...sourceSpan(block.prose, span),
      // Some writers put an abbreviation in brackets that they need not spell out.
      severity: "information",
      message: messageAbout(
        quotationAround(block, { start: open, end: open }, `${HOLE} `),
        wording("the name is missing that “({0})” stands for. Write it.", beginning(name, 12)),
      ),
      fixes: [
        { ...placeholderFix(block.source, at, context.placeholder, "", " "), kind: "placeholder" },
      ],
    });
  }
  return reports.sort((a, b) => a.start - b.start);
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
