import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DRAFT_STATE, type DraftState, STATE_CHANGED } from "../../server/src/protocol.ts";
import type { Pause } from "./pause.ts";
import { languageStatusText, statusBarText, statusBarTooltip } from "./words.ts";

/** True in `when` clauses if the active document is a checked draft. */
const IS_DRAFT = "galley.isDraft";

/** True if it would be a draft if files of its kind were included. */
const CAN_INCLUDE = "galley.canInclude";

/** Between line endings (100.2) and the language status, which VS Code puts beside the language mode (100.1). */
const PRIORITY = 100.15;

/** The language status and the status bar item: whether the active document is checked, and what was found. */
export class DraftStatus implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #bar: vscode.StatusBarItem;
  readonly #listening: vscode.Disposable;
  readonly #pause: Pause;
  readonly #outdated = new vscode.EventEmitter<vscode.Uri>();
  /** Fires when an answer about a document is outdated, even if Problems doesn't change. */
  readonly onDidOutdate = this.#outdated.event;
  #client: BaseLanguageClient | undefined;
  #requests = 0;

  constructor(pause: Pause) {
    this.#pause = pause;
    this.#item = vscode.languages.createLanguageStatusItem("galley.draft", []);
    this.#item.name = "Galley";
    this.#item.text = "Galley";
    this.#item.command = readyCommand();
    const { Right } = vscode.StatusBarAlignment;
    this.#bar = vscode.window.createStatusBarItem("galley.findings", Right, PRIORITY);
    this.#bar.name = "Galley";
    this.#listening = vscode.Disposable.from(
      this.#outdated,
      this.onDidOutdate((uri) => this.#askAbout([uri])),
      pause.onDidChange(() => this.#ask()),
      vscode.window.onDidChangeActiveTextEditor(() => this.#ask()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => this.#askAbout(uris)),
    );
  }

  /** From now on shows the state of this client's documents. */
  follow(client: BaseLanguageClient, selector: vscode.DocumentSelector): void {
    this.#client = client;
    this.#item.selector = selector;
    // A counted finding may be gone before Problems lists it, and then nothing there changes.
    client.onNotification(STATE_CHANGED, ({ uri }: { uri: string }) => {
      this.#outdated.fire(client.protocol2CodeConverter.asUri(uri));
    });
    void this.#ask();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item.dispose();
    this.#bar.dispose();
  }

  async #askAbout(uris: readonly vscode.Uri[]): Promise<void> {
    const active = vscode.window.activeTextEditor?.document.uri.toString();
    if (uris.some((uri) => uri.toString() === active)) await this.#ask();
  }

  async #ask(): Promise<void> {
    const client = this.#client;
    const document = vscode.window.activeTextEditor?.document;
    const request = ++this.#requests;
    if (client?.isRunning() !== true || document === undefined) {
      this.#show(undefined);
      return;
    }
    const found = await stateOf(client, document).catch(() => undefined);
    if (request === this.#requests) this.#show(found);
  }

  #show(of: DraftState | undefined): void {
    // The server hears of a pause later. A file that is not a draft isn't checked after the pause either.
    const isPaused = this.#pause.isOn && of !== undefined && of.state !== "no draft";
    const found = isPaused ? ({ ...of, state: "paused" } as const) : of;
    this.#showInBar(found);
    void vscode.commands.executeCommand("setContext", IS_DRAFT, found?.state === "on");
    void vscode.commands.executeCommand("setContext", CAN_INCLUDE, found?.kind !== undefined);
    if (found === undefined) return;
    this.#item.text = languageStatusText(found);
    this.#item.detail = found.kind === undefined ? (found.why ?? "") : "";
    this.#item.severity = severityOf(found);
    const { kind, state } = found;
    const other = state === "paused" ? resumeCommand() : readyCommand();
    this.#item.command = kind === undefined ? other : includeCommand(kind);
  }

  #showInBar(found: DraftState | undefined): void {
    const shown = found && statusBarText(found);
    if (found === undefined || shown === undefined) {
      this.#bar.hide();
      return;
    }
    this.#bar.text = shown.text;
    this.#bar.command = found.state === "paused" ? "galley.resume" : "galley.firstFinding";
    this.#bar.tooltip = statusBarTooltip(found);
    this.#bar.accessibilityInformation = { label: shown.label };
    this.#bar.show();
  }
}

/** What the server says about a document now. */
export function stateOf(
  client: BaseLanguageClient,
  { uri }: vscode.TextDocument,
): Promise<DraftState> {
  return client.sendRequest<DraftState>(DRAFT_STATE, {
    uri: client.code2ProtocolConverter.asUri(uri),
  });
}

function readyCommand(): vscode.Command {
  return { command: "galley.readyToPublish", title: vscode.l10n.t("Ready to Publish?") };
}

function resumeCommand(): vscode.Command {
  return { command: "galley.resume", title: vscode.l10n.t("End the Pause") };
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
