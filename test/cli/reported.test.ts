import { expect, test } from "vitest";
import { toReported } from "../../server/src/cli/reported.ts";
import { lazyFixLimit } from "../../server/src/deletion/allowance.ts";
import type { Finding, Fix } from "../../server/src/draft/finding.ts";
import { safeEdits } from "../support/safe-edits.ts";
import { getFormat } from "../../server/src/formats/registry.ts";
import { wording } from "../../server/src/text/wording.ts";

/** Findings whose fixes are computed on demand, and a count of those that were. */
function lazyFindings(count: number): { findings: Finding[]; tried: () => number } {
  const tried = new Set<number>();
  const findings = Array.from({ length: count }, (_, index): Finding => {
    const start = 2 * index;
    const edits = () => {
      tried.add(index);
      return [{ start, end: start + 1, newText: "b" }];
    };
    const fix = {
      title: wording("Fix it"),
      lazy: true as const,
      get safe() {
        return edits().length > 0;
      },
      get edits() {
        return edits();
      },
    };
    const message = wording("It is wrong.");
    return { rule: "a", severity: "warning", start, end: start + 1, message, fixes: [fix] };
  });
  return { findings, tried: () => tried.size };
}

const draft = getFormat("markdown").parse("a ".repeat(100_000));

test("a long draft has a limited number of lazy fixes, and all findings", () => {
  const most = lazyFixLimit(draft);
  const { findings, tried } = lazyFindings(2 * most);
  const reported = toReported(draft, findings, { reportedFixes: "all" });
  expect(reported).toHaveLength(2 * most);
  expect(reported.filter(({ fixes }) => fixes.length > 0)).toHaveLength(most);
  expect(tried()).toBe(most);
});

test("a short draft has all its fixes", () => {
  const { findings, tried } = lazyFindings(500);
  const short = getFormat("markdown").parse("a ".repeat(1000));
  expect(
    toReported(short, findings, { reportedFixes: "all" }).every(({ fixes }) => fixes.length === 1),
  ).toBe(true);
  expect(tried()).toBe(500);
});

test("if only safe fixes are reported, the edits of others are not computed", () => {
  const [finding] = lazyFindings(1).findings;
  const unsafe = {
    title: wording("Guess"),
    safe: false,
    get edits(): never {
      throw new Error("Nobody asked for it.");
    },
  };
  const safe: Fix = {
    title: wording("Cut it"),
    safe: true,
    edits: [{ start: 0, end: 2, newText: "" }],
  };
  const found = finding === undefined ? [] : [{ ...finding, fixes: [unsafe, safe] }];
  const [reported] = toReported(draft, found, { reportedFixes: "safe" });
  expect(reported?.fixes.map(({ title }) => title)).toEqual([safe.title]);
});

test("if fixes are not printed, none is computed", () => {
  const { findings, tried } = lazyFindings(10);
  expect(toReported(draft, findings, { reportedFixes: "none" })).toHaveLength(10);
  expect(tried()).toBe(0);
});

test("a limited number of lazy fixes is made in one round for a long draft", () => {
  const most = lazyFixLimit(draft);
  const { findings, tried } = lazyFindings(2 * most);
  expect(safeEdits(findings, () => true, draft)).toHaveLength(most);
  expect(tried()).toBe(most);
});

test("a finding in a line without spaces is shown with its surroundings, cut between letters if need be", () => {
  const text = `${"a".repeat(500)}TK${"b".repeat(500)}`;
  const long = getFormat("plaintext").parse(text);
  const finding: Finding = {
    rule: "a",
    severity: "hint",
    start: 500,
    end: 502,
    message: wording(""),
  };
  const [reported] = toReported(long, [finding], { reportedFixes: "none" });
  expect(reported?.excerpt).toEqual({ before: "…", marked: "TK", after: "…" });
  const spaced = getFormat("plaintext").parse(`${"a ".repeat(50)}TK${" b".repeat(50)}`);
  const [other] = toReported(spaced, [{ ...finding, start: 100, end: 102 }], {
    reportedFixes: "none",
  });
  expect(other?.excerpt).toEqual({
    before: `…${"a ".repeat(29)}`,
    marked: "TK",
    after: `${" b".repeat(30)}…`,
  });
});
