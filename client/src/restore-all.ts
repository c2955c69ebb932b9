import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type CountedEdit, RESTORE_ALL } from "../../server/src/protocol.ts";
import { editedText } from "./edited-text.ts";
import type { UndoMessages } from "./undo-message.ts";
import { ofGalley, placesInWords } from "./words.ts";

/** The scheme of what a draft would be; the server is sent none of it. */
const SCHEME = "galley-restored";

/** Puts back all words of a draft that are lost and that git still has, once they were looked at. */
export class RestoreAll implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #provider: vscode.Disposable;
  #previews = 0;

  constructor() {
    this.#provider = vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    });
  }

  dispose(): void {
    this.#provider.dispose();
  }

  /** Shows the draft before and after in a diff editor, and asks; one step back undoes all of it. */
  async restore(
    client: BaseLanguageClient,
    messages: UndoMessages,
    document: vscode.TextDocument,
  ): Promise<void> {
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const location = vscode.ProgressLocation.Notification;
    const found = await vscode.window.withProgress(
      {
        location,
        title: vscode.l10n.t("Galley: reading what git has of this draft"),
        cancellable: true,
      },
      async (_, token) => {
        try {
          return await client.sendRequest<CountedEdit | null>(RESTORE_ALL, { uri }, token);
        } catch (error) {
          // Who calls it off is not told that it failed.
          if (token.isCancellationRequested) return undefined;
          throw error;
        }
      },
    );
    if (found === undefined) return;
    if (found === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Git has no words that are lost in this draft."),
      );
      return;
    }
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
    const places = placesInWords(found.count);
    if (!(await this.#isWanted(document, edit, places))) return;
    const isDone = await messages.applyCurrent(
      vscode.l10n.t("words restored"),
      edit,
      document,
      found.version,
    );
    await vscode.window.showTextDocument(document, { preview: false });
    if (isDone)
      vscode.window.setStatusBarMessage(
        ofGalley(vscode.l10n.t("words restored in {0}", places)),
        8000,
      );
  }

  async #isWanted(
    document: vscode.TextDocument,
    edit: vscode.WorkspaceEdit,
    places: string,
  ): Promise<boolean> {
    // Each has an address of its own: of a known one VS Code shows the text that it had before.
    const query = `${this.#previews++} ${document.uri.toString()}`;
    const after = document.uri.with({ scheme: SCHEME, query });
    this.#texts.set(after.toString(), editedText(document.getText(), edit.get(document.uri)));
    const name = document.uri.path.split("/").at(-1) ?? "";
    const title = vscode.l10n.t("{0}: as it is ↔ restored", name);
    await vscode.commands.executeCommand("vscode.diff", document.uri, after, title, {
      preview: false,
    });
    const RESTORE = vscode.l10n.t("Restore");
    const question = vscode.l10n.t(
      "Git still has words that are lost in {0} of {1}, as shown. One undo takes them out again.",
      places,
      name,
    );
    // It stays while the draft is read: a message would go away by itself.
    const chosen = await vscode.window.showQuickPick([RESTORE, vscode.l10n.t("Leave It")], {
      title: question,
      ignoreFocusOut: true,
    });
    await closeTabs(after);
    this.#texts.delete(after.toString());
    return chosen === RESTORE;
  }
}

async function closeTabs(side: vscode.Uri): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  const shown = tabs.filter(
    ({ input }) =>
      input instanceof vscode.TabInputTextDiff && input.modified.toString() === side.toString(),
  );
  await vscode.window.tabGroups.close(shown);
}
