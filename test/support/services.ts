import type { Connection, InitializeParams } from "vscode-languageserver";
import { toClient } from "../../server/src/lsp/client.ts";
import { jobQueue } from "../../server/src/lsp/queue.ts";
import { scan } from "../../server/src/lsp/disk.ts";
import type { Effect } from "../../server/src/lsp/transition.ts";
import { newSession, type Session, newStore } from "../../server/src/lsp/session.ts";
import { toPath, toKey } from "../../server/src/project/places.ts";
import { LIKE_VSCODE } from "./lsp.ts";
import { testHost } from "./lsp-host.ts";
import { memoryFolder, type MemoryFolder } from "./memory-folder.ts";
import { virtualClock, type VirtualClock } from "./virtual-clock.ts";

/** A session without handlers, over a folder in memory; the effects of events are recorded, not run. */
export interface TestServices {
  readonly session: Session;
  /** The effects that events asked for. */
  readonly effects: Effect[];
  readonly folder: MemoryFolder;
  readonly clock: VirtualClock;
  readonly pathTo: (name: string) => string;
  readonly open: (name: string, text: string, languageId?: string) => void;
  /** Runs waiting jobs until none is left. */
  readonly settle: () => Promise<void>;
}

export interface Given {
  readonly initialize?: Partial<InitializeParams>;
  readonly answers?: (method: string) => unknown;
  /** Receives log messages, which otherwise are thrown as errors. */
  readonly log?: (message: string) => void;
}

export function newServices(
  texts: Readonly<Record<string, string>>,
  { initialize = {}, answers = () => null, log = fail }: Given = {},
): TestServices {
  const folder = memoryFolder(texts);
  const clock = virtualClock();
  const host = testHost({ files: folder.files, clock });
  const send = (method: string): Promise<unknown> => Promise.resolve(answers(method));
  // The part of a connection that the services use.
  const connection = {
    console: { error: log },
    sendRequest: send,
    workspace: { getConfiguration: () => send("workspace/configuration") },
  } as unknown as Connection;
  const queue = jobQueue(clock, (error) => {
    log(String(error));
  });
  const effects: Effect[] = [];
  const store = newStore((effect) => effects.push(effect));
  const session = newSession({ connection, host, queue, store, showMessageOnce: () => undefined });
  const client = toClient({
    capabilities: LIKE_VSCODE,
    workspaceFolders: [{ uri: folder.uri, name: "desk" }],
    ...initialize,
  });
  store.dispatch({ type: "connected", client });
  store.dispatch({ type: "initialized" });
  store.dispatch({ type: "started" });
  const pathTo = (name: string): string => toPath(toKey(folder.uriOf(name)));
  return {
    ...{ session, effects, folder, clock, pathTo },
    open: (name, text, languageId = "markdown") => {
      const uri = folder.uriOf(name);
      const path = pathTo(name);
      store.dispatch({ type: "opened", path, uri, languageId, version: 1, text });
      for (const [one, opening] of store.state.loading) {
        store.dispatch({ type: "configs-loaded", path: one, opening });
      }
    },
    settle: () => clock.until(queue.whenIdle()),
  };
}

function fail(message: string): void {
  throw new Error(message);
}

/** The same after the folder's drafts have been read and linted. */
export async function scannedServices(
  texts: Readonly<Record<string, string>>,
): Promise<TestServices> {
  const services = newServices(texts);
  scan(services.session, [services.folder.uri], false);
  await services.settle();
  return services;
}
