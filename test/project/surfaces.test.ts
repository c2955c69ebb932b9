import fc from "fast-check";
import { expect, test } from "vitest";
import { LONG_BRIDGE } from "../support/passages.ts";
import { runs } from "../support/property.ts";
import {
  EMPTY_SECTION,
  folderOfDrafts,
  type Link,
  linksInFolder,
  LOST_REFERENCE,
  saidByBoth,
} from "../support/surfaces.ts";
import { WRONG } from "../support/lsp.ts";

/* `galley check` in a folder and the language server with that folder as its workspace. */

/** Folders about which the two once disagreed. */
const FOUND_BEFORE: readonly Readonly<Record<string, string>>[] = [
  // A repository within the folder has ignore files of its own.
  { "nested/in/a.md": WRONG, "a.md": WRONG, "nested/.git/info/exclude": "a.md\n" },
  // The nearest config file applies, also to whether its own folder is excluded.
  { ".galley.json": '{"exclude": ["in"]}', "in/.galley.json": "{}", "in/a.md": WRONG },
  {
    ".galley.json": '{"include": ["vendor/**"]}',
    "vendor/.galley.json": "{}",
    "vendor/a.md": WRONG,
  },
  // Therefore a config file may exclude its own folder, and then nobody reports its mistakes.
  {
    ".galley.json": '{"include": ["vendor/**"]}',
    "vendor/.galley.json": '{"rulez": {}}',
    "vendor/.galley-baseline.json": "{",
    "vendor/a.md": WRONG,
  },
  // Names with characters that a URI escapes.
  { ".galley.json": '{"exclude": ["50% #1[?].md"]}', "50% #1?.md": WRONG, "%41.md": WRONG },
  { ".gitignore": "50% #1*.md\n%41.md\n", "50% #1?.md": WRONG, "%41.md": WRONG },
  { "50% #1?.md": LONG_BRIDGE, "%41.md": LONG_BRIDGE },
  { "1.md": LONG_BRIDGE, "?1.md": LONG_BRIDGE, "?2.md": LONG_BRIDGE },
  // A draft with the rule off is still one that others are compared with.
  {
    "a.md": LONG_BRIDGE,
    "in/a.md": LONG_BRIDGE,
    "in/.galley.json": '{"rules": {"repeated-elsewhere": "off"}}',
  },
];

/** A folder with this many drafts of this text, and others. */
function folderOf(
  count: number,
  text: string | ((index: number) => string),
  others: number,
): Readonly<Record<string, string>> {
  const own = typeof text === "string" ? () => text : text;
  const drafts = Array.from({ length: count + others }, (_, index): [string, string] => [
    `${index % 2 === 0 ? "" : "in/"}d${index}.md`,
    `# Draft ${index}\n\n${index < count ? own(index) : `See [it][${index}].\n\n[${index}]: /it`}\n`,
  ]);
  return Object.fromEntries(drafts);
}

test.each([
  ["an empty section", EMPTY_SECTION, [0, 1, 2, 7, 8, 20], 8],
  ["a reference that is defined nowhere", LOST_REFERENCE, [0, 1, 3, 4, 5, 20], 4],
] as const)(
  "both surfaces don't report %s that is in many drafts",
  async (_what, text, counts, limit) => {
    for (const count of counts) {
      const { command, server } = await saidByBoth(folderOf(count, text, 3));
      expect(server).toEqual(command);
      expect(Object.values(command.drafts).flat()).toHaveLength(count < limit ? count : 0);
    }
  },
);

test.each([
  // Figures, and the same label where nothing at all is defined: the definitions may have been lost.
  ["the same undefined figure", () => "Read [the minutes][1] and [the notes][2].\n\n[2]: /notes"],
  [
    "the same undefined label without another",
    () => "It is told in [the minutes of May][minutes].",
  ],
  [
    "different undefined labels",
    (at: number) => LOST_REFERENCE.replace("][minutes", `][minutes ${at}`),
  ],
  ["a link without text beside others", () => "- [](/minutes/may)\n- [April](/minutes/april)"],
])("both surfaces warn about %s in each of five drafts", async (_what, own) => {
  for (const others of [0, 3]) {
    const { command, server } = await saidByBoth(folderOf(5, own, others));
    expect(server).toEqual(command);
    const lines = Object.values(command.drafts).flat();
    expect(lines.map((line) => line.includes(" warning "))).toEqual(Array(5).fill(true));
  }
});

