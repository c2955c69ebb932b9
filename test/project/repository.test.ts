import { expect, test } from "vitest";
import type { Files } from "../../server/src/project/host.ts";
import { isRepository, repositoryRoot } from "../../server/src/project/repository.ts";
import { memoryFolder } from "../support/memory-folder.ts";

const entries = (...names: string[]) => names.map((name) => ({ name, isFolder: false }));

test("a repository's root has an entry .git, which may be a file", () => {
  expect(isRepository(entries(".git"))).toBe(true);
  expect(isRepository(entries("a.md", ".gitignore"))).toBe(false);
  expect(isRepository([])).toBe(false);
});

test("the root of a folder's repository, whether files can be requested or only listed", async () => {
  const { files, uri } = memoryFolder({ "a/.git/HEAD": "x", "a/b/c/d.md": "d", "e/f.md": "f" });
  const listing: Files = { entries: (one) => files.entries(one), read: (one) => files.read(one) };
  const asking: Files = {
    ...listing,
    stats: (one) => {
      const isGit = one === `${uri}/a/.git`;
      return isGit ? { size: 0, modified: 0, identity: undefined, isLink: false } : "gone";
    },
  };
  for (const one of [asking, listing]) {
    expect(await repositoryRoot(one, `${uri}/a/b/c`)).toBe(`${uri}/a`);
    expect(await repositoryRoot(one, `${uri}/a`)).toBe(`${uri}/a`);
    expect(await repositoryRoot(one, `${uri}/e`)).toBeUndefined();
  }
  // Above a folder that can't be listed, nothing is known.
  expect(await repositoryRoot(listing, `${uri}/a/none`)).toBeUndefined();
});
