import { wordDeletion } from "../deletion/word.ts";
import type { Block } from "../draft/draft.ts";
import type { Fix, Report } from "../draft/finding.ts";
import { sourceSpan } from "../draft/prose.ts";
import { quotationAround } from "../draft/quotation.ts";
import { lowerText, getTokens, tokenText, type Tokens } from "../language/tokens.ts";
import { findLeftovers } from "../missing/find.ts";
import type { Leftover } from "../missing/leftover.ts";
import { trainedModel } from "../missing/trained.ts";
import { beginning, messageAbout } from "../text/excerpt.ts";
import { blockRule, type RuleContext } from "./rule.ts";
import { wording } from "../text/wording.ts";

export const leftoverWord = blockRule({
  id: "leftover-word",
  kind: "extra",
  scope: "block",
  severity: "warning",
  english: true,
  yields: true,
  stetFamily: "lost words",
  summary: "A word that a rewrite left behind.",
  docs: {
    description:
      "Change “had fixed” to “had successfully had fixed”, or “in” to “within”, and forget the old word, and every word left is still spelled right. The rule looks for a word without which the sentence would read well: one of two small words that clash (“within in”, “will can”), or a word that comes again a few words later. Another rule reports the same word twice in a row.\n\nIf the rule is less sure, the finding is an information or a hint. The setting `galley.holes.sensitivity` decides how sure it must be. The fix deletes the word; if either word may go, a second fix deletes the other. Galley makes neither unless you ask, because you may have meant the other way to say it.",
    flagged: [
      { text: "We are now at a point where ⟦the⟧ we rely on them.\n" },
      { text: "The report was ⟦by⟧ published on Friday.\n" },
    ],
    fine: [
      { text: "The answer will be published within a week, and the bridge built from within.\n" },
      { text: "What they had had to be dealt with by the time she came in on Monday.\n" },
    ],
  },
  options: {},
  check,
});

function check(block: Block, _options: unknown, { sensitivity }: RuleContext): readonly Report[] {
  const model = trainedModel();
  const tokens = getTokens(block);
  const steps = model.leftover[sensitivity];
  return findLeftovers(block, model).flatMap(({ at, score, other }) => {
    const span = { start: tokens.starts[at] ?? 0, end: tokens.ends[at] ?? 0 };
    if (score < steps[2]) return [];
    const fixes = toFixes(block, tokens, at, other);
    // Words set apart by markup on both sides are mentioned, not used: “the *if* guards”.
    if (fixes.length === 0) return [];
    const word = beginning(tokenText(tokens, at), LONGEST);
    return {
      ...sourceSpan(block.prose, span),
      message: messageAbout(
        quotationAround(block, span),
        wording("is “{0}” a word too many?", word),
      ),
      odds: { score, steps, byItself: true as const },
      fixes,
    };
  });
}

/** A longer word is shortened in quotations, in UTF-16 units. */
const LONGEST = 24;

function toFixes(
  block: Block,
  tokens: Tokens,
  at: number,
  other: Leftover["other"],
): readonly Fix[] {
  const isTwice = other !== undefined && lowerText(tokens, other) === lowerText(tokens, at);
  return [at, other].flatMap((index) => {
    const edit = index === undefined ? undefined : wordDeletion(block, tokens, index);
    if (index === undefined || edit === undefined) return [];
    const word = beginning(tokenText(tokens, index), LONGEST);
    const title = !isTwice
      ? wording("Take out “{0}”", word)
      : index === Math.min(at, other)
        ? wording("Take out the first “{0}”", word)
        : wording("Take out the second “{0}”", word);
    return { title, safe: false, edits: [edit] };
  });
}
