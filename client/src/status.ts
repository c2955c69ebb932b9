import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { DRAFT_STATE, type DraftState } from "../../server/src/protocol.ts";

/** The language status item: whether the document is checked, and how many findings it has. */
export class DraftStatus implements vscode.Disposable {
  readonly #item: vscode.LanguageStatusItem;
  readonly #listening: vscode.Disposable;
  #client: BaseLanguageClient | undefined;
  #asked = 0;

  constructor() {
    this.#item = vscode.languages.createLanguageStatusItem("galley.draft", []);
    this.#item.name = "Galley";
    this.#item.text = "Galley";
    this.#item.command = { command: "galley.readyToPublish", title: "Ready to publish?" };
    this.#listening = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#show()),
      vscode.languages.onDidChangeDiagnostics(({ uris }) => {
        const active = vscode.window.activeTextEditor?.document.uri.toString();
        if (uris.some((uri) => uri.toString() === active)) void this.#show();
      }),
    );
  }

  /** Shows the state of this client's documents from now on. */
  follow(client: BaseLanguageClient, selector: vscode.DocumentSelector): void {
    this.#client = client;
    this.#item.selector = selector;
    void this.#show();
  }

  dispose(): void {
    this.#listening.dispose();
    this.#item.dispose();
  }

  async #show(): Promise<void> {
    const client = this.#client;
    const document = vscode.window.activeTextEditor?.document;
    if (client?.isRunning() !== true || document === undefined) return;
    const asked = ++this.#asked;
    const uri = client.code2ProtocolConverter.asUri(document.uri);
    const found = await client.sendRequest<DraftState>(DRAFT_STATE, { uri }).catch(() => undefined);
    if (found === undefined || asked !== this.#asked) return;
    this.#item.text = textOf(found);
    this.#item.detail = found.why ?? "";
    this.#item.severity =
      found.state === "on" && found.counts.error > 0
        ? vscode.LanguageStatusSeverity.Error
        : found.state === "on" && found.counts.warning > 0
          ? vscode.LanguageStatusSeverity.Warning
          : vscode.LanguageStatusSeverity.Information;
  }
}

function textOf({ state, counts }: DraftState): string {
  switch (state) {
    case "no draft":
      return "Galley: not a draft";
    case "off":
      return "Galley: off for this draft";
    case "on": {
      const found = counts.error + counts.warning + counts.information;
      return found === 0 ? "Galley: nothing found" : `Galley: ${found} to look at`;
    }
  }
}
