import { describe, expect, test } from "vitest";
import {
  compareChanged,
  compareDelay,
  hasWork,
  requeueAll,
  scheduleComparison,
} from "../../server/src/lsp/comparison.ts";
import { NO_FINDINGS } from "../../server/src/lsp/cross-draft.ts";
import {
  comparedFindings,
  configFor,
  isUnchanged,
  moveFindings,
  openDraft,
  similarDrafts,
} from "../../server/src/lsp/open-drafts.ts";
import { newServices, scannedServices, type TestServices } from "../support/services.ts";

const PASSAGE =
  "The council voted on Monday to close the old bridge to lorries until the spring, and shop owners on the quay fear that customers from the valley will stay away for months.";

/** Text that stands in no other draft. */
function filler(name: string): string {
  return `${Array.from({ length: 120 }, (_, at) => `${name}${at}`).join(" ")}.`;
}

const draft = (name: string, passage = PASSAGE): string =>
  `${filler(`${name}x`)}\n\n${passage}\n\n${filler(`${name}y`)}\n`;

/** The drafts that were told of, in the order of their names, after these have changed; else all. */
async function compared(services: TestServices, names?: readonly string[]): Promise<string[]> {
  const { session, effects } = services;
  effects.length = 0;
  const { stored, open } = session.workspace;
  compareChanged(session, names?.map(services.pathTo) ?? [...stored.keys(), ...open.keys()]);
  await services.settle();
  const told = effects.flatMap((effect) => (effect.type === "report" ? effect.paths : []));
  return [...new Set(told.map((path) => path.slice(services.folder.uri.length + 1)))].sort();
}

const DESK = { "a.md": draft("a"), "b.md": draft("b"), "c.md": filler("c") };

describe("drafts on disk", () => {
  test("are compared, and those that share a passage are told of", async () => {
    const services = await scannedServices(DESK);
    const { session } = services;
    const { workspace } = session;
    expect(await compared(services)).toEqual(["a.md", "b.md"]);
    expect(hasWork(session)).toBe(false);
    const path = services.pathTo("b.md");
    const stored = workspace.stored.get(path);
    const rules = stored && comparedFindings(session, path, stored).map(({ rule }) => rule);
    expect(rules).toEqual(["repeated-elsewhere"]);
    // Of another version of it nothing is known but its own findings.
    const other = stored && { ...stored };
    expect(other && comparedFindings(session, path, other)).toBe(other?.facts.findings);
  });

  test("that are compared again without a change are not told of", async () => {
    const services = await scannedServices(DESK);
    await compared(services);
    requeueAll(services.session);
    expect(hasWork(services.session)).toBe(true);
    expect(await compared(services)).toEqual([]);
  });

  test("with nothing to compare need no job", async () => {
    const services = await scannedServices({});
    services.effects.length = 0;
    scheduleComparison(services.session);
    await services.settle();
    expect(services.effects).toEqual([]);
  });
});

describe("an open draft", () => {
  test("is compared as it is in the editor", async () => {
    const services = await scannedServices(DESK);
    services.open("c.md", draft("c"));
    expect(await compared(services)).toContain("c.md");
    const found = openDraft(services.session, services.pathTo("c.md"))?.cross.elsewhere;
    expect(found?.map(({ rule }) => rule)).toEqual(["repeated-elsewhere"]);
    expect(openDraft(services.session, "none")).toBeUndefined();
  });

  test("has its findings moved by an edit, and dropped where the edit touches them", async () => {
    const services = await scannedServices(DESK);
    services.open("b.md", draft("b"));
    await compared(services);
    const { session } = services;
    const { store } = session;
    const path = services.pathTo("b.md");
    const elsewhere = () => openDraft(session, path)?.cross.elsewhere ?? [];
    const edit = (line: number, text: string): number[] => {
      const at = { line, character: 0 };
      const changes = [{ range: { start: at, end: at }, text }];
      store.dispatch({ type: "edited", path, version: 2, changes, at: 0, shown: [] });
      const document = session.workspace.open.get(path);
      if (document !== undefined) moveFindings(session, path, document);
      return elsewhere().map(({ start }) => start);
    };
    const [start = 0] = elsewhere().map((finding) => finding.start);
    expect(edit(0, "New. ")).toEqual([start + 5]);
    expect(edit(4, "New. ")).toEqual([start + 5]);
    // A word before it is put in the place of a longer one.
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 5 } };
    store.dispatch({
      type: "edited",
      path,
      version: 3,
      changes: [{ range, text: "N " }],
      at: 0,
      shown: [],
    });
    const shorter = session.workspace.open.get(path);
    if (shorter !== undefined) moveFindings(session, path, shorter);
    expect(elsewhere().map((one) => one.start)).toEqual([start + 2]);
    const isToCompare = () => openDraft(session, path)?.cross.settings === undefined;
    expect(isToCompare()).toBe(false);
    const inside = { line: 2, character: 20 };
    const changes = [{ range: { start: inside, end: inside }, text: "new " }];
    store.dispatch({ type: "edited", path, version: 4, changes, at: 0, shown: [] });
    const document = session.workspace.open.get(path);
    if (document !== undefined) moveFindings(session, path, document);
    expect(elsewhere()).toBe(NO_FINDINGS);
    expect(isToCompare()).toBe(true);
    const text = document?.text.replace("new ", "") ?? "";
    store.dispatch({ type: "edited", path, version: 5, changes: [{ text }], at: 0, shown: [] });
    expect(await compared(services)).toContain("b.md");
    expect(elsewhere()).toHaveLength(1);
  });

  test("is compared again the later, the longer that took: between 300 and 900 ms", () => {
    const { session, open, pathTo } = newServices({});
    open("a.md", DESK["a.md"]);
    const path = pathTo("a.md");
    const delayAfter = (cost: number): number => {
      const draft = openDraft(session, path);
      if (draft !== undefined) draft.cost += cost;
      return compareDelay(session, path);
    };
    expect([delayAfter(0), delayAfter(10), delayAfter(20), delayAfter(1000)]).toEqual([
      300, 300, 600, 900,
    ]);
    expect(compareDelay(session, path)).toBe(300);
  });
});

