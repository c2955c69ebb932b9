import type { RuleName } from "../../server/src/protocol.ts";

/** The rule id that a command's argument is; undefined for any other value. */
export function ruleNamed(argument: unknown, rules: readonly RuleName[]): string | undefined {
  return rules.find(({ id }) => id === argument)?.id;
}
