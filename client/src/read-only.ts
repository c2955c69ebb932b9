import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import { withoutLinks } from "./words.ts";

/*
 * VS Code applies an extension's edit to a read-only draft, too, but in its tab alone, where nobody can save it. There is
 * no API that says whether a draft is read-only. But after an edit, a draft that is not is dirty, or has been saved.
 */

/** Applies an edit, and takes it back in read-only drafts. Returns whether it was applied to all drafts. */
export async function editWritable(edit: vscode.WorkspaceEdit): Promise<boolean> {
  const uris = edit.entries().map(([uri]) => uri);
  return await keepReadOnly(uris, () => vscode.workspace.applyEdit(edit));
}

/** The same for edits that the server asks for. */
export const keepsReadOnly: Middleware["workspace"] = {
  handleApplyEdit: async (params, next) => {
    const { changes = {}, documentChanges = [] } = params.edit;
    const edited = documentChanges.map((one) =>
      "textDocument" in one ? one.textDocument.uri : "",
    );
    const uris = [...Object.keys(changes), ...edited].map((uri) => vscode.Uri.parse(uri));
    const { token } = new vscode.CancellationTokenSource();
    const applied = await keepReadOnly(uris, async () => {
      const answer = await next(params, token);
      return "applied" in answer && answer.applied;
    });
    return { applied };
  },
};

async function keepReadOnly(
  uris: readonly vscode.Uri[],
  make: () => Thenable<boolean>,
): Promise<boolean> {
  const names = new Set(uris.map(String));
  const before = vscode.workspace.textDocuments
    .filter(({ uri }) => names.has(uri.toString()))
    .map((draft) => ({ draft, text: draft.getText() }));
  const saved = new Set<vscode.TextDocument>();
  const listening = vscode.workspace.onDidSaveTextDocument((draft) => saved.add(draft));
  const isMade = await make();
  listening.dispose();
  const back = new vscode.WorkspaceEdit();
  for (const { draft, text } of before) {
    if (draft.isDirty || saved.has(draft) || draft.getText() === text) continue;
    putBack(back, draft, text);
  }
  if (back.size === 0) return isMade;
  await vscode.workspace.applyEdit(back);
  const paths = back.entries().map(([uri]) => vscode.workspace.asRelativePath(uri));
  const message = vscode.l10n.t("{0} is read-only, and was not changed.", paths.join(", "));
  void vscode.window.showWarningMessage(withoutLinks(message));
  return false;
}

/** Adds what gives a draft this text again. It replaces no more than it must, as the caret goes to the end of that. */
function putBack(edit: vscode.WorkspaceEdit, draft: vscode.TextDocument, text: string): void {
  const now = draft.getText();
  const shorter = Math.min(now.length, text.length);
  let start = 0;
  while (start < shorter && now[start] === text[start]) start++;
  let same = 0;
  while (same < shorter - start && now.at(-1 - same) === text.at(-1 - same)) same++;
  const end = draft.positionAt(now.length - same);
  const range = new vscode.Range(draft.positionAt(start), end);
  edit.replace(draft.uri, range, text.slice(start, text.length - same));
}
