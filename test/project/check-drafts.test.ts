import { describe, expect, test } from "vitest";
import { checkDrafts, NO_DRAFT, type DraftCheck } from "../../server/src/project/check-drafts.ts";
import { draftText } from "../../server/src/project/draft-text.ts";
import type { StoredFacts } from "../../server/src/project/facts.ts";
import type { Batch, Checker, FactsCache } from "../../server/src/project/host.ts";
import { inThreadChecker } from "../../server/src/project/in-thread-checker.ts";
import { EMPTY, withFolders, withRules } from "../../server/src/project/workspace.ts";
import { memoryFolder } from "../support/memory-folder.ts";
import { virtualClock } from "../support/virtual-clock.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

function desk(texts: Readonly<Record<string, string>>, more: Partial<DraftCheck> = {}) {
  const folder = memoryFolder(texts);
  const clock = virtualClock();
  const configs = Object.entries(texts).filter(([name]) => name.endsWith(".galley.json"));
  const workspace = withRules(
    withFolders(EMPTY, [folder.uri]),
    new Map(configs.map(([name, text]) => [folder.uriOf(name), text])),
    new Map(),
  );
  const batches: Batch[] = [];
  const inThread = inThreadChecker(clock);
  const checker: Checker = {
    ...inThread,
    check: (batch) => {
      batches.push(batch);
      return inThread.check(batch);
    },
  };
  const check: DraftCheck = {
    workspace,
    clock,
    filesFor: () => folder.files,
    cache: undefined,
    checkerFor: () => checker,
    ...more,
  };
  return {
    batches,
    folder,
    results: (...names: string[]) => checkDrafts(check, names.map(folder.uriOf)),
  };
}

/** A cache by the bytes and the stamp themselves. */
function newCache(): FactsCache & { readonly all: Map<string, StoredFacts> } {
  const all = new Map<string, StoredFacts>();
  return {
    all,
    toKey: (bytes, stamp) => `${Buffer.from(bytes).toString("latin1")} ${stamp}`,
    get: (key) => all.get(key),
    set: (key, facts) => all.set(key, facts),
    save: () => Promise.resolve(),
  };
}

describe("drafts on disk", () => {
  test("are linted, by their paths", async () => {
    const { results, folder } = desk({ "a.md": WRONG, "b.md": RIGHT });
    const found = await results("a.md", "b.md");
    const counts = [...found].map(([path, { facts }]) => [path, facts?.findings.length]);
    expect(counts).toEqual([
      [folder.uriOf("a.md"), 1],
      [folder.uriOf("b.md"), 0],
    ]);
  });

  test("that are none, not there, or not prose have no facts", async () => {
    const { results, folder } = desk({ "a.html": WRONG, "a.txt": "a=1\nb=2\nc=3\n" });
    const found = await results("a.html", "none.md", "a.txt");
    expect(found.get(folder.uriOf("a.html"))).toBe(NO_DRAFT);
    for (const name of ["none.md", "a.txt"]) {
      const result = found.get(folder.uriOf(name));
      expect(result?.facts).toBeUndefined();
      expect(result?.stamp).toBeDefined();
    }
    expect(await results()).toEqual(new Map());
  });

  test("of the same settings go to the checker together, and each gets its own result", async () => {
    const config = '{ "overrides": [{ "files": ["c.md"], "rules": { "repeated-word": "off" } }] }';
    const { results, batches, folder } = desk({
      ".galley.json": config,
      "a.md": WRONG,
      "b.md": RIGHT,
      "c.md": WRONG,
    });
    const found = await results("a.md", "c.md", "b.md");
    expect(batches.map(({ drafts }) => drafts.length).sort()).toEqual([1, 2]);
    const count = (name: string) => found.get(folder.uriOf(name))?.facts?.findings.length;
    expect(["a.md", "b.md", "c.md"].map(count)).toEqual([1, 0, 0]);
  });

  test("without a checker are checked here; the size of the largest says which is asked for", async () => {
    const sizes: number[] = [];
    const checkerFor = (largest: number): undefined => {
      sizes.push(largest);
      return undefined;
    };
    const { results } = desk({ "a.md": WRONG, "b.md": "x" }, { checkerFor });
    expect([...(await results("a.md", "b.md")).values()][0]?.facts?.findings).toHaveLength(1);
    expect(sizes).toEqual([WRONG.length]);
  });

  test("that the cache knows are not checked again", async () => {
    const cache = newCache();
    const { results, batches } = desk({ "a.md": WRONG }, { cache });
    const [first] = [...(await results("a.md")).values()];
    expect(cache.all.size).toBe(1);
    const [again] = [...(await results("a.md")).values()];
    expect(again?.facts).toBe(first?.facts);
    expect(batches).toHaveLength(1);
  });
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
])("what is or is no %s", (_what, bytes, explicitlyIncluded, expected) => {
  const candidate = { path: "file:///a.txt", format: "plaintext", explicitlyIncluded } as const;
  expect(draftText(bytes, candidate)).toEqual(expected);
});
