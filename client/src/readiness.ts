import * as vscode from "vscode";
import {
  type BaseLanguageClient,
  DocumentDiagnosticRequest,
  ExecuteCommandRequest,
} from "vscode-languageclient";
import {
  DRAFT_STATE,
  type DraftState,
  MARK_LOSSES,
  READINESS,
  type Readiness,
  type UnreadyDraft,
} from "../../server/src/protocol.ts";
import { sendCaret } from "./caret.ts";
import type { LeftView } from "./left-view.ts";
import { leftInWords, marksInWords, ofGalley, readinessInWords, stateInWords } from "./words.ts";

/** Checks the active draft again and says in the status bar what is found. */
export async function check(client: BaseLanguageClient): Promise<void> {
  const found = await stateOfActive(client);
  if (found === undefined) return;
  vscode.window.setStatusBarMessage(ofGalley(stateInWords(found)), 8000);
}

/** Lists all that is left in the active draft, and whether it is ready. */
export async function readyToPublish(client: BaseLanguageClient, view: LeftView): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  await askAgain(client, document);
  await view.show(document);
}

/** Shows the first finding of the active draft. */
export async function firstFinding(client: BaseLanguageClient): Promise<void> {
  const document = activeDocument();
  if (document !== undefined) await showFirst(client, document.uri);
}

/** Lists the drafts that are not ready, and opens the first finding of the one that is chosen. */
export async function readinessOfFolder(client: BaseLanguageClient): Promise<void> {
  const options = {
    location: vscode.ProgressLocation.Window,
    title: vscode.l10n.t("Galley: checking drafts"),
  };
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) await askAgain(client, document);
  const { drafts, hints, notReady } = await vscode.window.withProgress(options, () =>
    client.sendRequest<Readiness>(READINESS),
  );
  const title = readinessInWords(drafts, notReady.length, hints);
  if (notReady.length === 0) {
    void vscode.window.showInformationMessage(title);
    return;
  }
  const items = notReady.map((draft) => itemFor(client, draft));
  const chosen = await vscode.window.showQuickPick(items, {
    title,
    placeHolder: vscode.l10n.t("Choose a draft to go to its first finding"),
    matchOnDescription: true,
  });
  if (chosen !== undefined) await reveal(client, chosen.uri, chosen.draft.first);
}

interface DraftItem extends vscode.QuickPickItem {
  readonly uri: vscode.Uri;
  readonly draft: UnreadyDraft;
}

function itemFor(client: BaseLanguageClient, draft: UnreadyDraft): DraftItem {
  const uri = client.protocol2CodeConverter.asUri(draft.uri);
  const label = vscode.workspace.asRelativePath(uri);
  return { label, description: leftInWords(draft), uri, draft };
}

/** Puts the placeholder wherever words are missing in the active draft; one step back undoes it. */
export async function markEveryLoss(client: BaseLanguageClient): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const count: unknown = await client.sendRequest(ExecuteCommandRequest.type, {
    command: MARK_LOSSES,
    arguments: [{ uri }],
  });
  void vscode.window.showInformationMessage(marksInWords(Number(count)));
}

/** Checks the active draft again and gives its state. */
async function stateOfActive(client: BaseLanguageClient): Promise<DraftState | undefined> {
  const document = activeDocument();
  if (document === undefined) return undefined;
  await askAgain(client, document);
  return await stateOf(client, document.uri);
}

/** Has a draft shown in full: whoever asks gets what is held back, too. */
async function askAgain(client: BaseLanguageClient, document: vscode.TextDocument): Promise<void> {
  await sendCaret(client, document, null);
  const provider = client.getFeature(DocumentDiagnosticRequest.method).getProvider(document);
  provider?.onDidChangeDiagnosticsEmitter.fire();
}

export function activeDocument(): vscode.TextDocument | undefined {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) {
    void vscode.window.showInformationMessage(vscode.l10n.t("Open a draft first."));
  }
  return document;
}

function stateOf(client: BaseLanguageClient, uri: vscode.Uri): Promise<DraftState> {
  return client.sendRequest<DraftState>(DRAFT_STATE, {
    uri: client.code2ProtocolConverter.asUri(uri),
  });
}

/** Asks again, because the draft may have been edited since the count was shown. */
async function showFirst(client: BaseLanguageClient, uri: vscode.Uri): Promise<void> {
  const found = await stateOf(client, uri);
  if (found.first !== undefined) await reveal(client, uri, found.first);
  else void vscode.window.showInformationMessage(vscode.l10n.t("{0}.", stateInWords(found)));
}

async function reveal(
  client: BaseLanguageClient,
  uri: vscode.Uri,
  range: UnreadyDraft["first"],
): Promise<void> {
  const selection = client.protocol2CodeConverter.asRange(range);
  await vscode.window.showTextDocument(uri, { selection, preview: false });
}
