import type { Block } from "../draft/draft.ts";
import type { Report } from "../draft/finding.ts";
import { blockRule, type RuleContext } from "./rule.ts";
import type { Gap } from "../missing/find.ts";
import { Frame, verbBits } from "../missing/verbs.ts";
import { isWordlike, type Tokens } from "../language/tokens.ts";
import { isAnyOf, WordClass } from "../language/words.ts";
import { reportsOf, shown, sides } from "./support/gaps.ts";

export const orphanedFragment = blockRule({
  id: "orphaned-fragment",
  scope: "block",
  severity: "warning",
  english: true,
  yields: true,
  summary: "Words that a cut left stranded: something is missing between them.",
  docs: {
    description:
      "When a name, a verb or a clause is lost, each word around the gap is still spelled right, so no spelling checker sees it. The rule looks for words that cannot stand side by side: a determiner, a preposition or a conjunction before a full stop or a comma, two commas in a row, empty brackets, a verb without what it needs. Ellipses, decimals, file names and options are left alone. Where it is less sure it is an information, or a hint; the setting `galley.holes.sensitivity` moves the steps. Where the passage stands in the draft twice and the other copy still has the words, they can be restored from it.",
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
  return reportsOf(block, "fragment", context, messageOf);
}

function messageOf(tokens: Tokens, gap: Gap): string {
  const { before, after } = sides(tokens, gap);
  const loss = `Something${lossOf(tokens, gap)} is missing`;
  if (before === "") return `${loss} before “${shown(after)}”.`;
  if (after === "") return `${loss} after “${shown(before)}”.`;
  if (gap.right - gap.left > 1) {
    const words = tokens.text.slice(tokens.starts[gap.left + 1], tokens.ends[gap.right - 1]);
    if (words !== "") return `Something is missing on both sides of “${shown(words)}”.`;
  }
  return `${loss} between “${shown(before)}” and “${shown(after)}”.`;
}

/** The missing kind of words, if the neighbours show it. */
function lossOf(tokens: Tokens, gap: Gap): string {
  const before = sides(tokens, gap).before.toLowerCase();
  const after = sides(tokens, gap).after.toLowerCase();
  const afterIsMark = !isWordlike(tokens.kinds[gap.right]);
  if (/^[$£€]$/.test(before) || /^(?:percent|per|%|[ap]\.m\.|pm|(?:m|b|tr)illion)$/.test(after))
    return " (a figure?)";
  if (
    before === "to" &&
    (verbBits(after) & Frame.object) === 0 &&
    isAnyOf(after, WordClass.determiner)
  )
    return " (a verb?)";
  if (isAnyOf(before, WordClass.subjectPronoun | WordClass.modal | WordClass.negation))
    return " (a verb?)";
  if (isAnyOf(before, WordClass.determiner)) return " (a name or a noun?)";
  if (isAnyOf(before, WordClass.preposition | WordClass.coordinator) && afterIsMark)
    return " (a name or a noun?)";
  return "";
}
