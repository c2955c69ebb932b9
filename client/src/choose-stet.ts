import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import {
  REACH,
  type Reach,
  STET_CHOICES,
  type StetChoice,
  type StetChoices,
  type UserSetting,
} from "../../server/src/protocol.ts";
import { openDraft } from "./documents.ts";
import { type CommandContext, lookedAt } from "./undo-message.ts";
import { reachInWords, suppressionTitle, withoutLinks } from "./words.ts";

interface ChoiceItem extends vscode.QuickPickItem {
  readonly choice?: StetChoice;
}

/**
 * Asks how to suppress the findings at a place, and does it. `place` is a document and a range, as in the server's
 * menus; without it, the cursor. The server checks it.
 */
export async function chooseStet(
  { client, messages }: CommandContext,
  place: unknown,
): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const named = hasRange(place);
  // A row may be about another draft than the active one.
  const document = named === undefined ? editor?.document : await openDraft(named.uri);
  if (document === undefined) return;
  const found = await client.sendRequest<StetChoices | null>(
    STET_CHOICES,
    named ?? {
      uri: client.code2ProtocolConverter.asUri(document.uri),
      range: client.code2ProtocolConverter.asRange(editor?.selection),
    },
  );
  const choices = (found?.choices ?? []).filter(canHelp);
  if (found === null || choices.length === 0) {
    void vscode.window.showInformationMessage(vscode.l10n.t("There is nothing here to let stand."));
    return;
  }
  const chosen = await vscode.window.showQuickPick(itemsFor(choices), {
    title: vscode.l10n.t("Let it stand"),
    placeHolder: vscode.l10n.t("Where?"),
  });
  if (chosen?.choice === undefined || !(await isMeant(client, chosen.choice))) return;
  const { label, about, edit, setting } = chosen.choice;
  const title = suppressionTitle(label, about);
  if (setting !== undefined) await changeSetting(setting, title);
  if (edit === undefined) return;
  const converted = await client.protocol2CodeConverter.asWorkspaceEdit(edit);
  await messages.applyCurrent(title, converted, document, found.version, lookedAt());
}

/** Asks before suppressing findings that the user doesn't see, if there are any. */
async function isMeant(
  client: BaseLanguageClient,
  { label, about, reach: asked }: StetChoice,
): Promise<boolean> {
  if (asked === undefined) return true;
  const location = vscode.ProgressLocation.Window;
  const options = { location, title: vscode.l10n.t("Galley: reading drafts") };
  const reach = await vscode.window.withProgress(options, () =>
    client.sendRequest<Reach>(REACH, asked),
  );
  if (reach.findings < 2) return true;
  const GO = vscode.l10n.t("Let All of Them Stand");
  const detail = reachInWords(reach.findings, reach.drafts);
  const title = suppressionTitle(label, about);
  const answer = await vscode.window.showWarningMessage(title, { modal: true, detail }, GO);
  return answer === GO;
}

/** The place in an argument from a menu of the server. A menu of the editor gives only the active draft's URI. */
function hasRange(place: unknown): { readonly uri: string; readonly range: unknown } | undefined {
  if (typeof place !== "object" || place === null) return undefined;
  if ("finding" in place) return hasRange(place.finding);
  if (!("range" in place) || !("uri" in place)) return undefined;
  const { uri, range } = place;
  return typeof uri === "string" ? { uri, range } : undefined;
}

/** The choices, with a heading for each finding if there are several. */
function itemsFor(choices: readonly StetChoice[]): ChoiceItem[] {
  const items: ChoiceItem[] = [];
  let about: string | undefined;
  for (const choice of choices) {
    if (choice.about !== about) {
      items.push({ label: choice.about, kind: vscode.QuickPickItemKind.Separator });
    }
    about = choice.about;
    items.push({ label: choice.label, detail: choice.detail, choice });
  }
  return items;
}

/** Whether changing the user's setting has an effect: the workspace's value takes precedence. */
function canHelp({ setting }: StetChoice): boolean {
  if (setting === undefined) return true;
  const set = vscode.workspace.getConfiguration("galley").inspect(setting.name);
  return set?.workspaceValue === undefined && set?.workspaceFolderValue === undefined;
}

/** Changes a user setting and shows a message with an undo. */
async function changeSetting({ name, value, item }: UserSetting, title: string): Promise<void> {
  const settings = vscode.workspace.getConfiguration("galley");
  const before = settings.inspect(name)?.globalValue;
  const list: unknown[] = Array.isArray(before) ? before : [];
  const after = item === undefined ? value : [...list, item];
  await settings.update(name, after, vscode.ConfigurationTarget.Global);
  const UNDO = vscode.l10n.t("Undo");
  const SHOW = vscode.l10n.t("Show");
  const message = withoutLinks(vscode.l10n.t("Your settings were changed: {0}.", title));
  /** Keeps what was set while the message was shown. */
  const takeBack = async (): Promise<void> => {
    const now = vscode.workspace.getConfiguration("galley").inspect(name)?.globalValue;
    const items: unknown[] = Array.isArray(now) ? now : [];
    const at = item === undefined ? -1 : items.lastIndexOf(item);
    const isLast = JSON.stringify(now) === JSON.stringify(after);
    if (!isLast && at < 0) return;
    const value = isLast ? before : items.filter((_, index) => index !== at);
    await settings.update(name, value, vscode.ConfigurationTarget.Global);
  };
  const chosen = await vscode.window.showInformationMessage(message, UNDO, SHOW);
  if (chosen === UNDO) await takeBack();
  if (chosen === SHOW) {
    await vscode.commands.executeCommand("workbench.action.openSettings", `galley.${name}`);
  }
}
