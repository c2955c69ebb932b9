import { beforeEach, expect, test, vi } from "vitest";
import { readConfig } from "../../server/src/settings/config/read.ts";
import { resolveDraft } from "../../server/src/settings/config/resolve-draft.ts";
import type { Folder } from "../support/folder.ts";
import { changeFiles, connect, newFolder } from "../support/for-one-test.ts";
import { type TestClient, WRONG } from "../support/lsp.ts";

/* The cost of a changed config file: it is parsed once, and the config of each draft beside it is resolved once. */

vi.mock("../../server/src/settings/config/read.ts", { spy: true });
vi.mock("../../server/src/settings/config/resolve-draft.ts", { spy: true });

let folder: Folder;

beforeEach(() => {
  folder = newFolder({ "a.md": WRONG, "b.md": WRONG, "c.js": "//", ".galley.json": "{}" });
});

/** How often config files are parsed during an action, and which drafts are resolved. */
async function counted(
  client: TestClient,
  work: () => Promise<void>,
): Promise<{ readonly parsed: number; readonly resolved: readonly string[] }> {
  await client.settled();
  vi.mocked(readConfig).mockClear();
  vi.mocked(resolveDraft).mockClear();
  await work();
  await client.settled();
  return {
    parsed: vi.mocked(readConfig).mock.calls.length,
    resolved: vi
      .mocked(resolveDraft)
      .mock.calls.map(([, draft]) => draft.slice(draft.lastIndexOf("/") + 1))
      // Not a draft, but the name that represents any draft in a folder.
      .filter((name) => name !== "x")
      .sort(),
  };
}

async function written(client: TestClient, config: unknown): Promise<void> {
  await changeFiles(client, folder, { ".galley.json": JSON.stringify(config) });
}

const OVERRIDES = [{ files: ["a.md"], rules: { "repeated-word": "error" } }];

test.each([[[]], [["a.md"]], [["a.md", "b.md"]]])(
  "a changed config is parsed once and each of two drafts resolved once, with %j open",
  async (open) => {
    const client = await connect({ folders: [folder.uri] });
    const pull = client.workspace();
    for (const name of open) await client.open(folder.uriOf(name), WRONG);
    const first = await counted(client, () => written(client, { overrides: OVERRIDES }));
    expect(first).toEqual({ parsed: 1, resolved: ["a.md", "b.md"] });
    // The same again except for a setting: earlier findings are found anew.
    const accept = ["the the"];
    const second = await counted(client, () => written(client, { overrides: OVERRIDES, accept }));
    expect(second).toEqual({ parsed: 1, resolved: ["a.md", "b.md"] });
    const uri = folder.uriOf("b.md");
    if (!open.includes("b.md")) await pull.shows(uri, 0);
    else expect(await client.diagnostics(uri)).toEqual([]);
    // A notification about an unchanged file is not a change.
    const third = await counted(client, () => written(client, { overrides: OVERRIDES, accept }));
    expect(third).toEqual({ parsed: 0, resolved: [] });
  },
);

test("without overrides, the settings are resolved once for all drafts", async () => {
  const client = await connect({ folders: [folder.uri] });
  client.workspace();
  await client.open(folder.uriOf("a.md"), WRONG);
  const { parsed } = await counted(client, () => written(client, { placeholder: "XX" }));
  expect({ parsed, resolved: vi.mocked(resolveDraft).mock.calls.length }).toEqual({
    parsed: 1,
    resolved: 1,
  });
});

test("a keystroke in an open config parses it once, and one in a draft parses and resolves nothing", async () => {
  const client = await connect({ folders: [folder.uri] });
  client.workspace();
  const [config, draft] = [folder.uriOf(".galley.json"), folder.uriOf("a.md")];
  await client.open(config, "{}", "jsonc");
  await client.open(draft, WRONG);
  const text = JSON.stringify({ overrides: OVERRIDES });
  const inConfig = await counted(client, async () => {
    await client.change(config, { text });
    expect(await client.diagnostics(config)).toEqual([]);
  });
  expect(inConfig).toEqual({ parsed: 1, resolved: ["a.md", "b.md"] });
  const inDraft = await counted(client, async () => {
    await client.change(draft, { text: `${WRONG}And so on.\n` });
    expect(await client.diagnostics(draft)).toHaveLength(1);
  });
  expect(inDraft).toEqual({ parsed: 0, resolved: [] });
});