describe("another draft", () => {
  test("may be edited while it is as it was when the two were compared", async () => {
    const services = await scannedServices(DESK);
    services.open("b.md", draft("b"));
    await compared(services);
    const [path, other] = [services.pathTo("b.md"), services.pathTo("a.md")];
    expect(await isUnchanged(services.session, path, other)).toBe(true);
    services.folder.write("a.md", draft("z"));
    expect(await isUnchanged(services.session, path, other)).toBe(false);
    services.folder.remove("a.md");
    expect(await isUnchanged(services.session, path, other)).toBe(false);
    services.open("a.md", draft("a"));
    expect(await isUnchanged(services.session, path, other)).toBe(false);
    expect(await isUnchanged(services.session, other, path)).toBe(false);
  });

  test("that is similar is given as it is now, by its name in the folder", async () => {
    const services = await scannedServices(DESK);
    await compared(services);
    const similar: string[] = [];
    for await (const one of similarDrafts(services.session, services.pathTo("a.md"))) {
      similar.push(`${one.name} ${one.draft.text.length}`);
    }
    expect(similar).toEqual([`b.md ${DESK["b.md"].length}`]);
    const { session } = services;
    for await (const one of similarDrafts(session, services.pathTo("c.md")))
      throw new Error(one.name);
    for await (const one of similarDrafts(session, "file:///none")) throw new Error(one.name);
  });
});

describe("the index of passages", () => {
  test("has each draft once, and forgets what is gone", async () => {
    const services = await scannedServices(DESK);
    const { session } = services;
    await compared(services);
    expect(
      session.cross.index
        .getDrafts()
        .map(([path]) => path)
        .sort(),
    ).toEqual(["a.md", "b.md", "c.md"].map(services.pathTo));
    session.store.dispatch({
      type: "drafts-checked",
      drafts: new Map([[services.pathTo("a.md"), undefined]]),
    });
    expect(await compared(services, ["a.md"])).toEqual(["b.md"]);
    expect(session.cross.index.getPrints(services.pathTo("a.md"))).toBeUndefined();
  });

  test("has an open draft as it is in the editor, and once it is closed as it is on disk", async () => {
    const services = await scannedServices(DESK);
    const { session } = services;
    await compared(services);
    const path = services.pathTo("c.md");
    services.open("c.md", draft("c"));
    expect(await compared(services, ["c.md"])).toEqual(["a.md", "b.md", "c.md"]);
    expect(await compared(services, ["c.md"])).toEqual([]);
    session.store.dispatch({ type: "closed", path });
    expect(await compared(services, ["c.md"])).toEqual(["a.md", "b.md"]);
    const { prints } = session.workspace.stored.get(path)?.facts ?? {};
    expect(session.cross.index.getPrints(path)).toBe(prints);
  });

  test("knows the format of what is open or on disk, and of nothing else", async () => {
    const services = await scannedServices(DESK);
    services.open("new.txt", "The council met on Monday and spoke of it.\n", "plaintext");
    const formatOf = (name: string) => configFor(services.session, services.pathTo(name))?.format;
    expect(["a.md", "new.txt", "none.html"].map(formatOf)).toEqual([
      "markdown",
      "plaintext",
      undefined,
    ]);
  });
});
