import { memoizeOn } from "../../draft/incremental/memoize.ts";
import type { Rule } from "../rule.ts";

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
