import * as vscode from "vscode";
import { type BaseLanguageClient, DocumentDiagnosticRequest } from "vscode-languageclient";
import { sendCaret } from "./caret.ts";
import type { DraftsView } from "./drafts-view.ts";
import { goTo } from "./finding-rows.ts";
import type { LeftView } from "./left-view.ts";
import { mendAll } from "./mend-all.ts";
import { stateOf } from "./status.ts";
import type { CommandContext } from "./undo-message.ts";
import { ofGalley, stateInWords } from "./words.ts";

/** Checks the active draft again and shows the result in the status bar. */
export async function check(client: BaseLanguageClient): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  await askAgain(client, document);
  const found = await stateOf(client, document);
  vscode.window.setStatusBarMessage(ofGalley(stateInWords(found)), 8000);
}

/** Lists all findings in the active draft, and whether it is ready. */
export async function readyToPublish(client: BaseLanguageClient, view: LeftView): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  await askAgain(client, document);
  await view.showDocument(document);
}

/** Shows the first finding of the active draft, as of now: the draft may have been edited. */
export async function firstFinding(client: BaseLanguageClient): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  const found = await stateOf(client, document);
  const uri = document.uri.toString();
  if (found.first !== undefined) await goTo({ uri, range: found.first });
  else void vscode.window.showInformationMessage(vscode.l10n.t("{0}.", stateInWords(found)));
}

/** Lists the drafts of the workspace that are not ready. */
export async function readinessOfFolder(
  client: BaseLanguageClient,
  view: DraftsView,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document !== undefined) await askAgain(client, document);
  await view.focus();
}

/** Inserts the placeholder wherever words are missing in the active draft, as one undo step. */
export async function markEveryLoss(context: CommandContext): Promise<void> {
  const document = activeDocument();
  if (document === undefined) return;
  const uri = context.client.code2ProtocolConverter.asUri(document.uri);
  await mendAll(context, [{ uri }], "mark");
}

/** Shows all findings of a draft, including those held back. */
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
