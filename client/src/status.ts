import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DRAFT_STATE, type DraftState } from "../../server/src/protocol.ts";
import { languageStatusText, statusBarText, statusBarTooltip } from "./words.ts";

/** True in `when` clauses where the active document is a draft that is checked. */
const IS_DRAFT = "galley.isDraft";

/** True where it is no draft, and would be one if files of its kind were. */
const CAN_INCLUDE = "galley.canInclude";

/** Right before the language status, which VS Code puts beside the editor's mode (100.1), and after line ends (100.2). */
const PRIORITY = 100.15;

/** The language status and the status-bar item: whether the active document is checked, and what is found in it. */
export class DraftStatus implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #bar: vscode.StatusBarItem;
  readonly #listening: vscode.Disposable;
  #client: BaseLanguageClient | undefined;
  #requests = 0;

  constructor() {
    this.#item = vscode.languages.createLanguageStatusItem("galley.draft", []);
    this.#item.name = "Galley";
    this.#item.text = "Galley";
    this.#item.command = readyCommand();
    const { Right } = vscode.StatusBarAlignment;
    this.#bar = vscode.window.createStatusBarItem("galley.findings", Right, PRIORITY);
    this.#bar.name = "Galley";
    this.#bar.command = "galley.firstFinding";
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#ask()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) void this.#ask();
      }),
    );
  }

  /** Shows the state of this client's documents from now on. */
  follow(client: BaseLanguageClient, selector: vscode.DocumentSelector): void {
    this.#client = client;
    this.#item.selector = selector;
    void this.#ask();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item.dispose();
    this.#bar.dispose();
  }

  async #ask(): Promise<void> {
    const client = this.#client;
    const document = vscode.window.activeTextEditor?.document;
    const request = ++this.#requests;
    if (client?.isRunning() !== true || document === undefined) {
      this.#show(undefined);
      return;
    }
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const found = await client.sendRequest<DraftState>(DRAFT_STATE, { uri }).catch(() => undefined);
    if (request === this.#requests) this.#show(found);
  }

  #show(found: DraftState | undefined): void {
    this.#showInBar(found);
    void vscode.commands.executeCommand("setContext", IS_DRAFT, found?.state === "on");
    void vscode.commands.executeCommand("setContext", CAN_INCLUDE, found?.kind !== undefined);
    if (found === undefined) return;
    this.#item.text = languageStatusText(found);
    this.#item.detail = found.kind === undefined ? (found.why ?? "") : "";
    this.#item.severity = severityOf(found);
    this.#item.command = found.kind === undefined ? readyCommand() : includeCommand(found.kind);
  }

  #showInBar(found: DraftState | undefined): void {
    const shown = found && statusBarText(found);
    if (found === undefined || shown === undefined) {
      this.#bar.hide();
      return;
    }
    this.#bar.text = shown.text;
    this.#bar.tooltip = statusBarTooltip(found);
    this.#bar.accessibilityInformation = { label: shown.label };
    this.#bar.show();
  }
}

function readyCommand(): vscode.Command {
  return { command: "galley.readyToPublish", title: vscode.l10n.t("Ready to Publish?") };
}

function includeCommand(kind: string): vscode.Command {
  return { command: "galley.includeKind", title: vscode.l10n.t("Read {0} files here", kind) };
}

function severityOf({ state, counts }: DraftState): vscode.LanguageStatusSeverity {
  if (state !== "on") return vscode.LanguageStatusSeverity.Information;
  if (counts.error > 0) return vscode.LanguageStatusSeverity.Error;
  return counts.warning > 0
    ? vscode.LanguageStatusSeverity.Warning
    : vscode.LanguageStatusSeverity.Information;
}
