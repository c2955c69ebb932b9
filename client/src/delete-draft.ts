import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { withoutLinks } from "./words.ts";

/** Asks whether to delete a draft, `{ uri }`, and moves it to the trash. Without a trash it is kept. */
export async function deleteDraft(client: BaseLanguageClient, document: unknown): Promise<void> {
  const uri = client.protocol2CodeConverter.asUri((document as { readonly uri: string }).uri);
  // Other file systems have no trash.
  if (uri.scheme !== "file") return;
  const name = uri.path.split("/").at(-1) ?? "";
  const isDirty = vscode.workspace.textDocuments.some(
    (one) => one.isDirty && one.uri.toString() === uri.toString(),
  );
  const toTrash = vscode.l10n.t("Move to Trash");
  const detail = isDirty
    ? vscode.l10n.t(
        "Its changes are not saved. You can restore the file from the trash, without them.",
      )
    : vscode.l10n.t("You can restore it from the trash.");
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t("Delete “{0}”?", name),
    { modal: true, detail },
    toTrash,
  );
  if (chosen !== toTrash) return;
  try {
    await vscode.workspace.fs.delete(uri, { useTrash: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = vscode.l10n.t("“{0}” was not deleted. {1}", name, reason);
    void vscode.window.showErrorMessage(withoutLinks(message));
  }
}
