import { describe, expect, test } from "vitest";
import { compareChanged, hasWork, pauseIn, requeueAll } from "../../server/src/lsp/comparison.ts";
import { moved, NO_FINDINGS, NOT_COMPARED } from "../../server/src/lsp/linted.ts";
import {
  comparedFindings,
  isUnchanged,
  lintedNow,
  moveFindings,
  openDraft,
  storedDraft,
} from "../../server/src/lsp/open-drafts.ts";
import { readiness } from "../../server/src/lsp/status.ts";
import { DEFAULT_SETTINGS } from "../../server/src/settings/settings.ts";
import { wording } from "../../server/src/text/wording.ts";
import { scannedServices, type TestServices } from "../support/services.ts";

const PASSAGE =
  "The council voted on Monday to close the old bridge to lorries until the spring, and shop owners on the quay fear that customers from the valley will stay away for months.";

/** Text that no other draft has. */
function filler(name: string): string {
  return `${Array.from({ length: 120 }, (_, at) => `${name}${at}`).join(" ")}.`;
}

const draft = (name: string): string =>
  `${filler(`${name}x`)}\n\n${PASSAGE}\n\n${filler(`${name}y`)}\n`;

/** The drafts that are reported again after these have changed, sorted by name; by default all. */
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

test("drafts compared again without a change are not reported again", async () => {
  const services = await scannedServices(DESK);
  expect(await compared(services)).toEqual(["a.md", "b.md"]);
  const { session } = services;
  requeueAll(session);
  expect(hasWork(session)).toBe(true);
  expect(await compared(services)).toEqual([]);
  // About another version of one, nothing is known but its own findings.
  const path = services.pathTo("b.md");
  const stored = session.workspace.stored.get(path);
  const other = stored && { ...stored };
  expect(stored && comparedFindings(session, path, stored)).toHaveLength(1);
  expect(other && comparedFindings(session, path, other)).toBe(other?.facts.findings);
});

test("no stet in a draft on disk is called unused before other drafts could need it", async () => {
  const stet = "<!-- stet -->";
  const services = await scannedServices({
    "a.md": DESK["a.md"],
    "b.md": draft("b").replace(PASSAGE, `${stet}\n\n${PASSAGE}`),
    "c.md": `${stet}\n\n${DESK["c.md"]}`,
  });
  const { session, pathTo } = services;
  const shown = (): string[] =>
    ["a.md", "b.md", "c.md"].flatMap(
      (name) =>
        storedDraft(session, pathTo(name))?.findings.map((one) => `${name} ${one.rule}`) ?? [],
    );
  expect(shown()).toEqual([]);
  expect(await compared(services)).toEqual(["a.md", "c.md"]);
  expect(shown()).toEqual(["a.md repeated-elsewhere", "c.md unused-stet"]);
});

test("a draft that is opened has what was found on disk at once, unless its text is another", async () => {
  const stet = "<!-- stet -->\n\n";
  const services = await scannedServices({ ...DESK, "a.md": stet + DESK["a.md"] });
  const { session, pathTo, open } = services;
  await compared(services);
  const path = pathTo("a.md");
  const stored = storedDraft(session, path)?.findings.map(({ rule, start }) => [rule, start]);
  expect(stored?.map(([rule]) => rule)).toEqual(["unused-stet", "repeated-elsewhere"]);
  const shown = (): unknown =>
    lintedNow(session, path)?.shown.findings.map(({ rule, start }) => [rule, start]);
  open("a.md", `${stet}${DESK["a.md"]}`);
  expect(shown()).toEqual(stored);
  const { notReady, hinted } = readiness(session);
  const row = [...notReady, ...hinted].find(({ uri }) => uri.endsWith("a.md"));
  expect(row?.kinds.map(({ count }) => count)).toEqual([1, 1]);
  expect(await compared(services)).toContain("a.md");
  expect(shown()).toEqual(stored);
  session.store.dispatch({ type: "closed", path });
  session.drafts.delete(path);
  open("a.md", `${stet}So. ${DESK["a.md"]}`);
  expect(shown()).toEqual([]);
});

test("findings move with an edit, lose fixes that it touches, and are dropped if it replaces them", () => {
  const finding = { rule: "repeated-elsewhere", severity: "hint", message: wording("") } as const;
  const fixes = [{ title: wording(""), safe: true, edits: [{ start: 8, end: 20, newText: "" }] }];
  const elsewhere = [{ ...finding, start: 10, end: 20, fixes }];
  const cross = { ...NOT_COMPARED, elsewhere, settings: DEFAULT_SETTINGS };
  const after = (start: number, end: number, newText: string): unknown[] => {
    const { elsewhere: found, settings } = moved(cross, [{ start, end, newText }]);
    const places = found.map((one) => [one.start, one.end, one.fixes?.[0]?.edits[0]?.start]);
    return [places, settings !== undefined];
  };
  expect(after(0, 0, "New. ")).toEqual([[[15, 25, 13]], true]);
  expect(after(25, 25, "New. ")).toEqual([[[10, 20, 8]], true]);
  expect(after(0, 5, "N ")).toEqual([[[7, 17, 5]], true]);
  // The edit may be undone, so it must be compared again.
  expect(after(15, 15, "new ")).toEqual([[[10, 24, undefined]], false]);
  expect(after(8, 9, "")).toEqual([[[9, 19, undefined]], false]);
  expect(after(18, 25, "")).toEqual([[[10, 18, undefined]], false]);
  expect(after(10, 20, "new ")).toEqual([[], false]);
  // Two carets, one on each side.
  const both = [0, 30].map((start) => ({ start, end: start, newText: "New. " }));
  expect(moved(cross, both).elsewhere.map(({ start }) => start)).toEqual([15]);
  expect(moved(cross, undefined).elsewhere).toBe(NO_FINDINGS);
});

describe("an open draft", () => {
  test("is compared as in the editor, and again after an edit that is undone", async () => {
    const services = await scannedServices(DESK);
    const { session } = services;
    const path = services.pathTo("c.md");
    services.open("c.md", draft("c"));
    expect(await compared(services)).toContain("c.md");
    const found = () => openDraft(session, path)?.cross.elsewhere.map(({ rule }) => rule);
    expect(found()).toEqual(["repeated-elsewhere"]);
    for (const text of [filler("c"), draft("c")]) {
      const event = { type: "edited", path, version: 2, changes: [{ text }], at: 0 } as const;
      session.store.dispatch(event);
      const document = session.workspace.open.get(path);
      if (document !== undefined) moveFindings(session, path, document);
      expect(found()).toEqual([]);
    }
    expect(await compared(services)).toContain("c.md");
    expect(found()).toEqual(["repeated-elsewhere"]);
  });
});

test("a pause is between 300 and 900 ms, and longer in a longer draft", () => {
  expect([0, 24_000, 420_000, 600_000, 10 ** 6].map(pauseIn)).toEqual([300, 300, 600, 857, 900]);
});

test("the other draft may be edited only while it is as it was compared", async () => {
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
