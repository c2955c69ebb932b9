import type { Example, OptionSpec, Rule } from "../rule.ts";
import { withoutEnd } from "../../text/trim.ts";

/** The page of a rule, in Markdown, generated from the rule so that the two can't differ. */
export function rulePage(rule: Rule): string {
  const options = Object.entries(rule.options);
  const parts = [
    `# ${rule.id}`,
    rule.summary,
    rule.docs.description,
    ...(rule.docs.flagged.length === 0
      ? []
      : [
          "## Flagged",
          "The rule flags what is between ⟦ and ⟧.",
          ...rule.docs.flagged.flatMap(example),
        ]),
    ...(rule.docs.fine.length === 0 ? [] : ["## Left alone", ...rule.docs.fine.flatMap(example)]),
    "## Settings",
    `Severity: \`${rule.severity}\`, unless you set another.${rule.english ? " It judges grammar, so it runs on English text only." : ""}`,
    ...(options.length === 0 ? [] : [table(options)]),
    "In `.galley.json`:",
    fenced(JSON.stringify({ rules: { [rule.id]: sample(rule) } }, undefined, 2), "json"),
    `In VS Code: \`galley.rules.${rule.id}.severity\`${options.map(([name]) => `, \`galley.rules.${rule.id}.${name}\``).join("")}.`,
    "## Let it stand",
    `Write \`<!-- stet ${rule.id} -->\` before the block, or \`<!-- stet-file ${rule.id} -->\` at the top of the draft.`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The list of all rules, in Markdown, with links to their pages. */
export function rulesPage(rules: readonly Rule[]): string {
  const rows = rules.map(
    (rule) => `| [${rule.id}](${rule.id}.md) | ${rule.severity} | ${cell(rule.summary)} |`,
  );
  return ["# Galley’s rules", "", "| rule | severity | flags |", "|---|---|---|", ...rows, ""].join(
    "\n",
  );
}

function example({ text, note }: Example): string[] {
  const shown = fenced(withoutEnd(text, "\n"), "markdown");
  return note === undefined ? [shown] : [note, shown];
}

function table(options: readonly (readonly [string, OptionSpec])[]): string {
  const rows = options.map(
    ([name, { minimum, maximum, default: value, description }]) =>
      `| \`${name}\` | ${minimum} to ${maximum} | \`${value}\` | ${cell(description)} |`,
  );
  return ["| option | takes | default | |", "|---|---|---|---|", ...rows].join("\n");
}

function sample(rule: Rule): unknown {
  const options = Object.entries(rule.options).map(([name, spec]) => [name, spec.default]);
  if (options.length === 0) return rule.severity;
  return { severity: rule.severity, options: Object.fromEntries(options) as unknown };
}

/** A fence longer than any in the text. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|");
}
