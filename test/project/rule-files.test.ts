import fc from "fast-check";
import { expect, test } from "vitest";
import { compareNames, type FileName } from "../../server/src/project/places.ts";
import { applyRules, newReadOrder, startRead } from "../../server/src/project/rule-files.ts";
import { EMPTY } from "../../server/src/project/workspace.ts";
import { runs } from "../support/property.ts";

const CONFIGS = ["file:///a/.galley.json", "file:///a/b/.galley.json"];

test("in whatever order reads end, each text is from the read that began last", () => {
  fc.assert(
    fc.property(
      fc.array(fc.subarray(CONFIGS, { minLength: 1 }), { maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 8, maxLength: 8 }),
      (reads, ends) => {
        const store = { workspace: EMPTY, readOrder: newReadOrder() };
        const begun = reads.map((paths) => ({ paths, number: startRead(store) }));
        const order = begun.map((read, index) => ({ read, end: ends[index] ?? 0 }));
        for (const { read } of order.sort((a, b) => a.end - b.end)) {
          const texts = read.paths.map((path) => [path, `{} // ${read.number}`] as const);
          applyRules(store, read.number, new Map(texts));
        }
        for (const path of CONFIGS) {
          const last = begun.findLast(({ paths }) => paths.includes(path));
          expect(store.workspace.configs.get(path)).toBe(last && `{} // ${last.number}`);
        }
      },
    ),
    runs(100),
  );
});

test("of a file's names its own comes before links, and then the first by path", () => {
  const names: FileName[] = [
    { path: "a", isLink: true },
    { path: "c", isLink: false },
    { path: "b", isLink: false },
    { path: "B", isLink: true },
  ];
  expect(names.sort(compareNames).map(({ path }) => path)).toEqual(["b", "c", "B", "a"]);
  expect(compareNames({ path: "a", isLink: true }, { path: "a", isLink: true })).toBe(0);
});
