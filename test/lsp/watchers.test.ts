import fc from "fast-check";
import { expect, test } from "vitest";
import { newWatchers } from "../../server/src/lsp/files.ts";
import { runs } from "../support/property.ts";

const FOLDERS = ["file:///a", "file:///a/b", "file:///c", "web:/d"];

test("whatever folders come and go, those of the last list are watched, each once", () => {
  fc.assert(
    fc.property(fc.array(fc.subarray(FOLDERS), { maxLength: 12 }), (lists) => {
      const watched: string[] = [];
      const reported: string[] = [];
      const watchers = newWatchers(
        {
          reads: (scheme) => scheme === "file",
          watch: (folder, changed) => {
            watched.push(folder);
            changed([`${folder}/new.md`]);
            return {
              dispose: () => {
                watched.splice(watched.indexOf(folder), 1);
              },
            };
          },
        },
        (uris) => reported.push(...uris),
      );
      for (const folders of lists) {
        watchers.watch(folders);
        const mine = folders.filter((folder) => folder.startsWith("file:"));
        expect([...watched].sort()).toEqual(mine.sort());
        for (const folder of mine) expect(reported).toContain(`${folder}/new.md`);
      }
    }),
    runs(100),
  );
});

test("where the host can't watch, nothing is watched", () => {
  const watchers = newWatchers({ reads: () => true }, () => {
    throw new Error("Nothing can be heard.");
  });
  expect(() => {
    watchers.watch(FOLDERS);
  }).not.toThrow();
});
