import type { Block } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { blockRule, type RuleContext } from "./rule.ts";
import type { Gap } from "../missing/find.ts";
import { Lost } from "../missing/reader/forward.ts";
import { Frame, verbBits } from "../missing/verbs.ts";
import { isWordlike, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/word-classes.ts";
import { messageAbout, type Quote } from "../text/excerpt.ts";
import { isMereSpace, toReports, sides } from "./support/gaps.ts";
import { type Wording, wording } from "../text/wording.ts";

export const orphanedFragment = blockRule({
  id: "orphaned-fragment",
  kind: "lost",
  scope: "block",
  severity: "warning",
  english: true,
  yields: true,
  stetFamily: "lost words",
  summary: "Words stranded by a cut: something is missing between them.",
  docs: {
    description:
      "When a name, a verb or a clause is lost, the words around the gap are still spelled right, so no spelling checker sees it. The rule looks for words that can’t be next to each other: a determiner, a preposition or a conjunction before a full stop or a comma, two commas in a row, empty brackets, a verb without what it needs.\n\nA mere space before a punctuation mark (`the mayor , who`) may be a stray space, or all that is left of a name. So Galley offers to close it, and never does so unless you ask.\n\nIf the rule is less sure, the finding is an information or a hint. The setting `galley.holes.sensitivity` decides how sure it must be. If the draft repeats the passage and the other copy still has the words, you can restore them from it. Ellipses, decimals, file names and options are left alone.",
    flagged: [
      { text: "The ferry calls ⟦at and ,⟧ before it turns back to the harbour.\n" },
      { text: "The mayor thanked ⟦the of⟧ the bridge for coming.\n" },
    ],
    fine: [
      {
        text: "The council has warned its neighbours, including Aldham and Bures, about the flood.\n",
      },
      { text: "Wait ... what is in the `.gitignore` file?\n" },
    ],
  },
  options: {},
  check,
});

function check(block: Block, _options: unknown, context: RuleContext): readonly Report[] {
  return toReports(block, "fragment", context, toMessage);
}

function toMessage(tokens: Tokens, gap: Gap, quote: Quote): Wording {
  return messageAbout(quote, describeLoss(tokens, gap));
}

/** What is missing: the kind of word, if the neighbours show it. */
function describeLoss(tokens: Tokens, gap: Gap): Wording {
  if (isMereSpace(tokens, gap)) {
    return wording("a word may be missing here, or there is a space too many.");
  }
  if (gap.right - gap.left > 1) return wording("words are missing. Write them, or mark the loss.");
  const before = sides(tokens, gap).before.toLowerCase();
  const after = sides(tokens, gap).after.toLowerCase();
  const afterIsMark = !isWordlike(tokens.kinds[gap.right]);
  if (/^[$£€]$/.test(before) || /^(?:percent|per|%|[ap]\.m\.|pm|(?:m|b|tr)illion)$/.test(after))
    return wording("a figure is missing. Write it, or mark the loss.");
  if (
    before === "to" &&
    (verbBits(after) & Frame.object) === 0 &&
    isAnyOf(after, WordClass.determiner)
  )
    return VERB;
  if (isAnyOf(before, WordClass.subjectPronoun | WordClass.modal | WordClass.negation)) return VERB;
  if (isAnyOf(before, WordClass.determiner)) return NOUN;
  if (isAnyOf(before, WordClass.preposition | WordClass.coordinator) && afterIsMark) return NOUN;
  if (gap.lost === Lost.smallWord) {
    return wording("a small word is missing. Write it, or mark the loss.");
  }
  if (gap.lost === Lost.name) return NOUN;
  return wording("something is missing. Write it, or mark the loss.");
}

const VERB = wording("a verb is missing. Write it, or mark the loss.");
const NOUN = wording("a name or a noun is missing. Write it, or mark the loss.");
