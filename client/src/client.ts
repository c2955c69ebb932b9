import * as vscode from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";
import { DocumentDiagnosticRequest, RevealOutputChannelOn } from "vscode-languageclient";
import { sendCaret, followCaret } from "./caret.ts";
import { answerFileRequests } from "./files.ts";
import { answerVersionRequests, hasVersions } from "./git-history.ts";
import {
  COMPARE,
  DRAFT_STATE,
  type DraftState,
  RULE_NAMES,
  type RuleName,
} from "../../server/src/protocol.ts";
import { LANGUAGES } from "./languages.generated.ts";
import { comparePassages } from "./passages.ts";
import { ruleNamed } from "./rule-page.ts";
import { DraftStatus } from "./status.ts";

/** Creates a client for the platform; the caller starts it. */
export type MakeClient = (options: LanguageClientOptions) => BaseLanguageClient;

const NAME = "Galley";

/**
 * Starts Galley in this window. The client has no logic of the rules: it starts the server, sends it the
 * documents, settings and files, and shows its diagnostics.
 */
export async function startClient(
  context: vscode.ExtensionContext,
  makeClient: MakeClient,
): Promise<() => Promise<void>> {
  const log = vscode.window.createOutputChannel(NAME, { log: true });
  const status = new DraftStatus();
  let client = await started(context, makeClient, log, status);

  const restart = async (): Promise<void> => {
    const before = client;
    await before.stop().catch(() => undefined);
    await before.dispose().catch(() => undefined);
    client = await started(context, makeClient, log, status);
  };

  const command = (name: string, run: (...args: unknown[]) => unknown): vscode.Disposable =>
    vscode.commands.registerCommand(name, run);
  context.subscriptions.push(
    log,
    status,
    command("galley.check", () => check(client)),
    command("galley.readyToPublish", () => readyToPublish(client)),
    command("galley.showRule", (rule) => showRule(context, client, rule)),
    command("galley.restart", restart),
    command("galley.showLog", () => {
      log.show();
    }),
    comparePassages(() => client),
    followCaret(() => client),
    // What a workspace may extend depends on it.
    vscode.workspace.onDidGrantWorkspaceTrust(() => void restart()),
    vscode.workspace.onDidChangeWorkspaceFolders(({ added }) => {
      // A folder of a new scheme is not in the running client's document selector.
      const known = new Set(selector().map(({ scheme }) => scheme));
      const before = new Set(schemes.get(client) ?? []);
      const isNew = added.some(({ uri }) => known.has(uri.scheme) && !before.has(uri.scheme));
      if (isNew) void restart();
    }),
  );
  return async () => {
    await client.stop();
  };
}

/** The schemes that each client was started with. */
const schemes = new WeakMap<BaseLanguageClient, readonly string[]>();

async function started(
  context: vscode.ExtensionContext,
  makeClient: MakeClient,
  log: vscode.LogOutputChannel,
  status: DraftStatus,
): Promise<BaseLanguageClient> {
  const storage = context.storageUri;
  const documentSelector = selector();
  const client = makeClient({
    documentSelector,
    outputChannel: log,
    revealOutputChannelOn: RevealOutputChannelOn.Never,
    diagnosticPullOptions: { onChange: true },
    initializationOptions: {
      docsBase: vscode.Uri.joinPath(context.extensionUri, "docs", "rules").toString(),
      commands: [COMPARE],
      caret: true,
      files: true,
      versions: hasVersions(),
      isTrusted: vscode.workspace.isTrusted,
      ...(storage?.scheme === "file" ? { cacheDirectory: storage.fsPath } : {}),
    },
  });
  schemes.set(
    client,
    documentSelector.map(({ scheme }) => scheme),
  );
  answerFileRequests(client);
  answerVersionRequests(client);
  await client.start();
  status.follow(client, documentSelector);
  return client;
}

/** The document selector: files and documents of workspace folders, never diff sides or output channels. */
function selector(): { scheme: string; language?: string; pattern?: string }[] {
  const folders = vscode.workspace.workspaceFolders ?? [];
  const found = new Set(["file", "untitled", ...folders.map(({ uri }) => uri.scheme)]);
  return [...found].flatMap((scheme) => [
    ...LANGUAGES.map((language) => ({ scheme, language })),
    { scheme, pattern: "**/.galley.json" },
  ]);
}

async function check(client: BaseLanguageClient): Promise<void> {
  const found = await stateOfActive(client);
  if (found === undefined) return;
  vscode.window.setStatusBarMessage(`Galley: ${summary(found)}`, 8000);
}

async function readyToPublish(client: BaseLanguageClient): Promise<void> {
  const found = await stateOfActive(client);
  if (found === undefined) return;
  const words = summary(found);
  if (found.state === "on" && total(found) > 0) {
    void vscode.window.showWarningMessage(`Not yet: ${words}.`);
    await vscode.commands.executeCommand("workbench.actions.view.problems");
  } else {
    void vscode.window.showInformationMessage(`${words}.`);
  }
}

/** Checks the active draft again and returns its state. */
async function stateOfActive(client: BaseLanguageClient): Promise<DraftState | undefined> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage("Open a draft first.");
    return undefined;
  }
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  // Whoever asks gets what is held back, too.
  await sendCaret(client, document, null);
  const provider = client.getFeature(DocumentDiagnosticRequest.method).getProvider(document);
  provider?.onDidChangeDiagnosticsEmitter.fire();
  return await client.sendRequest<DraftState>(DRAFT_STATE, { uri });
}

function total({ counts }: DraftState): number {
  return counts.error + counts.warning + counts.information;
}

/** The findings as a message. Hints are not counted. */
function summary(found: DraftState): string {
  if (found.state === "no draft") return "This is not a draft that Galley reads";
  if (found.state === "off") return "Galley is switched off for this draft";
  const { error, warning, information } = found.counts;
  const parts = [
    [error, "error"],
    [warning, "warning"],
    [information, "note"],
  ] as const;
  const words = parts
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}${count === 1 ? "" : "s"}`);
  return words.length === 0 ? "Nothing found" : words.join(", ");
}

/** Opens a rule's page: of the argument, else of the finding at the cursor, else of the rule that the user picks. */
async function showRule(
  context: vscode.ExtensionContext,
  client: BaseLanguageClient,
  named: unknown,
): Promise<void> {
  const rules = await client.sendRequest<RuleName[]>(RULE_NAMES);
  const rule =
    ruleNamed(named, rules) ?? ruleNamed(ruleAtCursor(), rules) ?? (await chosenRule(rules));
  if (rule === undefined) return;
  const page = vscode.Uri.joinPath(context.extensionUri, "docs", "rules", `${rule}.md`);
  await vscode.commands.executeCommand("markdown.showPreview", page);
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return undefined;
  for (const { source, code, range } of vscode.languages.getDiagnostics(editor.document.uri)) {
    if (source !== "galley" || !range.contains(editor.selection.active)) continue;
    const id = typeof code === "object" ? code.value : code;
    if (typeof id === "string") return id;
  }
  return undefined;
}

async function chosenRule(rules: readonly RuleName[]): Promise<string | undefined> {
  const items = rules.map(({ id, summary: detail }) => ({ label: id, detail }));
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: "Which rule?" });
  return chosen?.label;
}
