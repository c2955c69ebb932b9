import { expect, test } from "vitest";
import type { Finding, Related } from "../../server/src/draft/finding.ts";
import { besideConflicts } from "../../server/src/engine/listed.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { draftOf } from "../support/rules.ts";
import { wording } from "../../server/src/text/wording.ts";

const TEXT =
  "Before.\n\n<<<<<<< HEAD\nours is here\n=======\ntheirs is there\n>>>>>>> side\n\nAfter.\n";

const exempt = RULES.find(({ readsConflicts }) => readsConflicts)?.id ?? "";
const other = RULES.find(({ readsConflicts }) => readsConflicts !== true)?.id ?? "";

function place(words: string): { start: number; end: number } {
  const start = TEXT.indexOf(words);
  return { start, end: start + words.length };
}

/** Whether a finding about some words, with other related words, is kept. */
function isKept(words: string, related?: readonly Related[], rule = other, text = TEXT): boolean {
  const finding: Finding = {
    ...place(words),
    rule,
    severity: "warning",
    message: wording(""),
    ...(related && { related }),
  };
  const kept = besideConflicts(draftOf(text), RULES, [finding]);
  return kept.includes(finding);
}

const relatedTo = (words: string, uri?: string): Related => ({
  ...place(words),
  message: wording(""),
  ...(uri !== undefined && { uri }),
});

test.each<[string, boolean, boolean]>([
  ["before a conflict", isKept("Before"), true],
  ["after it", isKept("After"), true],
  ["in a version", isKept("ours"), true],
  ["on a mark", isKept("HEAD"), false],
  ["over a mark", isKept("here\n=======\ntheirs"), false],
  ["right before a mark", isKept("ours is here\n"), true],
  ["on a mark, by the rule about conflicts", isKept("HEAD", undefined, exempt), true],
  ["about a version, like another", isKept("ours", [relatedTo("theirs")]), false],
  [
    "like another, by the rule about conflicts",
    isKept("ours", [relatedTo("theirs")], exempt),
    true,
  ],
  ["like one outside", isKept("ours", [relatedTo("After")]), true],
  ["like both", isKept("ours", [relatedTo("theirs"), relatedTo("After")]), true],
  ["like itself", isKept("ours", [relatedTo("here")]), true],
  ["like another draft", isKept("ours", [relatedTo("theirs", "file:///b.md")]), true],
  ["outside, like a version", isKept("After", [relatedTo("ours")]), true],
  ["without a related place", isKept("ours", []), true],
])("a finding %s", (_what, kept, expected) => {
  expect(kept).toBe(expected);
});

test("without a conflict the findings are the same object", () => {
  const findings: readonly Finding[] = [];
  expect(besideConflicts(draftOf("Words."), RULES, findings)).toBe(findings);
});
