import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { FINDINGS, type FoundInDrafts } from "../../server/src/protocol.ts";
import { MOST_FINDINGS } from "../../server/src/lsp/status.ts";
import { VERSION } from "../../server/src/version.ts";
import { openFolder, openDraft } from "../support/for-one-test.ts";
import { type TestClient, WRONG } from "../support/lsp.ts";
import { runs } from "../support/property.ts";
import { BRIDGE } from "../support/passages.ts";

/* What an assistant in the editor gets. `project/surfaces` compares it with all other surfaces. */

const found = (client: TestClient, uris: readonly string[] = [], hints = false) =>
  client.request<FoundInDrafts>(FINDINGS, { uris, hints });

describe("the findings for an assistant", () => {
  test("are those of a draft, of a folder or of all, on disk and in open documents", async () => {
    const { folder, client } = await openFolder(
      { "a.md": WRONG, "in/b.md": WRONG, "in/c.md": "All is well.\n", "in.md": WRONG },
      { settings: {} },
    );
    const uri = (name: string): string => folder.uriOf(name);
    const names = async (...uris: string[]): Promise<string[]> =>
      (await found(client, uris)).files.map(({ path }) => path);
    expect(await names()).toEqual(["a.md", "in.md", "in/b.md", "in/c.md"].map(uri));
    expect(await names(uri("in"))).toEqual(["in/b.md", "in/c.md"].map(uri));
    expect(await names(`${uri("in")}/`)).toEqual(["in/b.md", "in/c.md"].map(uri));
    expect(await names(uri("a.md"), uri("gone"))).toEqual([uri("a.md")]);
    expect(await names("file:///", "no URI")).toHaveLength(4);
    expect(await names("no URI")).toEqual([]);
    await client.open(uri("in/c.md"), `${WRONG}\nIt it rained.\n`);
    await client.open("untitled:a", WRONG);
    const { files, summary, galley } = await found(client, [uri("in/c.md")]);
    expect(galley).toBe(VERSION);
    expect(summary).toEqual({ files: 1, findings: 2, leftOut: 0 });
    const [draft] = files;
    expect(draft?.findings.map(({ range }) => range.start.line)).toEqual([0, 2]);
    expect(draft?.findings[0]).toMatchObject({
      rule: "repeated-word",
      severity: "warning",
      message: expect.stringContaining("the the") as unknown,
    });
    expect(await names()).not.toContain("untitled:a");
  });

  test("name the other place of a repeat, and include hints on request", async () => {
    const rules = { "repeated-elsewhere": { severity: "hint" } };
    const { folder, client } = await openFolder(
      { "a.md": `${BRIDGE}\n`, "b.md": `# Another\n\n${BRIDGE}\n` },
      { settings: { galley: { repeats: { sensitivity: "eager" }, rules } } },
    );
    expect((await found(client)).summary.findings).toBe(0);
    const { files } = await found(client, [folder.uriOf("b.md")], true);
    const [first] = files[0]?.findings ?? [];
    expect(first?.related[0]).toMatchObject({
      path: folder.uriOf("a.md"),
      range: { start: { line: 0, character: 0 } },
    });
  });

  test("include those in the paragraph being written", async () => {
    const { client } = await openDraft(
      "The stalls open.\n",
      { settings: {}, initializationOptions: { caret: true } },
      "file:///a.md",
    );
    await client.diagnostics("file:///a.md");
    await client.change("file:///a.md", { text: WRONG });
    const { files } = await found(client, ["file:///a.md"]);
    expect(files[0]?.findings).toHaveLength(1);
  });

  test.each([0, 1, MOST_FINDINGS - 1, MOST_FINDINGS, MOST_FINDINGS + 1, 3 * MOST_FINDINGS])(
    "are listed up to a limit, and counted beyond: %i",
    async (count) => {
      const texts = [Math.ceil(count / 2), Math.floor(count / 2)].map((half) =>
        Array.from({ length: half }, (_, at) => `Stall ${at} opens at the the market.\n`).join(
          "\n",
        ),
      );
      const { client } = await openFolder(
        { "a.md": texts[0] ?? "", "b.md": texts[1] ?? "" },
        { settings: { galley: { rules: { "repeated-block": { severity: "off" } } } } },
      );
      const { files, summary } = await found(client);
      const leftOut = Math.max(0, count - MOST_FINDINGS);
      expect(summary).toEqual({ files: 2, findings: count, leftOut });
      expect(files.flatMap(({ findings }) => findings)).toHaveLength(count - leftOut);
    },
  );

  test("are empty for any address that is not a draft", async () => {
    const { folder, client } = await openFolder({ "a.md": WRONG }, { settings: {} });
    await fc.assert(
      fc.asyncProperty(fc.array(fc.string({ unit: "binary" }), { minLength: 1 }), async (names) => {
        const uris = names.flatMap((name) => [`${folder.uri}/x${name}`, `x:${name}`]);
        expect((await found(client, uris)).files).toEqual([]);
      }),
      runs(30),
    );
  });
});
