import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type CountedEdit,
  KIND_EDIT,
  type KindRequest,
  type KindWay,
} from "../../server/src/protocol.ts";
import type { UndoMessages } from "./undo-message.ts";
import { nothingInWords, ofGalley, wayInWords } from "./words.ts";

/** A draft, and the kind of its findings that is meant; all of them without one. */
export type Target = Omit<KindRequest, "way">;

/** A draft and the edit of it, and perhaps of its config file. */
interface Mended {
  readonly draft: vscode.TextDocument;
  readonly found: CountedEdit;
  readonly edit: vscode.WorkspaceEdit;
}

/** Does one thing with all findings of some drafts, as one edit; one step back in a draft undoes what it did there. */
export async function mendAll(
  client: BaseLanguageClient,
  messages: UndoMessages,
  targets: readonly Target[],
  way: KindWay,
): Promise<void> {
  const about = targets[0]?.kind ?? vscode.l10n.t("all kinds");
  const isOne = targets.length === 1;
  if (!isOne && !(await isWanted(targets.length, about, way))) return;
  const mended = await readAll(client, targets, way);
  if (mended === undefined) return;
  const [first] = mended;
  const title = wayInWords(
    way,
    mended.reduce((sum, { found }) => sum + found.count, 0),
    about,
  );
  if (first === undefined) {
    void vscode.window.showInformationMessage(nothingInWords(way));
  } else if (isOne) {
    const { draft, found, edit } = first;
    const isDone = await messages.applyCurrent(title, edit, draft, found.version);
    if (isDone) vscode.window.setStatusBarMessage(ofGalley(title), 8000);
  } else {
    const all = new vscode.WorkspaceEdit();
    for (const { draft, edit } of mended) all.set(draft.uri, edit.get(draft.uri));
    const isCurrent = mended.every(({ draft, found }) => draft.version === found.version);
    const isDone = isCurrent && (await vscode.workspace.applyEdit(all));
    const said = isDone ? title : vscode.l10n.t("nothing was changed");
    vscode.window.setStatusBarMessage(ofGalley(said), 8000);
  }
}

async function isWanted(count: number, about: string, way: KindWay): Promise<boolean> {
  const GO = way === "fix" ? vscode.l10n.t("Fix") : vscode.l10n.t("Mark");
  const question =
    way === "fix"
      ? vscode.l10n.t("Fix “{0}” in {1} drafts, as far as it is safe?", about, count)
      : vscode.l10n.t("Mark “{0}” in {1} drafts?", about, count);
  const detail = vscode.l10n.t("Undo takes it back in each draft. The drafts are not saved.");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, GO);
  return answer === GO;
}

/** What mends each of the drafts, without those in which that is nothing; undefined where somebody calls it off. */
function readAll(
  client: BaseLanguageClient,
  targets: readonly Target[],
  way: KindWay,
): Thenable<Mended[] | undefined> {
  // One is read before anybody sees that.
  const location =
    targets.length > 1 ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  const title = vscode.l10n.t("Galley: reading drafts");
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const mended: Mended[] = [];
    for (const target of targets) {
      if (token.isCancellationRequested) return undefined;
      const draft = await openDraft(target.uri);
      const request: KindRequest = { ...target, way };
      const found = draft && (await client.sendRequest<CountedEdit | null>(KIND_EDIT, request));
      if (draft === undefined || !found) continue;
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
      mended.push({ draft, found, edit });
    }
    return mended;
  });
}

/** A draft, open for the server though perhaps in no editor; undefined where it is gone. */
export async function openDraft(uri: string): Promise<vscode.TextDocument | undefined> {
  return await vscode.workspace.openTextDocument(vscode.Uri.parse(uri)).then(
    (document) => document,
    () => undefined,
  );
}
