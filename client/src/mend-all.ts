import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  KIND_EDIT,
  type KindEdit,
  type KindRequest,
  type KindWay,
} from "../../server/src/protocol.ts";
import { openDraft } from "./documents.ts";
import type { CommandContext } from "./undo-message.ts";
import { leftToLookAt, nothingInWords, ofGalley, questionInWords, wayInWords } from "./words.ts";

/** A draft and a kind of its findings; without a kind, all of them. */
export type Target = Omit<KindRequest, "way">;

/** A draft with its edit, which may also change its config file. */
interface Mended {
  readonly draft: vscode.TextDocument;
  readonly found: KindEdit;
  readonly edit: vscode.WorkspaceEdit;
}

/**
 * Applies one action to all findings of some drafts, as one edit with one undo. Asks first if several drafts were
 * chosen, even if only one still has findings.
 */
export async function mendAll(
  context: CommandContext,
  targets: readonly Target[],
  way: KindWay,
): Promise<void> {
  const { client, messages } = context;
  const kind = targets[0]?.kind;
  const all = await readAll(client, targets, way);
  if (all === undefined) return;
  const sum = (of: (found: KindEdit) => number): number =>
    all.reduce((before, { found }) => before + of(found), 0);
  const count = sum((found) => found.count);
  const mended = all.filter(({ found }) => found.count > 0);
  const [first] = mended;
  const title = wayInWords(way, count, kind);
  if (first === undefined) {
    const marks = way === "fix" ? await readAll(client, targets, "mark") : undefined;
    const MARK = vscode.l10n.t("Mark Every Loss");
    const offers = marks?.some(({ found }) => found.count > 0) === true ? [MARK] : [];
    const chosen = await vscode.window.showInformationMessage(nothingInWords(way), ...offers);
    if (chosen === MARK) await mendAll(context, targets, "mark");
  } else if (targets.length === 1) {
    const { draft, found, edit } = first;
    const isDone = await messages.applyCurrent(title, edit, draft, found.version);
    if (isDone) vscode.window.setStatusBarMessage(ofGalley(title), 8000);
  } else {
    const findings = sum((found) => found.findings);
    const about = kind ?? vscode.l10n.t("all kinds");
    const question = questionInWords(way, count, findings, all.length, about);
    const left = way === "fix" ? leftToLookAt(findings - count) : [];
    if (!(await isWanted(question, left, way))) return;
    const isDone = (await areCurrent(mended)) && (await vscode.workspace.applyEdit(joined(mended)));
    const said = isDone ? title : vscode.l10n.t("nothing was changed");
    vscode.window.setStatusBarMessage(ofGalley(said), 8000);
  }
}

async function isWanted(question: string, left: readonly string[], way: KindWay): Promise<boolean> {
  const GO = way === "fix" ? vscode.l10n.t("Fix") : vscode.l10n.t("Mark");
  const undo = vscode.l10n.t("One undo takes all of it back. Nothing is saved.");
  const detail = [...left, undo].join("\n");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, GO);
  return answer === GO;
}

/** Whether the drafts are as they were read. VS Code closes documents without an editor, the oldest of fifty first. */
async function areCurrent(mended: readonly Mended[]): Promise<boolean> {
  for (const { draft, found } of mended) {
    if (draft.version !== found.version) return false;
    const isSame = async (): Promise<boolean> =>
      (await openDraft(draft.uri))?.getText() === draft.getText();
    if (draft.isClosed && !(await isSame())) return false;
  }
  return true;
}

function joined(mended: readonly Mended[]): vscode.WorkspaceEdit {
  const all = new vscode.WorkspaceEdit();
  for (const { draft, edit } of mended) all.set(draft.uri, edit.get(draft.uri));
  return all;
}

/** The edits of all drafts that have such findings; undefined if the user cancels. */
function readAll(
  client: BaseLanguageClient,
  targets: readonly Target[],
  way: KindWay,
): Thenable<Mended[] | undefined> {
  // A single draft is read too fast for a notification.
  const location =
    targets.length > 1 ? vscode.ProgressLocation.Notification : vscode.ProgressLocation.Window;
  const title = vscode.l10n.t("Galley: reading drafts");
  return vscode.window.withProgress({ location, title, cancellable: true }, async (_, token) => {
    const mended: Mended[] = [];
    for (const target of targets) {
      if (token.isCancellationRequested) return undefined;
      const draft = await openDraft(target.uri);
      const request: KindRequest = { ...target, way };
      const found = draft && (await client.sendRequest<KindEdit | null>(KIND_EDIT, request));
      if (draft === undefined || !found) continue;
      const edit = await client.protocol2CodeConverter.asWorkspaceEdit(found.edit);
      mended.push({ draft, found, edit });
    }
    return mended;
  });
}
