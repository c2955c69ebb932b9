import * as vscode from "vscode";
import type { Middleware } from "vscode-languageclient";
import { PAUSED } from "../../server/src/protocol.ts";

/** The end of the pause in milliseconds since 1970, in the workspace's state. */
const UNTIL = "galley.pausedUntil";

/** True in `when` clauses during a pause. */
const IS_PAUSED = "galley.isPaused";

/** A pause for today, in this workspace: no finding is shown. It ends at midnight, or when the user ends it. */
export class Pause implements vscode.Disposable {
  readonly #state: vscode.Memento;
  readonly #changed = new vscode.EventEmitter<undefined>();
  readonly #listening: vscode.Disposable;
  #wasOn = false;
  #end: ReturnType<typeof setTimeout> | undefined;
  readonly onDidChange = this.#changed.event;

  constructor(state: vscode.Memento) {
    this.#state = state;
    this.#listening = vscode.Disposable.from(
      this.#changed,
      vscode.commands.registerCommand("galley.pause", () => this.#until(midnight())),
      vscode.commands.registerCommand("galley.resume", () => this.#until(undefined)),
      // If the computer slept through midnight, the timer is late.
      vscode.window.onDidChangeWindowState(() => {
        this.#follow();
      }),
    );
    this.#follow();
  }

  get isOn(): boolean {
    return this.#left > 0;
  }

  /** In milliseconds. */
  get #left(): number {
    return (this.#state.get<number>(UNTIL) ?? 0) - Date.now();
  }

  /** Sends it to the server among the settings. */
  get middleware(): NonNullable<Middleware["workspace"]> {
    return {
      configuration: async (params, token, next) => {
        const values = await next(params, token);
        if (!Array.isArray(values)) return values;
        return values.map((value: unknown, index) =>
          params.items[index]?.section === PAUSED ? this.isOn : value,
        );
      },
    };
  }

  dispose(): void {
    clearTimeout(this.#end);
    this.#listening.dispose();
  }

  async #until(time: number | undefined): Promise<void> {
    await this.#state.update(UNTIL, time);
    this.#follow();
  }

  #follow(): void {
    clearTimeout(this.#end);
    const left = this.#left;
    if (left > 0) this.#end = setTimeout(this.#follow.bind(this), left);
    if (this.isOn === this.#wasOn) return;
    this.#wasOn = this.isOn;
    void vscode.commands.executeCommand("setContext", IS_PAUSED, this.isOn);
    this.#changed.fire(undefined);
  }
}

/** The end of the day, in milliseconds since 1970. */
function midnight(): number {
  return new Date().setHours(24, 0, 0, 0);
}
