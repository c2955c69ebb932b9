import { expect, test } from "vitest";
import { opened } from "../../server/src/project/document.ts";
import { isIgnored } from "../../server/src/project/ignored.ts";
import {
  canHoldDrafts,
  EMPTY,
  findFolder,
  resolve,
  toStamp,
  type StoredDraft,
  configForOpen,
  configForStored,
  toUri,
  notDraftReason,
  withClosed,
  withEditor,
  withFolders,
  withOpen,
  withPages,
  withRules,
  withSaved,
  withStored,
  type Workspace,
} from "../../server/src/project/workspace.ts";

const PROSE = "The council met on Monday and approved the budget of the town for the next year.\n";
const LIST = "a=1\nb=2\nc=3\nd=4\ne=5\nf=6\n";

function folders(...paths: string[]): Workspace {
  return withFolders(EMPTY, paths);
}

function configured(workspace: Workspace, texts: Readonly<Record<string, string | undefined>>) {
  return withRules(workspace, new Map(Object.entries(texts)), new Map());
}

function ignoring(workspace: Workspace, texts: Readonly<Record<string, string | undefined>>) {
  return withRules(workspace, new Map(), new Map(Object.entries(texts)));
}

function open(workspace: Workspace, path: string, languageId: string, text = PROSE): Workspace {
  return withOpen(workspace, path, opened(path, languageId, 1, text));
}

/** What holds for an open document: its format, or why it is none. */
function heldFor(workspace: Workspace, path: string): string | undefined {
  const document = workspace.open.get(path);
  if (document === undefined) throw new Error(`${path} is not open.`);
  return configForOpen(workspace, path, document)?.format ?? notDraftReason(workspace, path);
}

test("of folders that are nested the innermost holds, in any order", () => {
  const names = ["file:///w", "file:///w/a", "file:///w/a/b", "file:///wide"];
  for (const given of [names, [...names].reverse()]) {
    const workspace = folders(...given);
    expect(findFolder(workspace, "file:///w/x.md")).toBe("file:///w");
    expect(findFolder(workspace, "file:///w/a/b/c/x.md")).toBe("file:///w/a/b");
    expect(findFolder(workspace, "file:///wide/x.md")).toBe("file:///wide");
    expect(findFolder(workspace, "file:///w/ab/x.md")).toBe("file:///w");
    expect(findFolder(workspace, "file:///elsewhere/x.md")).toBeUndefined();
    expect(findFolder(EMPTY, "file:///w/x.md")).toBeUndefined();
  }
});

test("no event changes the value that it came to", () => {
  const before = open(
    ignoring(configured(folders("file:///w"), { "file:///w/.galley.json": "{}" }), {
      "file:///w": "x",
    }),
    "file:///w/a.txt",
    "plaintext",
  );
  const shape = (workspace: Workspace): string =>
    JSON.stringify(
      Object.entries(workspace).map(([key, value]) =>
        value instanceof Map ? [key, [...value.keys()]] : [key, value as unknown],
      ),
    );
  const known = shape(before);
  const facts = { facts: {}, stamp: "" } as unknown as StoredDraft;
  const afters = [
    open(before, "file:///w/b.md", "markdown"),
    withClosed(before, "file:///w/a.txt"),
    withStored(before, new Map([["file:///w/c.md", facts]])),
    ignoring(before, { "file:///w": undefined }),
    configured(before, { "file:///w/x/.galley.json": "{}" }),
    withFolders(before, []),
    withEditor(before, new Map([["", {}]])),
    withPages(before, "file:///pages"),
  ];
  for (const after of afters) expect(shape(after)).not.toBe(known);
  expect(shape(before)).toBe(known);
});

test("what changes nothing gives the very same value", () => {
  const workspace = open(folders("file:///w"), "file:///w/a.txt", "plaintext");
  expect(withRules(workspace, new Map(), new Map())).toBe(workspace);
  expect(withSaved(workspace, "file:///w/a.txt")).toBe(workspace);
  expect(withSaved(workspace, "file:///w/gone.txt")).toBe(workspace);
});

test("drafts come and go", () => {
  const one = { facts: {}, stamp: "1" } as unknown as StoredDraft;
  const two = { facts: {}, stamp: "2" } as unknown as StoredDraft;
  let workspace = withStored(
    EMPTY,
    new Map([
      ["/a", one],
      ["/b", one],
    ]),
  );
  workspace = withStored(
    workspace,
    new Map([
      ["/a", undefined],
      ["/b", two],
      ["/c", undefined],
    ]),
  );
  expect([...workspace.stored]).toEqual([["/b", two]]);
});

test("a file is written as the client writes it", () => {
  const workspace = withFolders(EMPTY, ["file:///C%3A/My%20Drafts/"]);
  const [folder = ""] = workspace.folders;
  expect(toUri(workspace, `${folder}/a b.md`)).toBe("file:///C%3A/My%20Drafts/a%20b.md");
  const opening = opened("file:///c%3A/odd/./spelling.md", "markdown", 1, PROSE);
  expect(toUri(withOpen(workspace, "file:///x.md", opening), "file:///x.md")).toBe(opening.uri);
  expect(toUri(workspace, "file:///elsewhere/a.md")).toBe("file:///elsewhere/a.md");
});

