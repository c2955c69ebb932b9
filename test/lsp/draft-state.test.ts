import { expect, test } from "vitest";
import type { Finding, Severity } from "../../server/src/draft/finding.ts";
import { countsOf, firstOf } from "../../server/src/lsp/draft-state.ts";
import { lineIndex } from "../../server/src/text/lines.ts";

const finding = (rule: string, severity: Severity, start = 0): Finding => ({
  rule,
  severity,
  start,
  end: start + 1,
  message: "",
});

test("findings are counted by severity, and by rule without hints, the most first", () => {
  expect(countsOf([])).toEqual({
    counts: { error: 0, warning: 0, information: 0, hint: 0 },
    rules: [],
  });
  const all = [
    finding("a", "hint"),
    finding("b", "warning"),
    finding("c", "error"),
    finding("c", "warning"),
  ];
  expect(countsOf(all)).toEqual({
    counts: { error: 1, warning: 2, information: 0, hint: 1 },
    rules: [
      { rule: "c", count: 2 },
      { rule: "b", count: 1 },
    ],
  });
});

test("the first finding that is no hint", () => {
  const lines = lineIndex("a\nb\nc");
  expect(firstOf([], lines)).toEqual({});
  expect(firstOf([finding("a", "hint")], lines)).toEqual({});
  const first = firstOf([finding("a", "hint"), finding("b", "warning", 2)], lines);
  expect(first).toEqual({
    first: { start: { line: 1, character: 0 }, end: { line: 1, character: 1 } },
  });
});
