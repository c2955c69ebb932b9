import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  type CountedEdit,
  KIND_EDIT,
  type KindRequest,
  type KindWay,
} from "../../server/src/protocol.ts";
import type { DraftRow, KindRow } from "./draft-rows.ts";
import type { GroupRow } from "./finding-rows.ts";
import type { UndoMessages } from "./undo-message.ts";
import { nothingInWords, ofGalley, wayInWords } from "./words.ts";

/** A row of a view whose findings can be mended at once: a kind in a draft, a draft, or a kind in all drafts. */
export type Mendable = GroupRow | DraftRow | KindRow;

/** A draft, and the kind of its findings that is meant; all of them without one. */
type Target = Omit<KindRequest, "way">;

/** Does one thing with all findings of a row, as one edit; one step back in a draft undoes what it did there. */
export async function mendAll(
  client: BaseLanguageClient,
  messages: UndoMessages,
  row: Mendable,
  way: KindWay,
): Promise<void> {
  const targets = targetsOf(row);
  const [target] = targets;
  if (target === undefined) return;
  const about = target.kind ?? vscode.l10n.t("all kinds");
  if (targets.length > 1) {
    await mendDrafts(client, targets, way, about);
    return;
  }
  const draft = await openDraft(client, target);
  const found =
    draft && (await client.sendRequest<CountedEdit | null>(KIND_EDIT, { ...target, way }));
  if (draft === undefined || !found) {
    void vscode.window.showInformationMessage(nothingInWords(way));
    return;
  }
  const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
  const title = wayInWords(way, found.count, about);
  const isDone = await messages.applyCurrent(title, edit, draft, found.version);
  if (isDone) vscode.window.setStatusBarMessage(ofGalley(title), 8000);
}

function targetsOf(row: Mendable): Target[] {
  switch (row.type) {
    case "group":
      return row.group.findings.slice(0, 1).map(({ uri }) => ({ uri, kind: row.group.kind }));
    case "draft":
      return [{ uri: row.draft.uri, ...(row.kind === undefined ? {} : { kind: row.kind }) }];
    case "kind":
      return row.drafts.map(({ uri }) => ({ uri, kind: row.kind }));
  }
}

/** The same in several drafts, once somebody has agreed. */
async function mendDrafts(
  client: BaseLanguageClient,
  targets: readonly Target[],
  way: KindWay,
  about: string,
): Promise<void> {
  const GO = way === "fix" ? vscode.l10n.t("Fix") : vscode.l10n.t("Mark");
  const question =
    way === "fix"
      ? vscode.l10n.t("Fix “{0}” in {1} drafts, as far as it is safe?", about, targets.length)
      : vscode.l10n.t("Mark “{0}” in {1} drafts?", about, targets.length);
  const detail = vscode.l10n.t("Undo takes it back in each draft. The drafts are not saved.");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, GO);
  if (answer !== GO) return;
  const location = vscode.ProgressLocation.Notification;
  const all = new vscode.WorkspaceEdit();
  let count = 0;
  const drafts: { readonly draft: vscode.TextDocument; readonly version: number | null }[] = [];
  const isRead = await vscode.window.withProgress(
    { location, title: vscode.l10n.t("Galley: reading drafts"), cancellable: true },
    async (_, token) => {
      for (const target of targets) {
        if (token.isCancellationRequested) return false;
        const draft = await openDraft(client, target);
        if (draft === undefined) continue;
        const request: KindRequest = { ...target, way };
        const found = await client.sendRequest<CountedEdit | null>(KIND_EDIT, request);
        if (found === null) continue;
        const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
        all.set(draft.uri, edit.get(draft.uri));
        count += found.count;
        drafts.push({ draft, version: found.version });
      }
      return true;
    },
  );
  if (!isRead) return;
  const title = wayInWords(way, count, about);
  const isCurrent = drafts.every(({ draft, version }) => draft.version === version);
  const isDone = count > 0 && isCurrent && (await vscode.workspace.applyEdit(all));
  const said = isDone ? title : vscode.l10n.t("nothing was changed");
  vscode.window.setStatusBarMessage(ofGalley(said), 8000);
}

/** A draft, open for the server though perhaps in no editor; undefined where it is gone. */
export async function openDraft(
  client: BaseLanguageClient,
  { uri }: { readonly uri: string },
): Promise<vscode.TextDocument | undefined> {
  const place = client.protocol2CodeConverter.asUri(uri);
  return await vscode.workspace.openTextDocument(place).then(
    (document) => document,
    () => undefined,
  );
}
