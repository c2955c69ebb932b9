import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";

/* What the views share when they ask the server. */

/** Runs something once the last of several calls is `delay` milliseconds past. */
export interface Debounced {
  readonly soon: () => void;
  /** What was to run runs no more. */
  readonly cancel: () => void;
}

export function debounced(run: () => void, delay: number): Debounced {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const cancel = (): void => {
    clearTimeout(timer);
  };
  return {
    soon: () => {
      cancel();
      timer = setTimeout(run, delay);
    },
    cancel,
  };
}

/** Asks the server while the view shows that it waits; undefined where there is no answer. */
export function askBehindProgress<T>(
  client: BaseLanguageClient,
  viewId: string,
  ask: () => Promise<T>,
): Thenable<T | undefined> {
  return vscode.window.withProgress({ location: { viewId } }, () =>
    client.isRunning() ? ask().catch(() => undefined) : Promise.resolve(undefined),
  );
}
