import type { Connection, InitializeParams } from "vscode-languageserver";
import { clientOf } from "../../server/src/lsp/client.ts";
import type { Effect } from "../../server/src/lsp/effects.ts";
import { newJudgements } from "../../server/src/lsp/judgements.ts";
import { jobQueue } from "../../server/src/lsp/queue.ts";
import { newReports } from "../../server/src/lsp/reports.ts";
import type { Services } from "../../server/src/lsp/services.ts";
import { newSession } from "../../server/src/lsp/session.ts";
import { newStore } from "../../server/src/lsp/store.ts";
import { pathOf, keyOf } from "../../server/src/project/places.ts";
import type { Host } from "../../server/src/project/host.ts";
import { LIKE_VSCODE } from "./lsp.ts";
import { testHost } from "./lsp-host.ts";
import { memoryFolder, type MemoryFolder } from "./memory-folder.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";

/** The server's services without handlers, over a folder in memory; what events ask for is noted and not done. */
export interface TestServices extends Services {
  readonly folder: MemoryFolder;
  readonly clock: VirtualClock;
  readonly effects: Effect[];
  /** What was sent to the client: the method and the parameters of each. */
  readonly sent: [method: string, params: unknown][];
  readonly messages: string[];
  readonly pathTo: (name: string) => string;
  readonly open: (name: string, text: string, languageId?: string) => void;
  /** Calls what is waiting until no job is left. */
  readonly settle: () => Promise<void>;
}

export interface Given {
  readonly initialize?: Partial<InitializeParams>;
  readonly answers?: (method: string, params: unknown) => unknown;
  readonly host?: Partial<Host>;
}

export function newServices(
  texts: Readonly<Record<string, string>>,
  { initialize = {}, answers = () => null, host: parts = {} }: Given = {},
): TestServices {
  const folder = memoryFolder(texts);
  const clock = virtualClock();
  const host = testHost({ files: folder.files, clock, ...parts });
  const sent: [string, unknown][] = [];
  const messages: string[] = [];
  const effects: Effect[] = [];
  const send = (
    method: string | { readonly method: string },
    params?: unknown,
  ): Promise<unknown> => {
    const name = typeof method === "string" ? method : method.method;
    sent.push([name, params]);
    return Promise.resolve(answers(name, params));
  };
  // What of a connection the services use.
  const connection = {
    console: {
      error: (message: string) => {
        throw new Error(message);
      },
    },
    sendRequest: send,
    sendDiagnostics: (params: unknown) => send("textDocument/publishDiagnostics", params),
    languages: { diagnostics: { refresh: () => send("workspace/diagnostic/refresh") } },
    workspace: { getConfiguration: (items: unknown) => send("workspace/configuration", items) },
    client: { register: (type: { readonly method: string }) => send(`register ${type.method}`) },
  } as unknown as Connection;
  const queue = jobQueue(clock, (error) => {
    throw error;
  });
  const store = newStore((effect) => effects.push(effect));
  const showMessageOnce = (message: string): void => {
    messages.push(message);
  };
  const session = newSession({ connection, host, queue, showMessageOnce }, store);
  const { disk, others } = session;
  const judgements = newJudgements(store, others);
  const reports = newReports({ connection, clock, store, queue, judgements, disk, others });
  const client = clientOf({
    capabilities: LIKE_VSCODE,
    workspaceFolders: [{ uri: folder.uri, name: "desk" }],
    ...initialize,
  });
  store.dispatch({ type: "connected", client });
  store.dispatch({ type: "initialized" });
  store.dispatch({ type: "started" });
  const pathTo = (name: string): string => pathOf(keyOf(folder.uriOf(name)));
  return {
    ...{ connection, host, store, queue, judgements, reports, session },
    ...{ folder, clock, effects, sent, messages, pathTo },
    open: (name, text, languageId = "markdown") => {
      const uri = folder.uriOf(name);
      const path = pathTo(name);
      store.dispatch({ type: "opened", path, uri, languageId, version: 1, text, at: clock.now() });
      for (const [one, opening] of store.state.loading) {
        store.dispatch({ type: "configs-loaded", path: one, opening });
      }
    },
    settle: () => clock.until(queue.whenIdle()),
  };
}
