import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { WorkspaceEdit } from "vscode-languageserver";
import { INCLUDE_KIND } from "../../server/src/protocol.ts";
import type { UndoMessages } from "./undo-message.ts";

/** Has files of the active document's kind read as drafts, from now on. */
export async function includeKind(
  client: BaseLanguageClient,
  messages: UndoMessages,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined) return;
  const edit = await client.sendRequest<WorkspaceEdit | null>(INCLUDE_KIND, {
    uri: client.code2ProtocolConverter.asUri(document.uri),
  });
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  if (converted === undefined) {
    void vscode.window.showWarningMessage(
      "This could not be written into .galley.json. Mend that file first: Problems says what is wrong with it.",
    );
    return;
  }
  await messages.apply("these files are read", converted, document.uri);
}
