import { readFileSync } from "node:fs";
import path from "node:path";
import { beforeEach, describe, expect, test } from "vitest";
import { type Diagnostic, DiagnosticSeverity } from "vscode-languageserver/node";
import { runIn } from "../support/command.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import {
  type ClientOptions,
  EVERY_RULE,
  PLACES,
  rangeOf,
  type TestClient,
  WRONG,
} from "../support/lsp.ts";
import { LONG_BRIDGE, NEWS } from "../support/passages.ts";
import { versionOf } from "../support/repository.ts";

const FILE = ".galley-baseline.json";
const OTHER = "The barges pass under the the bridge at noon.\n";

const { Hint, Warning, Error: Mistake } = DiagnosticSeverity;

describe.each(PLACES)("a baseline in the editor, %s", (place) => {
  let folder: Folder;

  beforeEach(async () => {
    folder = newFolder({ "a.md": WRONG, "in/b.md": WRONG });
    await runIn(folder.path, "baseline");
    folder.write("in/b.md", `${WRONG}\n${OTHER}`);
  });

  async function start(options: ClientOptions = {}): Promise<TestClient> {
    const client = await connect({ place, folders: [folder.uri], ...options });
    await client.settled();
    return client;
  }

  const of = (client: TestClient, name: string): Promise<Diagnostic["severity"][]> =>
    client.severities(folder.uriOf(name));

  test("turns its findings into hints, in open drafts and on disk", async () => {
    const client = await start();
    const pull = client.workspace();
    await client.settled();
    expect(pull.severities(folder.uriOf("a.md"))).toEqual([Hint]);
    expect(pull.severities(folder.uriOf("in/b.md"))).toEqual([Hint, Warning]);
    const text = `${OTHER}\n${WRONG}\n${WRONG}`;
    await client.open(folder.uriOf("a.md"), text);
    expect(await of(client, "a.md")).toEqual([Warning, Hint, Warning]);
    const actions = await client.actions(folder.uriOf("a.md"), rangeOf(text, "the the market"));
    expect(actions.length).toBeGreaterThan(1);
    expect(actions[0]?.diagnostics?.[0]?.severity).toBe(Hint);
    const state = await client.request("galley/draftState", { uri: folder.uriOf("a.md") });
    expect(state).toMatchObject({ counts: { warning: 2, hint: 1 } });
  });

  test("hides its findings if the setting says so", async () => {
    const client = await start();
    const pull = client.workspace();
    await client.open(folder.uriOf("in/b.md"), `${WRONG}\n${OTHER}`);
    await client.settled();
    expect(await of(client, "in/b.md")).toEqual([Hint, Warning]);
    const { refreshes } = client;
    await client.configure({ galley: { baseline: "hide" } });
    await client.settled();
    expect(pull.severities(folder.uriOf("a.md"))).toEqual([]);
    expect(await of(client, "in/b.md")).toEqual([Warning]);
    expect(await client.actions(folder.uriOf("in/b.md"), rangeOf(WRONG, "the the"))).toEqual([]);
    expect(await client.hover(folder.uriOf("in/b.md"), "the the")).toBeNull();
    expect(client.refreshes).toBeGreaterThan(refreshes);
  });

  test("follows the file", async () => {
    const client = await start();
    const pull = client.workspace();
    await client.open(folder.uriOf("in/b.md"), `${WRONG}\n${OTHER}`);
    await client.settled();
    const now = () => ["a.md", "in/b.md"].map((name) => pull.severities(folder.uriOf(name)));
    expect(now()).toEqual([[Hint], [Hint, Warning]]);
    await runIn(folder.path, "baseline");
    await client.diagnostics(folder.uriOf("in/b.md"));
    const { refreshes } = client;
    await client.filesChanged(folder.uriOf(FILE));
    await client.settled();
    expect(now()).toEqual([[Hint], [Hint, Hint]]);
    expect(client.refreshes).toBeGreaterThan(refreshes);
    await changeFiles(client, folder, { [`in/${FILE}`]: '{"version": 2, "findings": []}' });
    expect(now()).toEqual([[Hint], [Warning, Warning]]);
    await changeFiles(client, folder, { [`in/${FILE}`]: undefined });
    expect(now()).toEqual([[Hint], [Hint, Hint]]);
    await changeFiles(client, folder, { [FILE]: undefined });
    expect(now()).toEqual([[Warning], [Warning, Warning]]);
  });

  test("follows a renamed draft, and not a copy of it", async () => {
    const client = await start();
    const pull = client.workspace();
    await client.open(folder.uriOf("in/b.md"), `${WRONG}\n${OTHER}`);
    await client.settled();
    const now = (name: string) => pull.severities(folder.uriOf(name));
    await changeFiles(client, folder, { "c.md": `${WRONG}\n${OTHER}` });
    expect(now("c.md")).toEqual([Warning, Warning]);
    await client.close(folder.uriOf("in/b.md"));
    await changeFiles(client, folder, { "in/b.md": undefined });
    expect(now("c.md")).toEqual([Hint, Warning]);
    await client.open(folder.uriOf("c.md"), `${OTHER}\n${WRONG}`);
    await client.settled();
    expect(await of(client, "c.md")).toEqual([Warning, Hint]);
    await changeFiles(client, folder, { "a.md": undefined, "d.md": WRONG });
    expect(now("d.md")).toEqual([Hint]);
    await changeFiles(client, folder, { "in/b.md": WRONG, "a.md": WRONG });
    expect([now("a.md"), now("d.md"), now("in/b.md")]).toEqual([[Hint], [Warning], [Hint]]);
    expect(await of(client, "c.md")).toEqual([Warning, Warning]);
  });

  test("follows a draft that becomes a renamed one while it is typed", async () => {
    const [one, two, three, four] = NEWS;
    const renamed = `${one}\n\n${LONG_BRIDGE}\n\n${two}\n`;
    const own = newFolder({
      "a.md": `${three}\n\n${LONG_BRIDGE}\n\n${four}\n`,
      "m.md": renamed,
      ".galley.json":
        '{ "overrides": [{ "files": ["/a.md"], "rules": { "repeated-elsewhere": "off" } }] }',
    });
    await runIn(own.path, "baseline");
    own.remove("m.md");
    own.write("n.md", OTHER);
    const uri = own.uriOf("n.md");
    const open = async (text: string): Promise<TestClient> => {
      const settings = { galley: { rules: EVERY_RULE } };
      const client = await start({ folders: [own.uri], settings });
      await client.open(uri, text);
      await client.settled();
      return client;
    };
    expect(await (await open(renamed)).severities(uri)).toEqual([Hint]);
    const client = await open(OTHER);
    expect(await client.severities(uri)).toEqual([Warning]);
    const { refreshes } = client;
    const range = { start: { line: 0, character: 0 }, end: { line: 1, character: 0 } };
    await client.change(uri, { range, text: renamed });
    await client.diagnostics(uri);
    await client.until(() => client.refreshes > refreshes);
    await client.settled();
    expect(await client.severities(uri)).toEqual([Hint]);
  });

  test("with a conflict has one error in the file, and still applies", async () => {
    const text = "<<<<<<< ours\n";
    const client = await start();
    const pull = client.workspace();
    await client.settled();

    const whole = readFileSync(path.join(folder.path, FILE), "utf8");
    await changeFiles(client, folder, {
      [FILE]: whole.replace('"findings": [\n', `"findings": [\n${text}`),
    });
    expect(pull.severities(folder.uriOf(FILE))).toEqual([Mistake]);
    expect(pull.messages(folder.uriOf(FILE))?.[0]).toMatch(/^A merge conflict is left/);
    expect(pull.severities(folder.uriOf("a.md"))).toEqual([Hint]);
    await changeFiles(client, folder, { [FILE]: whole });
    expect(pull.severities(folder.uriOf(FILE))).toEqual([]);
    expect(pull.reports(folder.uriOf(FILE))).toBe(2);
  });

  test("applies to a draft opened without a folder, if it is in the draft's folder", async () => {
    const client = await start({ folders: [] });
    await client.open(folder.uriOf("a.md"), WRONG);
    expect(await of(client, "a.md")).toEqual([Hint]);
    await client.open("untitled:Untitled-1", WRONG);
    expect(await client.severities("untitled:Untitled-1")).toEqual([Warning]);
  });
});