test("four references in a single draft whose definitions are all lost are hints", async () => {
  const text = [1, 2, 3, 4].map((at) => `Read [report ${at}][${at}].\n`).join("\n");
  const { command, server } = await saidByBoth({ "a.md": text });
  expect(server).toEqual(command);
  const lines = Object.values(command.drafts).flat();
  expect(lines.map((line) => line.includes(" hint "))).toEqual(Array(4).fill(true));
});

test("the command line and the language server find the same in any folder", async () => {
  let found = 0;
  let intended = 0;
  await fc.assert(
    fc.asyncProperty(folderOfDrafts, async (files) => {
      const { command, server } = await saidByBoth(files);
      expect(server).toEqual(command);
      const lines = Object.values(command.drafts).flat();
      found += lines.length;
      const lost = Object.values(files).filter((text) => text.includes(LOST_REFERENCE));
      if (lost.length >= 4 && !lines.some((line) => line.includes("minutes"))) intended++;
    }),
    { ...runs(60), examples: FOUND_BEFORE.map((files) => [files]) },
  );
  expect(found).toBeGreaterThan(100);
  expect(intended).toBeGreaterThan(1);
});

const A = { "a.md": WRONG };

/** Files with several names, which once became several drafts. */
const NAMES_FOUND_BEFORE: readonly [Record<string, string>, readonly Link[]][] = [
  [A, [{ kind: "symbolic", name: "b.md", target: "a.md" }]],
  [A, [{ kind: "hard", name: "in/b.md", target: "a.md" }]],
  // The first by path is a link: the file itself is the draft.
  [{ "in/b.md": LONG_BRIDGE }, [{ kind: "symbolic", name: "a.md", target: "in/b.md" }]],
  // The file itself is not a draft.
  [{ ...A, ".gitignore": "a.md\n" }, [{ kind: "symbolic", name: "b.md", target: "a.md" }]],
];

test("a file with several names is one draft for both, wherever links lead", async () => {
  let links = 0;
  await fc.assert(
    fc.asyncProperty(folderOfDrafts, linksInFolder, async (files, more) => {
      const { command, server } = await saidByBoth(files, "", more);
      expect(server).toEqual(command);
      links += more.length;
    }),
    { ...runs(60), examples: NAMES_FOUND_BEFORE.map(([files, more]) => [files, more]) },
  );
  expect(links).toBeGreaterThan(30);
});

test("a file with several names is reported once, by its own name", async () => {
  const { command, server } = await saidByBoth({ "in/b.md": WRONG }, "", [
    { kind: "symbolic", name: "a.md", target: "in/b.md" },
    { kind: "symbolic", name: "c.md", target: "a.md" },
    { kind: "symbolic", name: "round.md", target: "round.md" },
  ]);
  for (const { drafts } of [command, server]) {
    expect(drafts).toEqual({ "in/b.md": [expect.stringContaining("repeated-word")] });
  }
});

test.each([
  [
    "a folder that git ignores",
    { ".git/HEAD": "", ".gitignore": "out/\n", "out/a.md": WRONG },
    "out",
  ],
  [
    "a folder in one that git ignores",
    { ".git/HEAD": "", ".gitignore": "out\n", "out/in/a.md": WRONG },
    "out/in",
  ],
  [
    "a folder of a repository",
    { ".git/HEAD": "", ".gitignore": "b.md\n", "in/a.md": WRONG, "in/b.md": WRONG },
    "in",
  ],
] as const)("%s that is named explicitly is checked by both", async (_what, files, top) => {
  const { command, server } = await saidByBoth(files, top);
  expect(server).toEqual(command);
  expect(command.drafts).toEqual({ "a.md": [expect.stringContaining("repeated-word")] });
});
