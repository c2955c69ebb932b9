import * as vscode from "vscode";

/** A document, open for the server though perhaps in no editor; undefined if it no longer exists. */
export async function openDraft(
  uri: vscode.Uri | string,
): Promise<vscode.TextDocument | undefined> {
  const parsed = typeof uri === "string" ? vscode.Uri.parse(uri) : uri;
  return await vscode.workspace.openTextDocument(parsed).then(
    (document) => document,
    () => undefined,
  );
}
