import { describe, expect, test } from "vitest";
import type { ServerReport } from "../../server/src/protocol.ts";
import { RULES } from "../../server/src/rules/index.ts";
import { parseConfig } from "../../server/src/settings/config/config.ts";
import { asConfig } from "../../server/src/settings/as-config.ts";
import { DEFAULT_SETTINGS, settingsFrom } from "../../server/src/settings/settings.ts";
import { VERSION } from "../../server/src/version.ts";
import { connect, newFolder, openFolder } from "../support/for-one-test.ts";
import type { TestClient } from "../support/lsp.ts";

const report = (client: TestClient, uri?: string): Promise<ServerReport> =>
  client.request("galley/serverReport", uri === undefined ? {} : { uri });

describe("what the server reports for the log", () => {
  test.each([0, 1, 2, 13, 20])("has the version, %i drafts and the time", async (count) => {
    const files = Array.from({ length: count }, (_, index) => [`${index}.md`, "It it rained.\n"]);
    const { folder, client } = await openFolder(
      Object.fromEntries(files) as Record<string, string>,
      { settings: {} },
    );
    await client.settled();
    const found = await report(client);
    expect(found).toMatchObject({ version: VERSION, drafts: count, open: 0, checked: count });
    expect(found.milliseconds).toBeGreaterThanOrEqual(0);
    expect(found.config.uri).toBe(folder.uri);
  });

  test("has the settings of a document: the editor's, the file's, its overrides", async () => {
    const folder = newFolder({
      ".galley.json": JSON.stringify({
        accept: ["La La"],
        overrides: [{ files: ["b.md"], placeholder: "XX" }],
      }),
    });
    const settings = { galley: { rules: { "repeated-word": { severity: "error" } } } };
    const client = await connect({ folders: [folder.uri], settings });
    await client.open(folder.uriOf("b.md"), "Words.\n");
    const { config, open } = await report(client, folder.uriOf("b.md"));
    expect(open).toBe(1);
    expect(config).toMatchObject({
      uri: folder.uriOf("b.md"),
      file: folder.uriOf(".galley.json"),
      settings: { accept: ["La La"], placeholder: "XX", rules: { "repeated-word": "error" } },
    });
    const other = await report(client, folder.uriOf("c.md"));
    expect(other.config.settings).toMatchObject({ placeholder: "TK" });
  });

  test("also exists without a folder and without parameters", async () => {
    const client = await connect({ settings: {} });
    const found = await client.request<ServerReport>("galley/serverReport");
    expect(found).toMatchObject({ drafts: 0, config: { settings: asConfig(DEFAULT_SETTINGS) } });
    expect(found.config).not.toHaveProperty("uri");
    await expect(client.request("galley/serverReport", { uri: 1 })).rejects.toThrow();
    expect(await client.request("galley/rules")).toHaveLength(RULES.length);
  });
});

test("the reported settings, as .galley.json, give the same settings", () => {
  const accept = Array.from({ length: 20 }, (_, index) => `phrase ${index}`);
  const settings = settingsFrom({ accept, sensitivity: "eager", rules: { "broken-off": "off" } });
  const { config, problems } = parseConfig(JSON.stringify(asConfig(settings)));
  expect(problems).toEqual([]);
  expect(settingsFrom(config)).toEqual(settings);
});

test("of a list only the first twenty are written out, and the others counted", () => {
  for (let length = 0; length <= 70; length++) {
    const accept = Array.from({ length }, (_, index) => `phrase ${index}`);
    const { accept: shown } = asConfig(settingsFrom({ accept }));
    const rest = length > 20 ? [`… and ${length - 20} more`] : [];
    expect(shown).toEqual([...accept.slice(0, 20), ...rest]);
  }
});
