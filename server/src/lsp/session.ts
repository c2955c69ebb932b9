import type { Connection } from "vscode-languageserver";
import type { Host } from "../project/host.ts";
import { newReadOrder, type RuleStore } from "../project/rule-files.ts";
import type { Workspace } from "../project/workspace.ts";
import type { Client } from "./client.ts";
import { type Disk, newDisk } from "./disk-state.ts";
import type { EditorOptions } from "./editor-config.ts";
import type { Event } from "./events.ts";
import { newOtherDrafts, type OtherDrafts } from "./other-drafts-state.ts";
import { type InputIdle, inputIdle } from "./input-idle.ts";
import type { JobQueue } from "./queue.ts";
import type { Store } from "./store.ts";

/**
 * The dependencies of the jobs on drafts: the present state, which they change only by events, and the
 * mutable state of checking and comparing.
 */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly queue: JobQueue;
  readonly dispatch: (event: Event) => void;
  readonly client: Client;
  readonly workspace: Workspace;
  readonly options: EditorOptions;
  readonly input: InputIdle;
  /** Stores config files and ignore files that were read, by an event. */
  readonly rules: RuleStore;
  /** Shows a message to the user, at most once. */
  readonly showMessageOnce: (message: string) => void;
  readonly disk: Disk;
  readonly others: OtherDrafts;
}

export function newSession(
  services: Pick<Session, "connection" | "host" | "queue" | "showMessageOnce">,
  store: Store,
): Session {
  const rules: RuleStore = {
    readOrder: newReadOrder(),
    get workspace() {
      return store.state.workspace;
    },
    set workspace(workspace) {
      store.dispatch({ type: "rules-read", workspace });
    },
  };
  return {
    ...services,
    rules,
    dispatch: (event) => {
      store.dispatch(event);
    },
    get client() {
      return store.state.client;
    },
    get workspace() {
      return store.state.workspace;
    },
    get options() {
      return store.state.options;
    },
    input: inputIdle(services.host.clock, store),
    disk: newDisk(),
    others: newOtherDrafts(),
  };
}
