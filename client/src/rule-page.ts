import type { RuleName } from "../../server/src/protocol.ts";

/** The rule that a command's argument names; undefined where it is the id of none, whatever it is. */
export function ruleNamed(argument: unknown, rules: readonly RuleName[]): string | undefined {
  return rules.find(({ id }) => id === argument)?.id;
}
