import { expect, test } from "vitest";
import { opened } from "../../server/src/project/document.ts";
import {
  EMPTY,
  toStamp,
  type StoredDraft,
  configForOpen,
  configForStored,
  toUri,
  notDraftReason,
  resolve,
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

/** What applies to an open document: its format, or why it has none. */
function heldFor(workspace: Workspace, path: string): string | undefined {
  const document = workspace.open.get(path);
  if (document === undefined) throw new Error(`${path} is not open.`);
  return configForOpen(workspace, path, document)?.format ?? notDraftReason(workspace, path);
}

test("no event changes the value that it is applied to", () => {
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

test("an event without an effect returns the same value", () => {
  const workspace = open(folders("file:///w"), "file:///w/a.txt", "plaintext");
  expect(withRules(workspace, new Map(), new Map())).toBe(workspace);
  expect(withSaved(workspace, "file:///w/a.txt")).toBe(workspace);
  expect(withSaved(workspace, "file:///w/gone.txt")).toBe(workspace);
});

test("a file is spelled as by the client", () => {
  const workspace = withFolders(EMPTY, ["file:///C%3A/My%20Drafts/"]);
  const [folder = ""] = workspace.folders;
  expect(toUri(workspace, `${folder}/a b.md`)).toBe("file:///C%3A/My%20Drafts/a%20b.md");
  const opening = opened("file:///c%3A/odd/./spelling.md", "markdown", 1, PROSE);
  expect(toUri(withOpen(workspace, "file:///x.md", opening), "file:///x.md")).toBe(opening.uri);
  expect(toUri(workspace, "file:///elsewhere/a.md")).toBe("file:///elsewhere/a.md");
});

test("a plain text is judged again once it is opened in another language and back, not while it is typed", () => {
  const path = "file:///w/a.txt";
  let workspace = open(folders("file:///w"), path, "plaintext");
  workspace = open(workspace, path, "plaintext", LIST);
  expect(heldFor(workspace, path)).toBe("plaintext");
  workspace = open(workspace, path, "markdown", LIST);
  workspace = open(workspace, path, "plaintext", LIST);
  expect(heldFor(workspace, path)).toBe("not prose");
});

test("whether it reads as prose is forgotten once a plain text is closed", () => {
  const path = "file:///w/a.txt";
  const workspace = open(folders("file:///w"), path, "plaintext");
  expect(workspace.prose.has(path)).toBe(true);
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

test("an open config file applies as it is typed, instead of the one on disk", () => {
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

test("the stamp depends on the format, the explicit inclusion, and the settings", () => {
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