test("a plain text is a draft by what it was when it was opened or saved, not while it is typed", () => {
  const path = "file:///w/a.txt";
  let workspace = open(folders("file:///w"), path, "plaintext", LIST);
  expect(heldFor(workspace, path)).toBe("not prose");
  workspace = open(workspace, path, "plaintext", PROSE);
  expect(heldFor(workspace, path)).toBe("not prose");
  workspace = withSaved(workspace, path);
  expect(heldFor(workspace, path)).toBe("plaintext");
  workspace = open(workspace, path, "plaintext", LIST);
  expect(heldFor(workspace, path)).toBe("plaintext");
  // Another language is another document.
  workspace = open(workspace, path, "markdown", LIST);
  workspace = open(workspace, path, "plaintext", LIST);
  expect(heldFor(workspace, path)).toBe("not prose");
  expect(withClosed(workspace, path).prose.has(path)).toBe(false);
});

test.each([
  ["file:///w/a.md", "markdown", "markdown"],
  ["file:///w/a.html", "html", "only explicit html"],
  ["file:///w/a.ts", "typescript", "other kind"],
  ["file:///w/notes", "markdown", "markdown"],
  ["file:///w/requirements.txt", "pip-requirements", "program text"],
  ["file:///w/.galley.json", "jsonc", undefined],
])("%s as %s", (path, languageId, expected) => {
  expect(heldFor(open(folders("file:///w"), path, languageId), path)).toBe(expected);
});

test("an open config file counts as it is typed, before what is on disk", () => {
  const off = `{"rules": {"broken-off": "off"}}`;
  const severity = (workspace: Workspace): string | undefined =>
    resolve(workspace, "file:///w/in/a.md").settings.rules.get("broken-off")?.severity;
  let workspace = configured(folders("file:///w"), { "file:///w/.galley.json": off });
  expect(severity(workspace)).toBe("off");
  workspace = open(workspace, "file:///w/.galley.json", "jsonc", "{}");
  expect(severity(workspace)).not.toBe("off");
  workspace = open(workspace, "file:///w/.galley.json", "jsonc", off);
  workspace = configured(workspace, { "file:///w/.galley.json": undefined });
  expect(severity(workspace)).toBe("off");
  expect(severity(withClosed(workspace, "file:///w/.galley.json"))).not.toBe("off");
});

test("the nearest .gitignore that speaks of a file counts, and none above the folder is needed", () => {
  const workspace = ignoring(folders("file:///w"), {
    "file:///w": "*.tmp.md\nout/\n",
    "file:///w/in": "!keep.tmp.md\n",
  });
  const ignored = ({ ignores }: Workspace, path: string, isFolder = false): boolean =>
    isIgnored(ignores, "file:///w", `file:///w/${path}`, isFolder);
  expect(ignored(workspace, "a.tmp.md")).toBe(true);
  expect(ignored(workspace, "in/a.tmp.md")).toBe(true);
  expect(ignored(workspace, "in/keep.tmp.md")).toBe(false);
  expect(ignored(workspace, "a.md")).toBe(false);
  expect(ignored(workspace, "out", true)).toBe(true);
  expect(ignored(workspace, "out")).toBe(false);
  expect(configForStored(workspace, "file:///w/out/deep/a.md")).toBeUndefined();
  expect(canHoldDrafts(workspace, "file:///w/out/deep")).toBe(false);
  expect(canHoldDrafts(workspace, "file:///w/in/deep")).toBe(true);
  expect(canHoldDrafts(workspace, "file:///elsewhere")).toBe(false);
  const without = ignoring(workspace, { "file:///w": undefined, "file:///w/in": undefined });
  expect(ignored(without, "a.tmp.md")).toBe(false);
});

test("files outside of the folders, folders themselves and the rules' pages are no drafts", () => {
  const workspace = withPages(folders("file:///w"), "file:///w/pages/");
  expect(configForStored(workspace, "file:///w/a.md")?.format).toBe("markdown");
  expect(configForStored(workspace, "file:///w")).toBeUndefined();
  expect(configForStored(workspace, "file:///v/a.md")).toBeUndefined();
  expect(configForStored(workspace, "file:///w/pages/a.md")).toBeUndefined();
  expect(
    heldFor(open(workspace, "file:///w/pages/a.md", "markdown"), "file:///w/pages/a.md"),
  ).toBeUndefined();
});

test("the stamp differs by the format, the explicit inclusion, and the settings", () => {
  const workspace = folders("file:///w");
  const markdown = configForStored(workspace, "file:///w/a.md");
  const text = configForStored(workspace, "file:///w/a.txt");
  const other = configForStored(
    configured(workspace, { "file:///w/.galley.json": `{"rules": {"broken-off": "off"}}` }),
    "file:///w/a.md",
  );
  if (markdown === undefined || text === undefined || other === undefined) throw new Error("none");
  const stamps = [
    markdown,
    text,
    other,
    { ...markdown, explicitlyIncluded: !markdown.explicitlyIncluded },
  ].map(toStamp);
  expect(new Set(stamps).size).toBe(stamps.length);
  expect(toStamp({ ...markdown })).toBe(stamps[0]);
  const again = configForStored(folders("file:///w"), "file:///w/a.md");
  expect(again && toStamp(again)).toBe(stamps[0]);
});
