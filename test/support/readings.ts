import { toReported } from "../../server/src/cli/reported.ts";
import { safeEdits } from "./safe-edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { FORMAT_IDS, getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { withRestorations } from "../../server/src/repeats/restore.ts";
import { RULES } from "../../server/src/rules/index.ts";

/** Every way to read a text, by name: the formats, and Markdown that is MDX. */
export const READINGS: readonly (readonly [string, FormatId, string])[] = [
  ...FORMAT_IDS.map((id) => [id, id, ""] as const),
  ["mdx", "markdown", 'import a from "a"\n\n'],
];

/** Every rule is on, with eager sensitivity. */
const EVERYTHING = settingsFrom({
  sensitivity: "eager",
  rules: Object.fromEntries(
    RULES.map(({ id }) => [id, { severity: "warning", options: {} }] as const),
  ),
});

/**
 * Everything that is done with a text: it is read and linted, all fixes are computed, the safe ones are collected, the
 * findings are reported as on the command line, and a letter is typed at its middle and both ends and taken back.
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

/** The short form: the text is read, linted and reported, and read again with a letter in its middle. */
export function read(format: FormatId, text: string): void {
  const draft = getFormat(format).parse(text);
  toReported(draft, lint(draft, RULES, EVERYTHING, { rethrow: true }), { reportedFixes: "none" });
  const at = text.length >> 1;
  const typed = `${text.slice(0, at)}x${text.slice(at)}`;
  draft.format.parse(typed, draft);
}
