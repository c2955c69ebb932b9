import type { WorkspaceDiagnosticReport } from "vscode-languageserver";
import { describe, expect, test } from "vitest";
import { readiness } from "../../server/src/lsp/readiness.ts";
import { scan } from "../../server/src/lsp/scans.ts";
import { serverReport } from "../../server/src/lsp/server-report.ts";
import { VERSION } from "../../server/src/version.ts";
import { newServices, type Given, type TestServices } from "../support/services.ts";

const WRONG = "The the council met on Monday.\n";
const RIGHT = "The council met on Monday.\n";

async function desk(texts: Readonly<Record<string, string>>, given?: Given): Promise<TestServices> {
  const services = newServices(texts, given);
  scan(services.session, [services.folder.uri], false, () => undefined);
  await services.settle();
  return services;
}

describe("judgements", () => {
  test("of an open document are of its text, and are the same until it changes", async () => {
    const services = await desk({ "a.md": RIGHT });
    const { judgements, store } = services;
    const path = services.pathTo("a.md");
    expect(judgements.of(path)).toBeUndefined();
    expect(judgements.ofStored(path)).toEqual([]);
    services.open("a.md", WRONG);
    const judged = judgements.of(path);
    expect(judged?.findings.map(({ rule }) => rule)).toEqual(["repeated-word"]);
    expect(judgements.of(path)).toBe(judged);
    expect(judgements.shown(path)).toBe(judged);
    store.dispatch({
      type: "edited",
      path,
      version: 2,
      changes: [{ text: RIGHT }],
      at: 0,
      shown: [],
    });
    expect(judgements.of(path)?.findings).toEqual([]);
    store.dispatch({ type: "closed", path, at: 0 });
    expect(judgements.of(path)).toBeUndefined();
  });

  test("of what is no draft there are none, and its report is empty or not there", async () => {
    const services = await desk({ "a.html": WRONG });
    const path = services.pathTo("a.html");
    services.open("a.html", WRONG, "html");
    expect(services.judgements.of(path)).toBeUndefined();
    expect(services.judgements.report(path)).toBeUndefined();
    expect(services.judgements.report("file:///none.md")).toBeUndefined();
  });

  test("reports: of open and stored drafts, and of config files with mistakes", async () => {
    const services = await desk({
      "a.md": WRONG,
      ".galley.json": '{ "acept": 3 }',
      "b/.galley.json": "{}",
    });
    const report = (name: string) => services.judgements.report(services.pathTo(name));
    expect(report("a.md")).toMatchObject({ version: null, items: [{ code: "repeated-word" }] });
    expect(report(".galley.json")?.items).toHaveLength(1);
    expect(report("b/.galley.json")).toBeUndefined();
    services.open("a.md", `${WRONG}\n${WRONG}`);
    expect(report("a.md")).toMatchObject({ version: 1 });
    expect(report("a.md")?.items).toHaveLength(2);
  });

  test("a report is out of date when what is shown has changed since", async () => {
    const services = await desk({ "a.md": WRONG });
    const { judgements } = services;
    const path = services.pathTo("a.md");
    services.open("a.md", WRONG);
    expect(judgements.isOutdated(path)).toBe(false);
    judgements.report(path);
    expect(judgements.isOutdated(path)).toBe(false);
    const config = '{ "rules": { "repeated-word": "off" } }';
    services.open(".galley.json", config, "json");
    expect(judgements.isOutdated(path)).toBe(true);
    judgements.report(path);
    expect(judgements.isOutdated(path)).toBe(false);
  });

  test("another draft: its lines and version, if it is there", async () => {
    const services = await desk({ "a.md": WRONG });
    expect(services.judgements.other(services.pathTo("a.md"))).toMatchObject({ version: null });
    services.open("a.md", "x\ny");
    expect(services.judgements.other(services.pathTo("a.md"))?.version).toBe(1);
    expect(services.judgements.other(services.pathTo("none.md"))).toBeUndefined();
  });

  test("before an edit: what was shown, nothing of what nobody has looked at", async () => {
    const services = await desk({});
    const path = services.pathTo("a.md");
    services.open("a.md", WRONG);
    expect(services.judgements.shownBeforeEdit(path)).toEqual([]);
    services.judgements.shown(path);
    expect(services.judgements.shownBeforeEdit(path)).toHaveLength(1);
    services.judgements.forget(path);
    expect(services.judgements.shownBeforeEdit(path)).toEqual([]);
  });
});

