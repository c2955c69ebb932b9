import type { Connection, InitializeParams } from "vscode-languageserver";
import { clientOf } from "../../server/src/lsp/client.ts";
import { newJudgements } from "../../server/src/lsp/open-drafts.ts";
import { jobQueue } from "../../server/src/lsp/queue.ts";
import { newReports } from "../../server/src/lsp/reports.ts";
import { scan } from "../../server/src/lsp/scans.ts";
import type { Services } from "../../server/src/lsp/services.ts";
import { newSession } from "../../server/src/lsp/session.ts";
import { newStore } from "../../server/src/lsp/store.ts";
import { pathOf, keyOf } from "../../server/src/project/places.ts";
import { LIKE_VSCODE } from "./lsp.ts";
import { testHost } from "./lsp-host.ts";
import { memoryFolder, type MemoryFolder } from "./memory-folder.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";

/** The server's services without handlers, over a folder in memory; what events ask for is not done. */
export interface TestServices extends Services {
  readonly folder: MemoryFolder;
  readonly clock: VirtualClock;
  readonly pathTo: (name: string) => string;
  readonly open: (name: string, text: string, languageId?: string) => void;
  /** Calls what is waiting until no job is left. */
  readonly settle: () => Promise<void>;
}

interface Given {
  readonly initialize?: Partial<InitializeParams>;
  readonly answers?: (method: string) => unknown;
}

export function newServices(
  texts: Readonly<Record<string, string>>,
  { initialize = {}, answers = () => null }: Given = {},
): TestServices {
  const folder = memoryFolder(texts);
  const clock = virtualClock();
  const host = testHost({ files: folder.files, clock });
  const send = (method: string): Promise<unknown> => Promise.resolve(answers(method));
  // What of a connection the services use.
  const connection = {
    console: {
      error: (message: string) => {
        throw new Error(message);
      },
    },
    sendRequest: send,
    workspace: { getConfiguration: () => send("workspace/configuration") },
  } as unknown as Connection;
  const queue = jobQueue(clock, (error) => {
    throw error;
  });
  const store = newStore(() => undefined);
  const session = newSession({ connection, host, queue, showMessageOnce: () => undefined }, store);
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
    ...{ folder, clock, pathTo },
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

/** The same once the drafts of the folder have been read and judged. */
export async function scannedServices(
  texts: Readonly<Record<string, string>>,
): Promise<TestServices> {
  const services = newServices(texts);
  scan(services.session, [services.folder.uri], false, () => undefined);
  await services.settle();
  return services;
}
