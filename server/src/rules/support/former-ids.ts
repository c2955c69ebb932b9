import { memoizeOn } from "../../draft/incremental/memoize.ts";
import type { Rule } from "../rule.ts";

/*
 * Renamed and split rules: a former id stands for all rules that list it, wherever a rule is named.
 */

/** The ids of the rules that list `id` as a former id. */
export function rulesFormerly(rules: readonly Rule[], id: string): readonly string[] {
  return rules.filter(({ formerIds }) => formerIds?.includes(id) === true).map((rule) => rule.id);
}

/** Every former id, once. */
export function formerIdsOf(rules: readonly Rule[]): readonly string[] {
  return [...new Set(rules.flatMap(({ formerIds }) => formerIds ?? []))];
}

/** All ids by which a stet may name a rule: its own first. */
export function namesOfRule(rules: readonly Rule[], id: string): readonly string[] {
  return namesById(rules).get(id) ?? [id];
}

/** Every finding asks for the names of its rule. */
const namesById = memoizeOn<readonly Rule[]>()((rules): ReadonlyMap<string, readonly string[]> => {
  const familyOf = ({ id, stetFamily }: Rule): readonly string[] =>
    stetFamily === undefined
      ? []
      : rules.filter((one) => one.id !== id && one.stetFamily === stetFamily).map((one) => one.id);
  return new Map(
    rules.map((rule) => [rule.id, [rule.id, ...(rule.formerIds ?? []), ...familyOf(rule)]]),
  );
});

/** The message about a former id; undefined for any other id. */
export function formerIdMessage(id: string, now: readonly string[]): string | undefined {
  if (now.length === 0) return undefined;
  const names = now.map((one) => `“${one}”`);
  return names.length === 1
    ? `The rule “${id}” is now called ${names.join("")}. The old name still works.`
    : `“${id}” is now ${names.length} rules, ${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}, and here means all of them. Name those you want.`;
}
