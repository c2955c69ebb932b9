import { didYouMean } from "../../text/did-you-mean.ts";
import { beginning } from "../../text/excerpt.ts";
import type { Rule, SuppressedDraft, SuppressionComment } from "../rule.ts";
import { type Wording, wording } from "../../text/wording.ts";
import { memoizeOn } from "../../draft/incremental/memoize.ts";

/**
 * Why a comment is unused, in a message; undefined if it was used, if a rule that it may be for did not run, or if it names
 * one of `exempt`.
 */
export function whyUnused(
  { late, used, wholeFile, rules }: SuppressionComment,
  { ruleIds, isComplete, isCompared }: Omit<SuppressedDraft, "draft" | "comments">,
  exempt: readonly string[],
): Wording | undefined {
  if (late) {
    return wording(
      "This stet-file is not at the top of the draft, so it has no effect. Delete it here.",
    );
  }
  // Without ids `stet-file` switches Galley off for the draft.
  if (used || (wholeFile && rules.length === 0) || rules.some((name) => exempt.includes(name)))
    return undefined;
  if (rules.length === 0 && !isCompared) return undefined;
  for (const name of rules) {
    if (!ruleIds.includes(name)) {
      const meant = didYouMean(name, ruleIds);
      const named = wording("This stet names “{0}”, which is not a rule.", beginning(name, 40));
      return meant === undefined
        ? named
        : wording("{0} {1}", named, wording("Did you mean “{0}”?", meant));
    }
    if (!isComplete(name)) return undefined;
  }
  return wholeFile
    ? wording("This stet-file is not needed: the draft has no such findings. Delete it.")
    : wording("This stet is not needed: its passage is clean. Delete it.");
}

/** All ids by which a stet may name a rule: its own first, then those of its family. */
export function namesOfRule(rules: readonly Rule[], id: string): readonly string[] {
  return namesById(rules).get(id) ?? [id];
}

/** Memoised, because every finding asks for the names of its rule. */
const namesById = memoizeOn<readonly Rule[]>()((rules): ReadonlyMap<string, readonly string[]> => {
  const getFamily = ({ id, stetFamily }: Rule): readonly string[] =>
    stetFamily === undefined
      ? []
      : rules.filter((one) => one.id !== id && one.stetFamily === stetFamily).map((one) => one.id);
  return new Map(rules.map((rule) => [rule.id, [rule.id, ...getFamily(rule)]]));
});
