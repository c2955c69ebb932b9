import { describe, expect, test } from "vitest";
import { dropOutOfScope, onFileEvents } from "../../server/src/lsp/disk.ts";
import { enforceDraftLimit, reread } from "../../server/src/lsp/judging.ts";
import { scan } from "../../server/src/lsp/scans.ts";
import type { EditorOptions } from "../../server/src/lsp/editor-config.ts";
import { newServices, type TestServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

/** The drafts that are known, each with how many findings it has. */
function stored({ session, folder }: TestServices): Record<string, number> {
  return Object.fromEntries(
    [...session.workspace.stored].map(([path, { facts }]) => [
      path.slice(folder.uri.length + 1),
      facts.findings.length,
    ]),
  );
}

function withOptions({ store }: TestServices, options: Partial<EditorOptions>): void {
  store.dispatch({ type: "settings-requested" });
  const { settingsRequests: request, workspace } = store.state;
  const all = { ...store.state.options, ...options };
  store.dispatch({ type: "settings-read", request, editor: workspace.editor, options: all });
}

async function scanned(texts: Readonly<Record<string, string>>): Promise<{
  readonly services: TestServices;
  readonly changed: Set<string>;
  readonly note: (paths: readonly string[]) => void;
}> {
  const services = newServices(texts);
  const changed = new Set<string>();
  const note = (paths: readonly string[]): void => {
    for (const path of paths) changed.add(path.slice(services.folder.uri.length + 1));
  };
  scan(services.session, [services.folder.uri], false, note);
  await services.settle();
  return { services, changed, note };
}

describe("a folder that is walked", () => {
  test("has its drafts read and judged, and those that changed are told", async () => {
    const { services, changed } = await scanned({
      "a.md": WRONG,
      "b/c.md": RIGHT,
      "d.html": WRONG,
    });
    expect(stored(services)).toEqual({ "a.md": 1, "b/c.md": 0 });
    expect([...changed].sort()).toEqual(["a.md", "b/c.md"]);
    expect(services.session.disk).toMatchObject({ complete: true, scanning: false, checked: 2 });
  });

  test("that is empty is done as well", async () => {
    const { services } = await scanned({});
    expect(stored(services)).toEqual({});
    expect(services.session.disk.complete).toBe(true);
  });

  test("again: only what is new is read, and what is gone is dropped", async () => {
    const { services, note } = await scanned({ "a.md": WRONG, "b.md": WRONG });
    services.folder.write("a.md", RIGHT);
    services.folder.write("c.md", WRONG);
    services.folder.remove("b.md");
    scan(services.session, [services.folder.uri], false, note);
    await services.settle();
    expect(stored(services)).toEqual({ "a.md": 1, "c.md": 1 });
    // Unless all are to be read again.
    scan(services.session, [services.folder.uri], true, note);
    await services.settle();
    expect(stored(services)).toEqual({ "a.md": 0, "c.md": 1 });
  });

  test("is not, where only open drafts are checked", async () => {
    const services = newServices({ "a.md": WRONG });
    withOptions(services, { checksWorkspace: false });
    scan(services.session, [services.folder.uri], false, () => undefined);
    await services.settle();
    expect(stored(services)).toEqual({});
  });
});

test("more drafts than there may be: none is checked, which is said once", async () => {
  const services = newServices({ "a.md": WRONG, "b.md": WRONG, "c.md": WRONG });
  withOptions(services, { mostDrafts: 2 });
  scan(services.session, [services.folder.uri], false, () => undefined);
  await services.settle();
  expect(stored(services)).toEqual({});
  expect(services.session.disk).toMatchObject({ capped: true, complete: true });
  expect(services.messages).toEqual([
    expect.stringMatching(/^This workspace has 3 drafts, more than the 2/),
  ]);
  withOptions(services, { mostDrafts: 3 });
  expect(enforceDraftLimit(services.session, () => undefined)).toBe(false);
});

test("a draft that is read again counts as it is now", async () => {
  const { services, note } = await scanned({ "a.md": WRONG });
  services.folder.write("a.md", RIGHT);
  reread(services.session, [services.pathTo("a.md")], note);
  await services.settle();
  expect(stored(services)).toEqual({ "a.md": 0 });
  services.folder.remove("a.md");
  reread(services.session, [services.pathTo("a.md")], note);
  await services.settle();
  expect(stored(services)).toEqual({});
});

describe("news of files", () => {
  test.each<[string, { folders?: string[]; packages?: string[] }]>([
    ["a.md", {}],
    ["b/.galley.json", { folders: ["b"] }],
    ["b/.galley-baseline.json", { folders: ["b"] }],
    ["b/.gitignore", { folders: ["b"] }],
    [".git/info/exclude", { folders: [""] }],
    ["b/package.json", { packages: ["b"] }],
  ])("%s: what has to be read again", async (name, { folders = [], packages = [] }) => {
    const { services, note } = await scanned({ "a.md": WRONG });
    const rules = onFileEvents(services.session, new Set([services.pathTo(name)]), note);
    const pathsOf = (names: readonly string[]): string[] =>
      names.map((one) => (one === "" ? services.folder.uri : services.pathTo(one)));
    expect([...rules.folders]).toEqual(pathsOf(folders));
    expect([...rules.packages]).toEqual(pathsOf(packages));
    expect([...rules.extended]).toEqual([]);
    await services.settle();
  });

  test("a folder that moved: its drafts are read again where they were, and found where they are", async () => {
    const { services, note } = await scanned({ "b/a.md": WRONG, "b/c/d.md": RIGHT });
    services.folder.move("b", "e");
    const paths = new Set([services.pathTo("b"), services.pathTo("e")]);
    onFileEvents(services.session, paths, note);
    await services.settle();
    expect(stored(services)).toEqual({ "e/a.md": 1, "e/c/d.md": 0 });
  });

  test("config files below a folder are named by it", async () => {
    const { services, note } = await scanned({ "b/.galley.json": "{}", "b/a.md": WRONG });
    const { folders } = onFileEvents(services.session, new Set([services.pathTo("b")]), note);
    expect([...folders]).toEqual([services.pathTo("b")]);
    await services.settle();
  });
});

test("drafts outside the folders are dropped; all, where only open ones are checked", async () => {
  const { services, note } = await scanned({ "a.md": WRONG });
  dropOutOfScope(services.session, note);
  expect(stored(services)).toEqual({ "a.md": 1 });
  withOptions(services, { checksWorkspace: false });
  dropOutOfScope(services.session, note);
  expect(stored(services)).toEqual({});
  await services.settle();
});
