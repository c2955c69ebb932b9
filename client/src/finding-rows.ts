import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import type { LeftFinding, LeftGroup } from "../../server/src/protocol.ts";
import { findingsInWords, placeAloud, placeInWords } from "./words.ts";

/* The rows of findings in Galley's views. */

/** A group of more findings is closed at first. */
const MOST_OPEN = 50;

/** All findings of a kind in a draft. */
export interface GroupRow {
  readonly type: "group";
  readonly group: LeftGroup;
}

/** The argument of commands in its menu, some of which take it as a place. */
export type FindingRow = LeftFinding & { readonly type: "finding" };

export function groupRows({ findings }: LeftGroup): FindingRow[] {
  return findings.map((finding): FindingRow => ({ ...finding, type: "finding" }));
}

export function groupItem({ kind, findings, ways }: LeftGroup, owner = ""): vscode.TreeItem {
  const { Collapsed, Expanded } = vscode.TreeItemCollapsibleState;
  const item = new vscode.TreeItem(kind, findings.length > MOST_OPEN ? Collapsed : Expanded);
  item.id = `kind ${kind} ${owner}`;
  item.description = String(findings.length);
  item.contextValue = `kind ${ways.join(" ")}`;
  item.accessibilityInformation = {
    label: vscode.l10n.t("{0}: {1}", kind, findingsInWords(findings.length)),
  };
  return item;
}

const ICONS = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "ellipsis",
} as const;

export function findingItem(row: FindingRow): vscode.TreeItem {
  const { message, severity, range, restores } = row;
  const item = new vscode.TreeItem(message);
  const place = placeInWords(range.start.line, severity);
  item.description = [place, ...restores.slice(0, 1)].join(" · ");
  item.tooltip = [message, ...restores].join("\n");
  item.iconPath = new vscode.ThemeIcon(ICONS[severity]);
  item.contextValue = "finding";
  item.accessibilityInformation = {
    label: [placeAloud(range.start.line, severity), message, ...restores].join(": "),
  };
  item.command = {
    command: "galley.left.goTo",
    title: vscode.l10n.t("Go to the Finding"),
    arguments: [row],
  };
  return item;
}

/** Shows a finding, and selects what it is about. */
export async function goTo(
  client: BaseLanguageClient,
  { uri, range }: Pick<FindingRow, "uri" | "range">,
): Promise<void> {
  const selection = client.protocol2CodeConverter.asRange(range);
  const place = client.protocol2CodeConverter.asUri(uri);
  await vscode.window.showTextDocument(place, { selection, preview: false });
}

/** Opens the menu of a finding's fixes where it stands. */
export async function mend(client: BaseLanguageClient, row: FindingRow): Promise<void> {
  await goTo(client, row);
  // What is known already opens at once, before anything else moves the focus.
  const uri = client.protocol2CodeConverter.asUri(row.uri);
  const range = client.protocol2CodeConverter.asRange(row.range);
  await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, range);
  // With words selected, the menu of all kinds has much that mends nothing.
  const only = { kind: "quickfix", apply: "never" };
  await vscode.commands.executeCommand("editor.action.codeAction", only);
}
