import { didYouMean } from "../text/did-you-mean.ts";
import { rulePage } from "../rules/support/rule-page.ts";
import { RULES } from "../rules/index.ts";
import type { Io } from "./check.ts";
import { visible } from "./visible.ts";

/** `galley rules`: one line for each rule; with an id, that rule's page. Returns the exit code. */
export function rules(id: string | undefined, io: Io): number {
  if (id === undefined) {
    const widest = Math.max(...RULES.map((rule) => rule.id.length));
    for (const rule of RULES) {
      io.stdout.write(`${rule.id.padEnd(widest)}  ${rule.severity.padEnd(11)}  ${rule.summary}\n`);
    }
    return 0;
  }
  const rule = RULES.find((one) => one.id === id);
  if (rule === undefined) {
    io.stderr.write(`galley: ${visible(noSuchRule(id))}\n`);
    return 2;
  }
  io.stdout.write(rulePage(rule));
  return 0;
}

export function noSuchRule(id: string): string {
  const ids = RULES.map((one) => one.id);
  const meant = didYouMean(id, ids);
  return `There is no rule “${id}”.${meant === undefined ? " See galley rules." : ` Did you mean “${meant}”?`}`;
}
