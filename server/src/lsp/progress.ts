import type { Connection } from "vscode-languageserver";
import type { Host } from "../project/host.ts";
import { say, wording } from "../text/wording.ts";
import type { Client } from "./client.ts";

export interface Progress {
  /** Shows how far the check is. Calls `count` only when it is shown. */
  report(count: () => Done): void;
  end(): void;
}

export interface Done {
  readonly done: number;
  readonly total: number;
}

interface ProgressContext {
  readonly client: Client;
  readonly connection: Connection;
  readonly host: Host;
}

/** Milliseconds before the bar is shown. */
const SHOW_DELAY = 400;

/** The minimum number of milliseconds between two reports. */
const REPORT_INTERVAL = 100;

/** Shows the progress of a check that takes a while. Calls `cancel` when the user cancels it. */
export function startProgress(
  { client, connection, host }: ProgressContext,
  cancel: () => void,
): Progress {
  if (!client.showsProgress) return { report: () => undefined, end: () => undefined };
  let ended = false;
  let reported = 0;
  let latest = (): Done => ({ done: 0, total: 0 });
  const { translations } = client.display;
  const shown = (): [number, string] => {
    const { done, total } = latest();
    const words = say(wording("{0} of {1} drafts", done, total), translations);
    return [Math.floor((100 * done) / Math.max(1, total)), words];
  };
  let bar: Awaited<ReturnType<typeof connection.window.createWorkDoneProgress>> | undefined;
  const waiting = host.clock.after(SHOW_DELAY, () => {
    void connection.window.createWorkDoneProgress().then(
      (made) => {
        if (ended) return;
        bar = made;
        bar.begin(say(wording("Galley: checking drafts"), translations), ...shown(), true);
        bar.token.onCancellationRequested(cancel);
      },
      () => undefined,
    );
  });
  return {
    report: (count) => {
      latest = count;
      const now = host.clock.now();
      if (bar === undefined || ended || now - reported < REPORT_INTERVAL) return;
      reported = now;
      bar.report(...shown());
    },
    end: () => {
      if (ended) return;
      ended = true;
      waiting.dispose();
      bar?.done();
    },
  };
}
