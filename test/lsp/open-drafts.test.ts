import { CancellationTokenSource, LSPErrorCodes } from "vscode-languageserver/node";
import { beforeEach, describe, expect, test } from "vitest";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { connect, newFolder, openDraft } from "../support/for-one-test.ts";
import {
  codeOf,
  documentEdit,
  LIKE_VSCODE,
  oneRule,
  rangeOf,
  type TestClient,
  withEdits,
  newGate,
} from "../support/lsp.ts";

const URI = "untitled:Untitled-1";
const TEXT = "# Market day\n\nThe stalls open at the the market square at nine.\n";

describe("an open draft", () => {
  let client: TestClient;

  beforeEach(async () => {
    client = await connect({
      initializationOptions: { docsBase: "https://docs.test/rules" },
    });
  });

  test("is answered with its findings, and then with “unchanged”", async () => {
    await client.open(URI, TEXT);
    const report = await client.pull(URI);
    expect(report).toMatchObject({
      kind: "full",
      items: [
        {
          code: "repeated-word",
          source: "galley",
          severity: 2,
          codeDescription: { href: "https://docs.test/rules/repeated-word.md" },
        },
      ],
    });
    expect(await client.pull(URI, report.resultId)).toEqual({
      kind: "unchanged",
      resultId: report.resultId,
    });
    expect(client.published).toEqual([]);
  });

  test("is linted again after an edit, and answers an overtaken pull for the newest text", async () => {
    await client.open(URI, TEXT);
    const first = client.pull(URI);
    await client.change(URI, { range: rangeOf(TEXT, "the the"), text: "the" });
    expect(await first).toMatchObject({ kind: "full", items: [] });
    await client.change(URI, { text: TEXT });
    expect(await client.diagnostics(URI)).toHaveLength(1);
  });

  test("is fixed by an edit for its version, computed when it is chosen", async () => {
    await client.open(URI, TEXT);
    const [action] = await client.actions(URI, rangeOf(TEXT, "the the"));
    expect(action?.edit).toBeUndefined();
    expect(action?.diagnostics?.[0]).toMatchObject({ code: "repeated-word" });
    if (action === undefined) throw new Error("There is no action.");
    const { edit } = await client.resolve(action);
    expect(documentEdit(edit, URI).textDocument.version).toBe(1);
    expect(client.textAfter(edit, URI)).toBe(
      "# Market day\n\nThe stalls open at the market square at nine.\n",
    );

    await client.change(URI, { text: `${TEXT}More.\n` });
    await expect(client.resolve(action)).rejects.toThrow(/changed/);
  });

  test("a stet comment is inserted before the block, and suppresses the finding", async () => {
    await client.open(URI, TEXT);
    const { edit } = await client.action(URI, "the the", /^Stet: let it stand$/);
    const text = client.textAfter(edit, URI);
    expect(text).toContain("\n\n<!-- stet repeated-word -->\n\nThe stalls");
    await client.change(URI, { text });
    expect(await client.diagnostics(URI)).toEqual([]);
  });

  test("is not mixed up with a request about another document", async () => {
    await client.open(URI, TEXT);
    const start = { line: 0, character: 0 };
    const params = { position: start, range: { start, end: start }, context: { diagnostics: [] } };
    for (const [method, nothing] of [
      ["textDocument/diagnostic", expect.objectContaining({ kind: "full", items: [] })],
      ["textDocument/hover", null],
      ["textDocument/codeAction", null],
      ["textDocument/codeLens", []],
    ] as const) {
      const answer = await client.request(method, {
        ...params,
        textDocument: { uri: "file:///b" },
      });
      expect([method, answer]).toEqual([method, nothing]);
    }
  });

  test("diff sides, output and settings are not drafts", async () => {
    for (const uri of ["git:/a.md", "output:galley", "search-editor:x", "vscode-chat:1"]) {
      await client.open(uri, TEXT);
      expect(await client.diagnostics(uri)).toEqual([]);
    }
    await client.open("untitled:settings", TEXT, "json");
    expect(await client.diagnostics("untitled:settings")).toEqual([]);
  });
});

