import { toReported } from "../../server/src/cli/reported.ts";
import { safeEdits } from "../../server/src/engine/fix.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { FORMAT_IDS, getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { withRestorations } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";

/** Every way a text may be read, by name: the formats, and Markdown that is MDX. */
export const READINGS: readonly (readonly [string, FormatId, string])[] = [
  ...FORMAT_IDS.map((id) => [id, id, ""] as const),
  ["mdx", "markdown", 'import a from "a"\n\n'],
];

/** Every rule is asked, as eagerly as it can be. */
const EVERYTHING = settingsFrom({
  sensitivity: "eager",
  rules: Object.fromEntries(
    RULES.map(({ id }) => [id, { severity: "warning", options: {} }] as const),
  ),
});

/**
 * What is done with a text: it is read and linted, all that can be done about its findings is asked for, its safe fixes
 * are collected, they are told as the command line tells them, and a letter is typed in its middle and at both ends,
 * and taken back.
 */
export function workOver(format: FormatId, text: string): void {
  let draft = getFormat(format).parse(text);
  const findings = lint(draft, RULES, EVERYTHING, { rethrow: true });
  safeEdits(withRestorations(draft, findings), () => true, draft);
  toReported(draft, findings, { reportedFixes: "all" });
  for (const at of [text.length >> 1, 0, text.length]) {
    const typed = `${text.slice(0, at)}x${text.slice(at)}`;
    draft = draft.format.parse(typed, draft);
    lint(draft, RULES, EVERYTHING, { rethrow: true });
    draft = draft.format.parse(text, draft);
  }
}

/** The same in short: the text is read and linted, which is told, and read again with a letter in its middle. */
export function read(format: FormatId, text: string): void {
  const draft = getFormat(format).parse(text);
  toReported(draft, lint(draft, RULES, EVERYTHING, { rethrow: true }), { reportedFixes: "none" });
  const at = text.length >> 1;
  const typed = `${text.slice(0, at)}x${text.slice(at)}`;
  draft.format.parse(typed, draft);
}
