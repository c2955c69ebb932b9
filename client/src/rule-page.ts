/** A rule as the server names it. */
export interface RuleName {
  readonly id: string;
  readonly summary: string;
}

/** The rule that a command's argument names; undefined where it is the id of none, whatever it is. */
export function ruleNamed(argument: unknown, rules: readonly RuleName[]): string | undefined {
  return rules.find(({ id }) => id === argument)?.id;
}