test("requests cancelled while they wait are answered as cancelled", async () => {
  const folder = newFolder({ ".galley.json": "{}" });
  const gate = newGate();
  const read = (uri: string): ReturnType<typeof nodeFiles.read> =>
    gate.opened.then(() => nodeFiles.read(uri));
  const client = await connect({ folders: [folder.uri], host: { files: { ...nodeFiles, read } } });
  const textDocument = { uri: folder.uriOf("a.md") };
  await client.open(textDocument.uri, TEXT);
  const { start } = rangeOf(TEXT, "the the");
  const context = { diagnostics: [] };
  const params = { textDocument, position: start, range: { start, end: start }, context };
  const cancel = new CancellationTokenSource();
  const methods = ["diagnostic", "hover", "codeAction", "codeLens"];
  const codes = methods.map((method) =>
    codeOf(client.connection, `textDocument/${method}`, params, cancel.token),
  );
  cancel.cancel();
  await client.request("galley/rules");
  gate.open();
  expect(await Promise.all(codes)).toEqual(methods.map(() => LSPErrorCodes.RequestCancelled));
});

describe("other clients", () => {
  test("without pull diagnostics get them published, for each version", async () => {
    const { client } = await openDraft(TEXT, { capabilities: {} }, URI);
    const first = await client.until(() => client.published[0]);
    expect(first).toMatchObject({ uri: URI, version: 1, diagnostics: [{ code: "repeated-word" }] });
    await client.change(URI, { text: "All is well.\n" });
    expect(await client.until(() => client.published[1])).toMatchObject({
      version: 2,
      diagnostics: [],
    });
  });

  test("without lazy edits get the edit at once, as plain changes", async () => {
    const client = await connect({ capabilities: { textDocument: { diagnostic: {} } } });
    expect(client.server?.capabilities).toMatchObject({
      diagnosticProvider: { interFileDependencies: true, workspaceDiagnostics: true },
      codeActionProvider: { resolveProvider: false },
    });
    await client.open(URI, TEXT);
    const [action] = await client.actions(URI, rangeOf(TEXT, "the the"));
    expect(withEdits(TEXT, action?.edit?.changes?.[URI] ?? [])).toContain("open at the market");
  });

  test("that answer null have the defaults", async () => {
    const { client } = await openDraft(TEXT, { settings: null }, URI);
    expect((await client.diagnostics(URI)).map(({ code }) => code)).toContain("repeated-word");
  });

  test("that answer no requests for settings may send them", async () => {
    const galley = oneRule({ rules: { "repeated-word": { severity: "error" } } });
    const capabilities = { ...LIKE_VSCODE, workspace: {} };
    const { client } = await openDraft(
      TEXT,
      { capabilities, initializationOptions: { settings: galley } },
      URI,
    );
    expect(await client.diagnostics(URI)).toMatchObject([{ severity: 1 }]);
  });
});

describe("which documents are drafts", () => {
  test("a plain text keeps its answer from opening until it is saved", async () => {
    const client = await connect();
    const uri = "file:///drafts/note.txt";
    const sentence = "The stalls open at the the market square at nine.\n";
    const codes = "A1;B2;C3;D4\n".repeat(20);
    await client.open(uri, sentence, "plaintext");
    expect(await client.diagnostics(uri)).toHaveLength(1);
    await client.change(uri, { text: sentence + codes });
    expect(await client.diagnostics(uri)).toHaveLength(1);
    await client.save(uri);
    await client.until(() => client.refreshes > 0);
    expect(await client.diagnostics(uri)).toEqual([]);
    await client.change(uri, { text: sentence });
    expect(await client.diagnostics(uri)).toEqual([]);
    await client.save(uri);
    await client.until(() => client.refreshes > 1);
    expect(await client.diagnostics(uri)).toHaveLength(1);
  });

  test("the rule pages are not", async () => {
    const folder = newFolder({ "docs/rules/a.md": TEXT, "docs/rules-and-more.md": TEXT });
    const client = await connect({
      folders: [folder.uri],
      initializationOptions: { docsBase: folder.uriOf("docs/rules") },
    });
    const pull = client.workspace();
    await client.open(folder.uriOf("docs/rules/b.md"), TEXT);
    expect(await client.diagnostics(folder.uriOf("docs/rules/b.md"))).toEqual([]);
    await client.settled();
    const found = pull.items.filter((item) => item.kind === "full" && item.items.length > 0);
    expect(found.map(({ uri }) => uri)).toEqual([folder.uriOf("docs/rules-and-more.md")]);
  });
});
