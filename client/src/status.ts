import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DRAFT_STATE, type DraftState, STATE_CHANGED } from "../../server/src/protocol.ts";
import type { Pause } from "./pause.ts";
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
  readonly #pause: Pause;
  readonly #outdated = new vscode.EventEmitter<vscode.Uri>();
  /** What was answered of a document holds no more, though nothing changes in Problems. */
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

  /** Shows the state of this client's documents from now on. */
  follow(client: BaseLanguageClient, selector: vscode.DocumentSelector): void {
    this.#client = client;
    this.#item.selector = selector;
    // What an answer counted may be gone before Problems ever lists it: then nothing there changes.
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
    // The server takes a while to hear of a pause. What is no draft is not checked after it, either.
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

/** What the server says of a document now. */
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
