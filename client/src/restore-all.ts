import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { type CountedEdit, RESTORE_ALL } from "../../server/src/protocol.ts";
import { editedText } from "./edited-text.ts";
import type { CommandContext } from "./undo-message.ts";
import { ofGalley, placesInWords, withoutLinks } from "./words.ts";

/** The scheme of previews, which the server never gets. The manifest has a button for it. */
const SCHEME = "galley-restored";

/** The preview of a draft, and what restores the draft to it. */
interface Preview {
  readonly text: string;
  readonly restore: () => Promise<void>;
}

/** Restores all lost words of a draft that git still has, once they have been looked up. */
export class RestoreAll implements vscode.Disposable {
  readonly #previews = new Map<string, Preview>();
  readonly #listening: vscode.Disposable;
  #shown = 0;

  constructor() {
    this.#listening = vscode.Disposable.from(
      vscode.workspace.registerTextDocumentContentProvider(SCHEME, {
        provideTextDocumentContent: (uri) => this.#previews.get(uri.toString())?.text,
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => {
        this.#previews.delete(uri.toString());
      }),
      vscode.commands.registerCommand("galley.restoreShown", async (uri?: vscode.Uri) => {
        const after = (uri ?? shownSide())?.toString() ?? "";
        await this.#previews.get(after)?.restore();
        await closeTabs(after);
      }),
    );
  }

  dispose(): void {
    this.#listening.dispose();
  }

  /** Shows the draft before and after in a diff editor, where a button restores it as one undo step. */
  async show({ client, messages }: CommandContext, document: vscode.TextDocument): Promise<void> {
    const found = await ask(client, document);
    if (found === undefined) return;
    if (found === null) {
      void vscode.window.showInformationMessage(
        vscode.l10n.t("Git has no words that are lost in this draft."),
      );
      return;
    }
    const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
    const places = placesInWords(found.count);
    const restore = async (): Promise<void> => {
      const title = vscode.l10n.t("words restored");
      const isDone = await messages.applyCurrent(title, edit, document, found.version);
      await vscode.window.showTextDocument(document, { preview: false });
      const said = ofGalley(vscode.l10n.t("words restored in {0}", places));
      if (isDone) vscode.window.setStatusBarMessage(said, 8000);
    };
    // Each preview has its own URI, because VS Code shows the old text for one that it knows.
    const query = `${this.#shown++} ${document.uri.toString()}`;
    const after = document.uri.with({ scheme: SCHEME, query });
    const text = editedText(document.getText(), edit.get(document.uri));
    this.#previews.set(after.toString(), { text, restore });
    const name = document.uri.path.split("/").at(-1) ?? "";
    const title = vscode.l10n.t("{0}: as it is ↔ restored", name);
    const options = { preview: false };
    await vscode.commands.executeCommand("vscode.diff", document.uri, after, title, options);
    const RESTORE = vscode.l10n.t("Restore");
    const question = vscode.l10n.t(
      "Git still has words that are lost in {0} of {1}, as shown. The tick above the two puts them back, and one undo takes them out again.",
      places,
      name,
    );
    // The message disappears by itself. The button stays, and covers nothing of the draft.
    const chosen = await vscode.window.showInformationMessage(withoutLinks(question), RESTORE);
    if (chosen !== RESTORE) return;
    // The diff may have been closed.
    await restore();
    await closeTabs(after.toString());
  }
}

/** What git still has of a draft's words; undefined if the user cancels. */
function ask(
  client: BaseLanguageClient,
  document: vscode.TextDocument,
): Thenable<CountedEdit | null | undefined> {
  const uri = client.code2ProtocolConverter.asUri(document.uri);
  const location = vscode.ProgressLocation.Notification;
  const title = vscode.l10n.t("Galley: reading what git has of this draft");
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    try {
      return await client.sendRequest<CountedEdit | null>(RESTORE_ALL, { uri }, token);
    } catch (error) {
      // Cancelling is not a failure.
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  });
}

function diffSide({ input }: vscode.Tab): vscode.Uri | undefined {
  return input instanceof vscode.TabInputTextDiff ? input.modified : undefined;
}

/** The restored side of the active diff, because a keybinding names none. */
function shownSide(): vscode.Uri | undefined {
  const tab = vscode.window.tabGroups.activeTabGroup.activeTab;
  return tab && diffSide(tab);
}

async function closeTabs(side: string): Promise<void> {
  const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
  await vscode.window.tabGroups.close(tabs.filter((tab) => diffSide(tab)?.toString() === side));
}
