import * as vscode from "vscode";
import type { LeftFinding, LeftGroup } from "../../server/src/protocol.ts";
import { parentItem, type Row } from "./views.ts";
import { findingsInWords, placeAloud, placeInWords } from "./words.ts";

/* The rows of findings in Galley's views. */

/** A group with more findings is closed at first. */
const MOST_OPEN = 50;

/** All findings of a kind in a draft. */
export function groupRow({ kind, findings, ways }: LeftGroup, uri: string): Row {
  const toItem = (): vscode.TreeItem => {
    const item = parentItem(kind, String(findings.length), findings.length <= MOST_OPEN);
    item.id = `kind ${kind} ${uri}`;
    item.contextValue = `kind ${ways.join(" ")}`;
    item.tooltip = vscode.l10n.t("{0}: {1}", kind, findingsInWords(findings.length));
    item.accessibilityInformation = { label: item.tooltip };
    return item;
  };
  return { item: toItem, children: () => findings.map(findingRow), targets: [{ uri, kind }] };
}

const ICONS = {
  error: "error",
  warning: "warning",
  information: "info",
  hint: "ellipsis",
} as const;

export function findingRow(finding: LeftFinding): Row {
  return { item: () => findingItem(finding), finding };
}

function findingItem(finding: LeftFinding): vscode.TreeItem {
  const { message, severity, range, restores } = finding;
  const item = new vscode.TreeItem(message);
  const place = placeInWords(range.start.line, severity);
  item.description = [place, ...restores.slice(0, 1)].join(" · ");
  item.tooltip = [message, ...restores].join("\n");
  item.iconPath = new vscode.ThemeIcon(ICONS[severity]);
  item.contextValue = "finding";
  item.accessibilityInformation = {
    label: [placeAloud(range.start.line, severity), message, ...restores].join(": "),
  };
  item.command = goToCommand(vscode.l10n.t("Go to the Finding"), finding);
  return item;
}

/** The server's name for a place: that of a finding or a stet. */
export type Place = Pick<LeftFinding, "uri" | "range">;

/** What a click on a row does. */
export function goToCommand(title: string, place: Place): vscode.Command {
  return { command: "vscode.open", title, arguments: openArguments(place) };
}

function openArguments({ uri, range }: Place): [vscode.Uri, { readonly selection: vscode.Range }] {
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  const options = { selection, preview: false };
  return [vscode.Uri.parse(uri), options];
}

/** Shows a place and selects it. */
export async function goTo(place: Place): Promise<void> {
  await vscode.window.showTextDocument(...openArguments(place));
}

/** Opens the menu of a finding's fixes at its place. */
export async function mend(finding: Place): Promise<void> {
  await goTo(finding);
  // With known actions the menu opens at once, before anything else takes the focus.
  const [uri, { selection }] = openArguments(finding);
  await vscode.commands.executeCommand("vscode.executeCodeActionProvider", uri, selection);
  // If words were selected, the menu would also list actions that fix nothing.
  const only = { kind: "quickfix", apply: "never" };
  await vscode.commands.executeCommand("editor.action.codeAction", only);
}
