import { KINDS, type Rule } from "./rule.ts";
import { brokenOff } from "./broken-off.ts";
import { copiesDiffer } from "./copies-differ.ts";
import { emptyAttribution } from "./empty-attribution.ts";
import { emptyCredit } from "./empty-credit.ts";
import { emptyLink } from "./empty-link.ts";
import { emptySection } from "./empty-section.ts";
import { leftoverPlaceholder } from "./leftover-placeholder.ts";
import { leftoverWord } from "./leftover-word.ts";
import { mergeConflict } from "./merge-conflict.ts";
import { orphanedFragment } from "./orphaned-fragment.ts";
import { pastedResidue } from "./pasted-residue.ts";
import { repeatedBlock } from "./repeated-block.ts";
import { repeatedElsewhere } from "./repeated-elsewhere.ts";
import { repeatedWord } from "./repeated-word.ts";
import { startsMidSentence } from "./starts-mid-sentence.ts";
import { unattributedQuote } from "./unattributed-quote.ts";
import { unclosedBracket } from "./unclosed-bracket.ts";
import { unclosedQuote } from "./unclosed-quote.ts";
import { unusedStet } from "./unused-stet.ts";

/** All rules, sorted by id. Rules are registered only here. */
export const RULES: readonly Rule[] = [
  brokenOff,
  copiesDiffer,
  emptyAttribution,
  emptyCredit,
  emptyLink,
  emptySection,
  leftoverPlaceholder,
  leftoverWord,
  mergeConflict,
  orphanedFragment,
  pastedResidue,
  repeatedBlock,
  repeatedElsewhere,
  repeatedWord,
  startsMidSentence,
  unattributedQuote,
  unclosedBracket,
  unclosedQuote,
  unusedStet,
];

/** What a rule's findings are about, in plain words: “Lost words”. An id without a rule is its own name. */
export function kindOfRule(id: string): string {
  return BY_RULE.get(id) ?? id;
}

const BY_RULE: ReadonlyMap<string, string> = new Map(
  RULES.map(({ id, kind }) => [id, KINDS[kind]]),
);
