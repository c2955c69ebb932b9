import { expect } from "vitest";
import type { Block, Draft } from "../../server/src/draft/draft.ts";
import type { Finding, Report, Severity } from "../../server/src/draft/finding.ts";
import { applyEdits } from "../../server/src/text/edits.ts";
import { lint } from "../../server/src/engine/lint.ts";
import type { Rule } from "../../server/src/rules/rule.ts";
import type { Sensitivity } from "../../server/src/missing/sensitivity.ts";
import {
  type PartialSettings,
  type Settings,
  settingsFrom,
} from "../../server/src/settings/settings.ts";
import type { Span } from "../../server/src/text/span.ts";
import { getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { say } from "../../server/src/text/wording.ts";

export interface Given {
  readonly format?: FormatId;
  readonly options?: Readonly<Record<string, number>>;
  readonly severity?: Severity;
  readonly sensitivity?: Sensitivity;
  readonly accept?: readonly string[];
}

/** A draft as its format reads it, by default Markdown. */
export function draftOf(text: string, format: FormatId = "markdown"): Draft {
  return getFormat(format).parse(text);
}

/** The first block of a text. */
export function firstBlock(text: string, format?: FormatId): Block {
  const [block] = draftOf(text, format).blocks;
  if (block === undefined) throw new Error(`No block: ${text}`);
  return block;
}

/** The only block of a text. */
export function onlyBlock(text: string, format?: FormatId): Block {
  const [block, ...more] = draftOf(text, format).blocks;
  if (block === undefined || more.length > 0) throw new Error(`Not one block: ${text}`);
  return block;
}

/** The findings of one rule in a text without marks. A rule that throws throws here. */
export function findings(rule: Rule, text: string, given: Given = {}): Finding[] {
  return lint(draftOf(text, given.format), RULES, only(rule, given), { rethrow: true }).filter(
    (finding) => finding.rule === rule.id,
  );
}

/** A finding's message in English. */
export function getMessage(finding: Report | undefined): string | undefined {
  return finding && say(finding.message);
}

/** The titles of its fixes in English. */
export function getTitles(finding: Report | undefined): string[] {
  return (finding?.fixes ?? []).map(({ title }) => say(title));
}

/** Asserts that the rule flags exactly what is between ⟦ and ⟧, and returns the findings. */
export function flags(rule: Rule, marked: string, given: Given = {}): Finding[] {
  const { text } = unmarked(marked);
  const found = findings(rule, text, given);
  expect(withMarks(text, found)).toBe(marked);
  return found;
}

/** Asserts that the rule reports nothing. */
export function leavesAlone(rule: Rule, text: string, given: Given = {}): void {
  expect(withMarks(text, findings(rule, text, given))).toBe(text);
}

/**
 * Applies the first fix whose title begins with this, and asserts the resulting text. Returns the rule's findings in
 * that.
 */
export function fixes(
  rule: Rule,
  text: string,
  title: string,
  expected: string,
  given: Given = {},
): Finding[] {
  const fix = findings(rule, text, given)
    .flatMap((finding) => finding.fixes ?? [])
    .find((one) => say(one.title).startsWith(title));
  if (fix === undefined) throw new Error(`No fix “${title}” for: ${text}`);
  const fixed = applyEdits(text, fix.edits);
  expect(fixed).toBe(expected);
  return findings(rule, fixed, given);
}

/** Runs a rule's documentation as its tests. */
export function expectExamples(rule: Rule, given: Given = {}): void {
  expect(rule.docs.flagged.length).toBeGreaterThan(0);
  for (const example of rule.docs.flagged) {
    expect(example.text).toContain("⟦");
    flags(rule, example.text, given);
  }
  for (const example of rule.docs.fine) leavesAlone(rule, example.text, given);
}

/** Splits a marked text into the text and the spans between ⟦ and ⟧. */
export function unmarked(marked: string): { text: string; spans: Span[] } {
  const spans: Span[] = [];
  let text = "";
  let start = 0;
  for (const part of marked.split(/([⟦⟧])/)) {
    if (part === "⟦") start = text.length;
    else if (part === "⟧") spans.push({ start, end: text.length });
    else text += part;
  }
  return { text, spans };
}

/** The text with ⟦ ⟧ around each span. */
export function withMarks(text: string, spans: readonly Span[]): string {
  let result = "";
  let at = 0;
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    result += `${text.slice(at, span.start)}⟦${text.slice(span.start, span.end)}⟧`;
    at = span.end;
  }
  return result + text.slice(at);
}

function only(rule: Rule, given: Given): Settings {
  const off = Object.fromEntries(RULES.map((other) => [other.id, "off" as const]));
  const partial: PartialSettings = {
    rules: {
      ...off,
      [rule.id]: { severity: given.severity ?? rule.severity, options: given.options ?? {} },
    },
    ...(given.sensitivity === undefined
      ? {}
      : { sensitivity: given.sensitivity, repeatsSensitivity: given.sensitivity }),
    ...(given.accept === undefined ? {} : { accept: given.accept }),
  };
  return settingsFrom(partial);
}
