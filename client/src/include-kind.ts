import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WorkspaceEdit } from "vscode-languageserver";
import { INCLUDE_KIND, type IncludeRequest } from "../../server/src/protocol.ts";
import type { UndoMessages } from "./undo-message.ts";

/** Includes all files of a document's kind, or that file alone, as drafts from now on. */
export async function includeKind(
  client: BaseLanguageClient,
  messages: UndoMessages,
  file = vscode.window.activeTextEditor?.document.uri,
  onlyFile = false,
): Promise<void> {
  if (file === undefined) return;
  const request: IncludeRequest = {
    uri: client.code2ProtocolConverter.asUri(file),
    onlyFile,
  };
  const edit = await client.sendRequest<WorkspaceEdit | null>(INCLUDE_KIND, request);
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (converted === undefined) {
    void vscode.window.showWarningMessage(
      vscode.l10n.t(
        "This could not be written into .galley.json. Fix that file first: Problems says what is wrong with it.",
      ),
    );
    return;
  }
  const title = onlyFile
    ? vscode.l10n.t("this file is read")
    : vscode.l10n.t("these files are read");
  await messages.apply(title, converted, file);
}