describe("reports that are asked for by a held request", () => {
  const namesIn = ({
    items,
  }: {
    readonly items: readonly { readonly uri: string; readonly kind: string }[];
  }) => items.map(({ uri, kind }) => `${uri.slice(uri.lastIndexOf("/") + 1)} ${kind}`);

  test("are streamed: all, then what changed", async () => {
    const services = await desk({ "a.md": WRONG, "b.md": RIGHT });
    const { reports } = services;
    const told: string[] = [];
    const partial = {
      report: (part: WorkspaceDiagnosticReport) => void told.push(...namesIn(part)),
    };
    const held = reports.hold(partial, new Map(), () => {
      throw new Error("answered");
    });
    await services.settle();
    expect(told.sort()).toEqual(["a.md full", "b.md full"]);
    reports.markChanged([services.pathTo("a.md")]);
    await services.settle();
    expect(told).toHaveLength(2);
    services.open("a.md", RIGHT);
    reports.markChanged([services.pathTo("a.md")]);
    await services.settle();
    expect(told.slice(2)).toEqual(["a.md full"]);
    reports.release(held);
    services.open("b.md", WRONG);
    reports.markChanged([services.pathTo("b.md")]);
    await services.settle();
    expect(told).toHaveLength(3);
  });

  test("what the client has is unchanged, and what is gone gets an empty report", async () => {
    const services = await desk({ "a.md": WRONG });
    const path = services.pathTo("a.md");
    const id = services.judgements.report(path)?.resultId ?? "";
    const told: string[] = [];
    const partial = {
      report: (part: WorkspaceDiagnosticReport) => void told.push(...namesIn(part)),
    };
    services.reports.hold(
      partial,
      new Map([
        [path, id],
        [services.pathTo("gone.md"), "x"],
      ]),
      () => undefined,
    );
    await services.settle();
    expect(told.sort()).toEqual(["a.md unchanged", "gone.md full"]);
  });

  test("a client that takes no parts is answered once all drafts are compared; at the end, with nothing", async () => {
    const services = await desk({ "a.md": WRONG });
    const answers: string[][] = [];
    const hold = () =>
      services.reports.hold(undefined, new Map(), (report) => answers.push(namesIn(report)));
    hold();
    await services.settle();
    expect(answers).toEqual([["a.md full"]]);
    services.session.others.waiting.add(services.pathTo("a.md"));
    hold();
    await services.settle();
    expect(answers).toHaveLength(1);
    services.reports.end();
    expect(answers).toEqual([["a.md full"], []]);
  });
});

test("to a client that does not pull, diagnostics are published, and the same never twice", async () => {
  const services = await desk(
    { "a.md": WRONG, "b.md": RIGHT },
    { initialize: { capabilities: {} } },
  );
  const published = (): unknown[] =>
    services.sent
      .filter(([method]) => method === "textDocument/publishDiagnostics")
      .map(([, params]) => params);
  const all = [services.pathTo("a.md"), services.pathTo("b.md")];
  services.reports.markChanged(all);
  services.reports.markChanged(all);
  await services.settle();
  services.reports.markChanged(all);
  await services.settle();
  expect(published()).toMatchObject([
    { uri: services.folder.uriOf("a.md"), diagnostics: [{ code: "repeated-word" }] },
  ]);
  services.open("a.md", RIGHT);
  services.reports.markChanged(all);
  await services.settle();
  expect(published().at(-1)).toMatchObject({ version: 1, diagnostics: [] });
});

test("drafts that are not ready: those with the gravest findings first, open ones as they are", async () => {
  const services = await desk({
    "a.md": RIGHT,
    "b.md": WRONG,
    "c.md": `${WRONG}\n${WRONG}`,
    "d.md": WRONG,
  });
  services.open("d.md", RIGHT);
  const { drafts, notReady } = readiness(services);
  expect(drafts).toBe(4);
  expect(notReady.map(({ uri, counts }) => [uri, counts.warning])).toEqual([
    [services.folder.uriOf("c.md"), 2],
    [services.folder.uriOf("b.md"), 1],
  ]);
  expect(readiness(newServices({}))).toEqual({ drafts: 0, notReady: [] });
});

test("what the server says of itself", async () => {
  const services = await desk({ "a.md": RIGHT, ".galley.json": '{ "accept": ["a"] }' });
  services.open("b.md", RIGHT);
  expect(serverReport(services, undefined)).toMatchObject({
    version: VERSION,
    drafts: 1,
    open: 1,
    checked: 1,
    config: { uri: services.folder.uri, file: services.folder.uriOf(".galley.json") },
  });
  const uri = services.folder.uriOf("b.md");
  expect(serverReport(services, uri).config).toMatchObject({ uri, settings: { accept: ["a"] } });
  const nowhere = newServices({}, { initialize: { workspaceFolders: null } });
  expect(serverReport(nowhere, undefined).config).not.toHaveProperty("uri");
});
