import { createColors } from "picocolors";
import { describe, expect, test } from "vitest";
import { fingerprinted, type Located } from "../../../server/src/cli/reporters/support/located.ts";
import { overview } from "../../../server/src/cli/reporters/support/overview.ts";
import type { ReportedFinding } from "../../../server/src/cli/reported.ts";
import type { Severity } from "../../../server/src/draft/finding.ts";
import { findingMadeUp } from "../reports.ts";

const at = (
  path: string,
  more: Partial<ReportedFinding> = {},
  severity: Severity = "warning",
): Located => ({
  path,
  finding: findingMadeUp(severity, more),
});

test("fingerprints within a path differ; those of different paths may be equal", () => {
  const prints = fingerprinted([
    at("a"),
    at("a"),
    at("b"),
    at("a", { ordinal: 5 }),
    at("a", { ordinal: 5 }),
    at("a", { digest: "ffffffff" }),
  ]).map(({ fingerprint }) => fingerprint.split("/").slice(1).join("/"));
  expect(prints).toEqual([
    "0a1b2c3d/1",
    "0a1b2c3d/2",
    "0a1b2c3d/1",
    "0a1b2c3d/5",
    "0a1b2c3d/6",
    "ffffffff/1",
  ]);
});

describe("the overview", () => {
  const colors = createColors(false);
  const told = (findings: readonly Located[], isWhole = true): string =>
    overview(findings, isWhole, { colors }).join("\n");
  const many = (
    count: number,
    folder: string,
    more: Partial<ReportedFinding> = {},
    severity?: Severity,
  ) =>
    Array.from({ length: count }, (_, number) =>
      at(
        `${folder}${folder === "" ? "" : "/"}${number}.md`,
        { excerpt: { before: "", marked: `w${number}`, after: "" }, ...more },
        severity,
      ),
    );

  test("counts by rule and folder, the highest first; a file at the top is in “.”", () => {
    const all = [...many(2, ""), ...many(3, "b", { rule: "other" })];
    expect(told(all).split("\n").slice(0, 3)).toEqual([
      "By rule and folder",
      "      3  other      b",
      "      2  some-rule  .",
    ]);
  });

  test("has ten rows, and the number of the others", () => {
    const all = Array.from({ length: 12 }, (_, number) => at(`f${number}/a.md`));
    expect(told(all)).toContain("\n      2  more\n");
  });

  test("lists words that are flagged three times or more, and shown whole", () => {
    const marked = (words: string) => ({ excerpt: { before: "", marked: words, after: "" } });
    const all = [
      ...many(3, "a", marked("the the")),
      ...many(2, "a", marked("so")),
      ...many(4, "a", marked("cut…")),
    ];
    const lines = told(all);
    expect(lines).toContain("“the the”: 3 places");
    expect(lines).not.toMatch(/“so”|cut…/);
  });

  test("suggests the baseline for more than hints, unless only new findings are reported", () => {
    expect(told(many(2, "a"))).toContain("\n  galley baseline\n");
    expect(told(many(2, "a"), false)).not.toContain("baseline");
    expect(told(many(2, "a", {}, "hint"))).not.toContain("baseline");
  });
});
