import { expect, test } from "vitest";
import type { DigestedFinding } from "../../server/src/project/facts.ts";
import type { Files } from "../../server/src/project/host.ts";
import { basename, dirname } from "../../server/src/text/path.ts";
import {
  newBaseline,
  renamesIn,
  withBaselineTexts,
  type Baselines,
} from "../../server/src/project/baselines.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { BASELINE_NAME, baselineText } from "../../server/src/settings/baseline-file.ts";
import { wording } from "../../server/src/text/wording.ts";

const rule = RULES[0]?.id ?? "";
const TEXT = baselineText(new Map([[`in/d.md ${rule}/0000000a`, 1]]));
const at = (folder: string): string => `${folder}/${BASELINE_NAME}`;

test("the current texts of files that exist, and no others", () => {
  const none: Baselines = new Map();
  const one = withBaselineTexts(
    none,
    new Map([
      [at("file:///a"), TEXT],
      ["file:///a/.galley.json", "{}"],
    ]),
  );
  expect([...one.keys()]).toEqual([at("file:///a")]);
  expect(one.get(at("file:///a"))?.listed.size).toBe(1);
  expect(withBaselineTexts(one, new Map([[at("file:///a"), undefined]])).size).toBe(0);
  // Unchanged ones are the same objects.
  expect(withBaselineTexts(one, new Map([[at("file:///a"), TEXT]]))).toBe(one);
  expect(withBaselineTexts(none, new Map([[at("file:///a"), undefined]]))).toBe(none);
  expect(none.size).toBe(0);
});

test("a renamed draft is one whose file is gone while an unlisted one has its findings", async () => {
  const one = (digest: string): DigestedFinding[] => [
    { rule, digest, start: 0, end: 1, severity: "warning", message: wording("") },
  ];
  const renames = async (drafts: Record<string, DigestedFinding[]>, ...there: string[]) => {
    const all = Object.entries(drafts).map(([name, its]) => [`file:///a/${name}`, its] as const);
    // As in a browser: files can be listed, and this one is too large to read.
    const paths = [BASELINE_NAME, ...Object.keys(drafts), ...there].map(
      (name) => `file:///a/${name}`,
    );
    const files: Files = {
      entries: (folder) => {
        const inside = paths.filter((path) => dirname(path) === folder);
        const entries = inside.map((path) => ({ name: basename(path), isFolder: false }));
        return Promise.resolve(entries.length === 0 ? undefined : entries);
      },
      read: () => Promise.resolve("gone"),
    };
    return [...(await renamesIn(newBaseline(at("file:///a"), TEXT), new Map(all), files))];
  };
  expect(await renames({ "e.md": one("0000000a") })).toEqual([["file:///a/e.md", "in/d.md"]]);
  expect(await renames({ "e.md": one("0000000b") })).toEqual([]);
  // It exists, whether or not it is checked.
  expect(await renames({ "e.md": one("0000000a") }, "in/d.md")).toEqual([]);
  expect(await renames({ "e.md": one("0000000a"), "in/d.md": [] })).toEqual([]);
});
