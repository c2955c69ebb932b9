import * as vscode from "vscode";
import type { DraftState } from "../../server/src/protocol.ts";
import { statusBarText, statusBarTooltip } from "./words.ts";

/** Right before the language status, which VS Code puts beside the editor's mode (100.1), and after line ends (100.2). */
const PRIORITY = 100.15;

/** The status-bar item with the number of findings in the active draft. */
export class StatusBar implements vscode.Disposable {
  readonly #item: vscode.StatusBarItem;

  constructor() {
    this.#item = vscode.window.createStatusBarItem(
      "galley.findings",
      vscode.StatusBarAlignment.Right,
      PRIORITY,
    );
    this.#item.name = "Galley";
    this.#item.command = "galley.firstFinding";
  }

  /** Shows the state of the active document; undefined: there is none. */
  show(found: DraftState | undefined): void {
    const shown = found && statusBarText(found);
    if (found === undefined || shown === undefined) {
      this.#item.hide();
      return;
    }
    this.#item.text = shown.text;
    this.#item.tooltip = statusBarTooltip(found);
    this.#item.accessibilityInformation = { label: shown.label };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}
