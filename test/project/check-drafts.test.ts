import { expect, test } from "vitest";
import {
  checkDrafts,
  NO_DRAFT,
  type DraftCheck,
  draftText,
} from "../../server/src/project/check-drafts.ts";
import { EMPTY, withFolders } from "../../server/src/project/workspace.ts";
import { type MemoryFolder, memoryFolder } from "../support/memory-folder.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const WRONG = "The the council met on Monday.\n";

function checked(
  { uri, uriOf, files }: MemoryFolder,
  names: readonly string[],
  checkerFor: DraftCheck["checkerFor"] = () => undefined,
) {
  const workspace = withFolders(EMPTY, [uri]);
  const check = { workspace, clock: virtualClock(), filesFor: () => files, cache: undefined };
  return checkDrafts({ ...check, checkerFor }, names.map(uriOf));
}

test("files that are missing, not drafts, or not prose have no facts", async () => {
  const folder = memoryFolder({ "a.html": WRONG, "a.txt": "a=1\nb=2\nc=3\n" });
  const found = await checked(folder, ["a.html", "none.md", "a.txt"]);
  expect(found.get(folder.uriOf("a.html"))).toBe(NO_DRAFT);
  for (const name of ["none.md", "a.txt"]) {
    const result = found.get(folder.uriOf(name));
    expect(result?.facts).toBeUndefined();
    expect(result?.stamp).toBeDefined();
  }
  expect(await checked(folder, [])).toEqual(new Map());
});

test("without threads drafts are checked here; the result says which is the largest", async () => {
  const sizes: number[] = [];
  const folder = memoryFolder({ "a.md": WRONG, "b.md": "x" });
  const found = await checked(folder, ["a.md", "b.md"], (largest) => void sizes.push(largest));
  expect(found.get(folder.uriOf("a.md"))?.facts?.findings).toHaveLength(1);
  expect(sizes).toEqual([WRONG.length]);
});

test.each([
  ["text", Uint8Array.of(0xff, 0xfe, 0x00), false, { no: "text" }],
  ["prose", Buffer.from("a=1\nb=2\nc=3\n"), false, { no: "prose" }],
  ["prose, but asked for", Buffer.from("a=1\n"), true, { text: "a=1\n" }],
  [
    "prose, in a note",
    Buffer.from("The mayor came to see the bridge, and she liked it.\n"),
    false,
    { text: "The mayor came to see the bridge, and she liked it.\n" },
  ],
])("a draft or not: %s", (_what, bytes, explicitlyIncluded, expected) => {
  const candidate = { path: "file:///a.txt", format: "plaintext", bytes } as const;
  expect(draftText({ ...candidate, explicitlyIncluded })).toEqual(expected);
});
