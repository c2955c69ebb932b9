import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { CARET, type CaretParams, QUIET_TIME } from "../../server/src/protocol.ts";

/** The delay after an edit or a move of the caret, in milliseconds. */
const DELAY = 100;

/**
 * Sends the server the caret's place in the last edited document, after the edit and whenever it moves. New findings in
 * the paragraph being written are held back until the caret leaves it; while none can be, nothing is sent.
 */
export function followCaret(client: () => BaseLanguageClient): vscode.Disposable {
  /** The last edited document and when it was edited, in milliseconds; undefined once the caret has left it. */
  let edited: { readonly document: vscode.TextDocument; readonly at: number } | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;

  const send = (): void => {
    if (edited === undefined) return;
    const { document, at } = edited;
    const editor = vscode.window.activeTextEditor;
    const caret = editor?.document === document ? editor.selection.active : null;
    if (caret === null || Date.now() - at > QUIET_TIME) edited = undefined;
    if (!document.isClosed) void sendCaret(client(), document, caret);
  };

  const sendSoon = (): void => {
    if (edited === undefined) return;
    clearTimeout(timer);
    timer = setTimeout(send, DELAY);
  };

  return vscode.Disposable.from(
    vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      // The box for a commit's message is not an editor, so its caret is unknown.
      const isBox = document.uri.scheme === "vscode-scm";
      if (contentChanges.length === 0 || isBox || !isSent(client(), document)) return;
      edited = { document, at: Date.now() };
      sendSoon();
    }),
    vscode.window.onDidChangeTextEditorSelection(sendSoon),
    vscode.window.onDidChangeActiveTextEditor(sendSoon),
    new vscode.Disposable(() => {
      clearTimeout(timer);
    }),
  );
}

/** Sends the caret's place in a document; null asks for all its findings, including those held back. */
export async function sendCaret(
  client: BaseLanguageClient,
  document: vscode.TextDocument,
  caret: vscode.Position | null,
): Promise<void> {
  if (!client.isRunning()) return;
  const params: CaretParams = {
    uri: client.code2ProtocolConverter.asUri(document.uri),
    version: document.version,
    position: caret && { line: caret.line, character: caret.character },
  };
  await client.sendNotification(CARET, params).catch(() => undefined);
}

/** Whether a client sends a document to its server. */
export function isSent(client: BaseLanguageClient, document: vscode.TextDocument): boolean {
  const { documentSelector = [] } = client.clientOptions;
  return vscode.languages.match(documentSelector as vscode.DocumentSelector, document) > 0;
}