const UNPROVEN =
  "Canalys, an international IT company, predicted last week that tablets will outsell computers.";

test("a baseline counts findings alike in open drafts and on disk, with those that are not shown", async () => {
  const text = `${UNPROVEN.replace(/\.$/, ", and according to , phones will follow.")}\n`;
  const folder = newFolder({ "a.md": text });
  await runIn(folder.path, "baseline");
  const whole = readFileSync(path.join(folder.path, FILE), "utf8");
  expect(whole).toMatch(/\/2"/);
  folder.write(FILE, whole.replace('/2"', '/1"'));
  const settings = { galley: { rules: EVERY_RULE } };
  const client = await connect({ folders: [folder.uri], settings });
  const pull = client.workspace();
  await client.settled();
  expect(pull.severities(folder.uriOf("a.md"))).toEqual([Warning]);
  await client.open(folder.uriOf("a.md"), text);
  await client.settled();
  expect(await client.severities(folder.uriOf("a.md"))).toEqual([Warning]);
});

test("a baseline follows a renamed draft that has nothing but losses that git proves", async () => {
  const lost = `${UNPROVEN}\n`;
  const folder = newFolder({ "a.md": lost });
  await runIn(folder.path, "baseline");
  const versions = [versionOf(lost.replace("predicted", "said it predicted"))];
  const host = { versions: () => Promise.resolve(versions) };
  const settings = { galley: { rules: EVERY_RULE } };
  const client = await connect({ folders: [folder.uri], host, settings });
  const severities = async (name: string): Promise<Diagnostic["severity"][]> => {
    await client.open(folder.uriOf(name), lost);
    await client.settled();
    return client.severities(folder.uriOf(name));
  };
  expect(await severities("a.md")).toEqual([Hint]);
  await client.close(folder.uriOf("a.md"));
  await changeFiles(client, folder, { "a.md": undefined, "b.md": lost });
  expect(await severities("b.md")).toEqual([Hint]);
  // It stays recognized once it is saved.
  await client.save(folder.uriOf("b.md"));
  expect(await severities("b.md")).toEqual([Hint]);
  await changeFiles(client, folder, { [FILE]: undefined });
  expect(await severities("b.md")).toEqual([Warning]);
});
