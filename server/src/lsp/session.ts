import type { Connection } from "vscode-languageserver";
import type { CheckedDraft } from "../project/check-drafts.ts";
import type { Host, Checker, FactsCache } from "../project/host.ts";
import { newReadOrder, type RuleStore } from "../project/rule-files.ts";
import type { Workspace } from "../project/workspace.ts";
import type { Client } from "./client.ts";
import type { EditorOptions } from "./editor-config.ts";
import type { Event } from "./events.ts";
import { type InputIdle, inputIdle } from "./input-idle.ts";
import { newOtherDrafts, type OtherDrafts } from "./other-drafts-state.ts";
import type { Progress } from "./progress.ts";
import type { JobQueue } from "./queue.ts";
import type { Scheduler } from "./scheduler.ts";
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

/** The state of checking the drafts on disk. The results are in the workspace. */
export interface Disk {
  /** Drafts to be read: changed ones first, then the rest of the workspace. */
  readonly urgent: Set<string>;
  readonly backlog: Set<string>;
  /** Drafts that are being checked; none is checked twice at a time, so that the newest result wins. */
  readonly busy: Set<string>;
  /** Results that are not in the workspace yet. */
  readonly results: Map<string, CheckedDraft>;
  /** Folders to be walked, each with whether known drafts in it are read again. */
  readonly scans: Map<string, boolean>;
  checker: Checker | undefined;
  /** Opened when the first drafts are checked: the diagnostics of open ones don't wait for it. */
  cache: Promise<FactsCache | undefined> | undefined;
  /** Runs the checks; created with the first draft. */
  scheduler: Scheduler | undefined;
  /** The main thread is checking a draft. */
  mainThreadBusy: boolean;
  scanning: boolean;
  /** When results were last put in the workspace, in milliseconds of the host's clock. */
  flushed: number;
  /** Increases when all checks and walks under way are cancelled. */
  generation: number;
  /** Increases when only the walks under way are cancelled. */
  walks: number;
  /** All drafts have been checked once. */
  complete: boolean;
  /** There are more drafts than the limit: only open ones are checked. */
  capped: boolean;
  progress: Progress | undefined;
  /** Drafts checked since the queues were last empty. */
  done: number;
  /** When the queues were last filled, in milliseconds of the host's clock; undefined while they are empty. */
  began: number | undefined;
  /** Drafts checked since the start, and the milliseconds in which any was waiting or being checked. */
  checked: number;
  milliseconds: number;
}

function newDisk(): Disk {
  return {
    urgent: new Set(),
    backlog: new Set(),
    busy: new Set(),
    results: new Map(),
    scans: new Map(),
    checker: undefined,
    cache: undefined,
    scheduler: undefined,
    mainThreadBusy: false,
    scanning: false,
    flushed: 0,
    generation: 0,
    walks: 0,
    complete: false,
    capped: false,
    progress: undefined,
    done: 0,
    began: undefined,
    checked: 0,
    milliseconds: 0,
  };
}
