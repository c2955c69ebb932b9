import { expect, test } from "vitest";
import { BaselineUse, goneEntries, readBaselineFile } from "../../server/src/cli/baseline-use.ts";
import type { FileReport } from "../../server/src/cli/report.ts";
import { fingerprintOf } from "../../server/src/engine/known-findings.ts";
import { newBaseline } from "../../server/src/project/baselines.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { BASELINE_NAME, baselineText } from "../../server/src/settings/baseline-file.ts";
import { newFolder } from "../support/folder.ts";
import { findingMadeUp } from "./reports.ts";

const rule = RULES[0]?.id ?? "";
const entry = (digest: string, ordinal = 1): string => fingerprintOf({ rule, digest, ordinal });
const finding = (digest: string) => findingMadeUp("warning", { rule, digest });
const baseline = (path: string, ...entries: string[]) => newBaseline(path, baselineText(entries));
const report = (...digests: string[]): FileReport => ({
  path: "a.md",
  words: 1,
  findings: digests.map(finding),
});

const A = "0000000a";
const B = "0000000b";

test("a draft is told what its baseline does not list; one without a baseline, all", () => {
  const use = new BaselineUse(undefined);
  const listed = report(A, B);
  const free = report(A);
  use.add(listed, baseline(`/desk/${BASELINE_NAME}`, entry(A)));
  use.add(free, undefined);
  expect(use.unlisted(listed, listed).findings.map(({ digest }) => digest)).toEqual([B]);
  expect(use.unlisted(free, free)).toBe(free);
});

test("a named baseline counts for all drafts, and no other does", () => {
  const named = baseline("/desk/named.json", entry(A));
  const nearest = baseline(`/desk/${BASELINE_NAME}`, entry(B));
  const use = new BaselineUse(named);
  expect(use.baselineFor(nearest)).toBe(named);
  expect(use.baselineFor(undefined)).toBe(named);
  expect([...use.known([{ baseline: nearest }, { baseline: undefined }])]).toEqual([
    [named.path, named.known],
  ]);
});

test("entries that stand for nothing any more are told where the whole folder was checked", () => {
  const use = new BaselineUse(undefined);
  const draft = report(A);
  use.add(draft, baseline(`/desk/a/${BASELINE_NAME}`, entry(A), entry(B)));
  use.unlisted(draft, draft);
  expect(use.gone("/desk", ["b"])).toEqual([]);
  const [problem, ...more] = use.gone("/desk", ["."]);
  expect(more).toEqual([]);
  expect(problem).toMatchObject({ path: `a/${BASELINE_NAME}`, fatal: false });
  expect(problem?.message).toMatch(/^1 entry of 2 is gone/);
});

test("an entry is not gone while one of its kind is found, or its rule is of another version", () => {
  const known = baseline("/desk/b.json", entry(A), entry(B), `no-such-rule/${A}/1`);
  expect(goneEntries(known, new Set([entry(A)]))).toEqual([entry(B)]);
  expect(goneEntries(known, new Set([entry(A), entry(B)]))).toEqual([]);
});

test("a baseline file that is not there is a problem", () => {
  const folder = newFolder({ "b.json": baselineText([entry(A)]) });
  try {
    const read = readBaselineFile(folder.path, "b.json");
    expect("baseline" in read ? [...read.baseline.known] : read).toEqual([entry(A)]);
    expect(readBaselineFile(folder.path, "none.json")).toEqual({
      problem: { path: "none.json", message: "There is no such baseline.", fatal: true },
    });
  } finally {
    folder.dispose();
  }
});
