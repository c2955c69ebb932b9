import { expect, test } from "vitest";
import type { DigestedFinding } from "../../server/src/project/facts.ts";
import {
  nearestBaseline,
  newBaseline,
  shownFindings,
  withBaselineTexts,
  type Baselines,
} from "../../server/src/project/baselines.ts";
import { fingerprintOf } from "../../server/src/engine/known-findings.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { BASELINE_NAME, baselineText } from "../../server/src/settings/baseline-file.ts";

const rule = RULES[0]?.id ?? "";
const TEXT = baselineText([fingerprintOf({ rule, digest: "0000000a", ordinal: 1 })]);
const at = (folder: string): string => `${folder}/${BASELINE_NAME}`;

test("texts as they are now: those that are there, and no other files", () => {
  const none: Baselines = new Map();
  const one = withBaselineTexts(
    none,
    new Map([
      [at("file:///a"), TEXT],
      ["file:///a/.galley.json", "{}"],
    ]),
  );
  expect([...one.keys()]).toEqual([at("file:///a")]);
  expect(one.get(at("file:///a"))?.known.size).toBe(1);
  expect(withBaselineTexts(one, new Map([[at("file:///a"), undefined]])).size).toBe(0);
  // What has not changed is the very same.
  expect(withBaselineTexts(one, new Map([[at("file:///a"), TEXT]]))).toBe(one);
  expect(withBaselineTexts(none, new Map([[at("file:///a"), undefined]]))).toBe(none);
  expect(none.size).toBe(0);
});

test("a baseline that is none lists nothing, and is a problem", () => {
  const { known, problems } = newBaseline(at("file:///a"), "[");
  expect([known.size, problems.length]).toEqual([0, 1]);
  expect(newBaseline(at("file:///a"), TEXT).problems).toEqual([]);
});

test("the nearest holds, up to the root", () => {
  const texts = ["file:///w", "file:///w/a"].map((folder) => [at(folder), TEXT] as const);
  const baselines = withBaselineTexts(new Map(), new Map(texts));
  const of = (draft: string, root: string) => nearestBaseline(baselines, draft, root)?.path;
  expect(of("file:///w/a/b/c.md", "file:///w")).toBe(at("file:///w/a"));
  expect(of("file:///w/d.md", "file:///w")).toBe(at("file:///w"));
  expect(of("file:///w/b/d.md", "file:///w/b")).toBeUndefined();
  expect(nearestBaseline(new Map(), "file:///w/d.md", "file:///w")).toBeUndefined();
});

test("what it lists is shown as hints, or not at all", () => {
  const finding = (start: number, digest: string): DigestedFinding => ({
    ...{ rule, digest, start, end: start + 1 },
    severity: "warning",
    message: "",
  });
  const findings = [finding(0, "0000000b"), finding(5, "0000000a"), finding(9, "0000000b")];
  const baseline = newBaseline(at("file:///a"), TEXT);
  expect(shownFindings(findings, { baseline, mode: "hide" }).map(({ start }) => start)).toEqual([
    0, 9,
  ]);
  const hints = shownFindings(findings, { baseline, mode: "hint" });
  expect(hints.map(({ start, severity }) => [start, severity])).toEqual([
    [0, "warning"],
    [5, "hint"],
    [9, "warning"],
  ]);
});
