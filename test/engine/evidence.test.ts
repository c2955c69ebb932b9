import { describe, expect, test } from "vitest";
import {
  weighEvidence,
  computeRaise,
  withSeverity,
  type Evidence,
} from "../../server/src/engine/evidence.ts";
import { MOST_RAISED } from "../../server/src/missing/sensitivity.ts";
import type { Finding } from "../../server/src/draft/finding.ts";
import { lint } from "../../server/src/engine/lint.ts";
import { settingsFrom } from "../../server/src/settings/settings.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { draftOf } from "../support/rules.ts";
import { wording } from "../../server/src/text/wording.ts";

const TEXT = { units: 6000, tokens: 1100, signs: 0 };

function damage(...scores: readonly number[]): Evidence {
  return weighEvidence(scores, TEXT);
}

function finding(score: number, severity: Finding["severity"] = "warning"): Finding {
  const odds = { score, steps: [5, 4, 2] } as const;
  return { rule: "orphaned-fragment", start: 0, end: 5, message: wording("x"), severity, odds };
}

describe("what a draft shows for certain", () => {
  test("a place is no evidence for itself", () => {
    expect(computeRaise(damage(9), 9)).toBeCloseTo(computeRaise(damage(), -9), 4);
    expect(computeRaise(damage(1), 1)).toBeLessThan(0.2);
  });

  test("raises the odds of the other places, up to a limit", () => {
    expect(computeRaise(damage(2, 9, 9, 9), 2)).toBeGreaterThan(1);
    expect(computeRaise(damage(2, 9, 9, 9, 9), 2)).toBeGreaterThan(MOST_RAISED - 0.5);
    expect(computeRaise(damage(2, ...Array<number>(50).fill(9)), 2)).toBeLessThanOrEqual(
      MOST_RAISED,
    );
  });

  test("a single other place, however sure, is a slip, or a sentence being typed", () => {
    expect(computeRaise(damage(2, 16), 2)).toBeCloseTo(computeRaise(damage(2), 2), 9);
    expect(computeRaise(damage(2, 16, 16), 2)).toBeGreaterThan(
      computeRaise(damage(2, 16), 2) + 0.3,
    );
  });

  test("counts for less in a longer draft without other findings", () => {
    const scores = [2, 6, 6];
    expect(computeRaise(weighEvidence(scores, { ...TEXT, units: 60_000 }), 2)).toBeLessThan(
      computeRaise(weighEvidence(scores, { ...TEXT, units: 600 }), 2),
    );
  });

  test("keeps the order of places", () => {
    const scores = [-1, 0, 1, 2, 3, 4, 5, 6];
    const all = scores.map((score) => score + computeRaise(damage(...scores), score));
    expect(all).toEqual([...all].sort((a, b) => a - b));
  });
});

test("a lost phrase is less likely than a lost word in a draft without other losses, and likelier among many", () => {
  const phrase = (score: number, evidence: Evidence): string | undefined => {
    const { odds, ...rest } = finding(score);
    const named = { score, steps: odds?.steps ?? [5, 4, 2], phrase: 1 };
    return withSeverity({ ...rest, odds: named }, evidence)?.severity;
  };
  const whole = damage(0);
  expect([3, 4.5, 6].map((score) => phrase(score, whole))).toEqual([
    undefined,
    "hint",
    "information",
  ]);
  const damaged = damage(...Array<number>(50).fill(9));
  expect(withSeverity(finding(1.5), damaged)?.severity).toBe("hint");
  expect(phrase(1.5, damaged)).toBe("information");
});

test("among signs everything is less likely, the more of them the less", () => {
  const steps = [0, 1, 10, 100].map(
    (signs) => withSeverity(finding(4.1), weighEvidence([4.1], { ...TEXT, signs }))?.severity,
  );
  expect(steps).toEqual(["information", "hint", "hint", "hint"]);
  const code = weighEvidence([2.2], { ...TEXT, signs: 300 });
  expect(withSeverity(finding(2.2), code)).toBeUndefined();
  expect(withSeverity(finding(9), code)?.severity).toBe("warning");
});

test("the odds decide the severity of a finding, up to the one that is set", () => {
  const whole = damage(0);
  const severity = (one: Finding): string | undefined => withSeverity(one, whole)?.severity;
  expect([1, 3, 4.5, 6].map((score) => severity(finding(score)))).toEqual([
    undefined,
    "hint",
    "information",
    "warning",
  ]);
  expect([4.5, 6].map((score) => severity(finding(score, "hint")))).toEqual(["hint", "hint"]);
  expect(severity(finding(6, "error"))).toBe("error");
  expect(withSeverity(finding(6), whole)).not.toHaveProperty("odds");
});

test("a finding without odds is never raised", () => {
  const { odds, ...rest } = finding(4.5);
  const alone: Finding = {
    ...rest,
    odds: { score: 4.5, steps: [5, 4, 2], ...odds, byItself: true },
  };
  expect(withSeverity(finding(4.5), damage(9, 9, 9, 9))?.severity).toBe("warning");
  expect(withSeverity(alone, damage(9, 9, 9, 9))?.severity).toBe("information");
});

test("a place with very low odds is left alone even in the worst draft", () => {
  const worst = damage(0.7, 2.2, 3.5, ...Array<number>(50).fill(9));
  expect(withSeverity(finding(0.7), worst)).toBeUndefined();
  expect(withSeverity(finding(2.2), worst)?.severity).toBe("information");
  expect(withSeverity(finding(3.5), worst)?.severity).toBe("warning");
});

test("a doubtful place is reported in a draft that has lost words elsewhere, and not in one without", () => {
  const doubtful = "The minister announced on that the bridge would open to traffic in June.";
  const holes = [
    "The ferry calls at and , before it turns back to the harbour.",
    "The bridge will close in May, according to the .",
    "The mayor thanked the of the bridge for coming, and the .",
  ];
  const rank = (text: string): number =>
    Math.min(
      ...lint(draftOf(text), RULES, settingsFrom({}))
        .filter(({ start }) => start < doubtful.length)
        .map(({ severity }) => ["warning", "information", "hint"].indexOf(severity)),
      3,
    );
  expect(rank([doubtful, ...holes].join("\n\n"))).toBeLessThan(rank(doubtful));
  const standing = holes.map((hole) => `<!-- stet -->\n\n${hole}`);
  expect(rank([doubtful, ...standing].join("\n\n"))).toBe(rank(doubtful));
});

test("a stet does not make what it lets stand less likely, and so is needed", () => {
  const loss =
    "Acme, an international IT company, predicted last week that tablets will outsell computers.";
  const find = (text: string): string[] =>
    lint(draftOf(text), RULES, settingsFrom(), { includesUnproven: true }).map(({ rule }) => rule);
  expect(find(`<!-- note -->\n\n${loss}\n`)).toEqual(["empty-attribution"]);
  expect(find(`<!-- stet -->\n\n${loss}\n`)).toEqual([]);
});
