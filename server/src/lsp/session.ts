import type { CancellationToken, Connection } from "vscode-languageserver";
import type { CheckedDraft } from "../project/check-drafts.ts";
import type { DigestedFinding } from "../project/facts.ts";
import type { Checker, FactsCache, Host } from "../project/host.ts";
import { toKey, toPath } from "../project/places.ts";
import type { Draft } from "../draft/draft.ts";
import { RecentlyUsed } from "../draft/incremental/memoize.ts";
import { newReadOrder, type RuleStore } from "../project/rule-files.ts";
import { newTopicTotals } from "../project/topic-totals.ts";
import type { StoredDraft, Workspace } from "../project/workspace.ts";
import { MOST_COMPARED, RepeatIndex } from "../repeats/index.ts";
import type { Client } from "./client.ts";
import type { EditorOptions } from "./editor-config.ts";
import type { OpenDraft } from "./linted.ts";
import { cancelled } from "./messages.ts";
import type { JobQueue } from "./queue.ts";
import type { QuietTimer } from "./quiet.ts";
import { isReady, INITIAL_STATE, type ServerState } from "./state.ts";
import { type Effect, type Event, transition } from "./transition.ts";

/**
 * What handlers and jobs work with: the current state, which they change only through events, and the mutable state of
 * work in progress.
 */
export interface Session {
  readonly connection: Connection;
  readonly host: Host;
  readonly queue: JobQueue;
  readonly store: Store;
  /** Of the current state. */
  readonly client: Client;
  readonly workspace: Workspace;
  readonly options: EditorOptions;
  /** Stores config files and ignore files that were read, through an event. */
  readonly rules: RuleStore;
  /** Dispatches that these drafts have changed, or were deleted. */
  readonly changed: (paths: readonly string[]) => void;
  readonly showMessageOnce: (message: string) => void;
  /** The number of the last settings request. Answers to earlier ones are ignored. */
  settingsRequests: number;
  readonly disk: Disk;
  readonly cross: CrossDrafts;
  /** What is known about open drafts, by path; `openDraft` brings it up to date. */
  readonly drafts: Map<string, OpenDraft>;
}

export function newSession(
  services: Pick<Session, "connection" | "host" | "queue" | "store" | "showMessageOnce">,
): Session {
  const { store } = services;
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
    changed: (paths) => {
      store.dispatch({ type: "drafts-changed", paths });
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
    settingsRequests: 0,
    disk: new Disk(),
    cross: new CrossDrafts(),
    drafts: new Map(),
  };
}

export interface Progress {
  /** Shows how far the check is. Calls `count` only when it is shown. */
  report(count: () => Done): void;
  end(): void;
}

export interface Done {
  readonly done: number;
  readonly total: number;
}

/** The state of checking the drafts on disk. The results are in the workspace. */
export class Disk {
  /** Files and folders that may have changed, from the client or a watcher, and are not handled yet. */
  readonly changedFiles = new Set<string>();
  /** Drafts to be read: changed ones first, then the rest of the workspace. */
  readonly urgent = new Set<string>();
  readonly backlog = new Set<string>();
  /** Drafts that are being checked. None is checked twice at a time, so that the newest result wins. */
  readonly busy = new Set<string>();
  /** Results that are not in the workspace yet. */
  readonly results = new Map<string, CheckedDraft>();
  /** Folders to walk, each with whether to read its known drafts again. */
  readonly scans = new Map<string, boolean>();
  checker: Checker | undefined;
  /** Opened when the first drafts are checked. The diagnostics of open drafts don't wait for it. */
  cache: Promise<FactsCache | undefined> | undefined;
  /** How many checks have been started and are not done. */
  running = 0;
  /** Continues the checks on the main thread once nobody types; created on demand. */
  idle: QuietTimer | undefined;
  mainThreadBusy = false;
  /** When somebody last typed or made a request, in milliseconds of the host's clock. */
  lastInput = -Infinity;
  scanning = false;
  /** When results last went into the workspace, in milliseconds of the host's clock. */
  flushed = 0;
  /** Increases when all checks and walks in progress are cancelled. */
  generation = 0;
  /** Increases when only the walks in progress are cancelled. */
  walks = 0;
  /** All drafts have been checked once. */
  complete = false;
  /** There are more drafts than the limit, so only open ones are checked. */
  capped = false;
  progress: Progress | undefined;
  /** Drafts checked since the queues were last empty, each once. */
  readonly done = new Set<string>();
  /** When the queues were last filled, in milliseconds of the host's clock; undefined while they are empty. */
  began: number | undefined;
  /** Drafts checked since the start, and the milliseconds during which any was waiting or being checked. */
  checked = 0;
  milliseconds = 0;
}

/** The state of comparing drafts with each other, which `comparison.ts` owns. Drafts are named by their paths. */
export class CrossDrafts {
  index = new RepeatIndex();
  /** What the drafts of each workspace folder have in common, which turns some findings into hints. */
  readonly totals = newTopicTotals();
  /** The names that drafts had when their baselines were written, by their current paths. */
  renames: ReadonlyMap<string, string> = new Map();
  /** What they were computed from; if one of these changes, so may they. */
  renamedIn: readonly unknown[] = [];
  /** Drafts that are not in the index yet, or are in it in another version. */
  readonly unindexed = new Set<string>();
  readonly waiting = new Set<string>();
  /** All findings of drafts on disk that share a passage, with the version they were computed from. */
  readonly stored = new Map<
    string,
    { readonly draft: StoredDraft; readonly findings: readonly DigestedFinding[] }
  >();
  /** Drafts on disk that were read again: as many as one may be compared with, plus itself. */
  readonly texts = new RecentlyUsed<Draft>(MOST_COMPARED + 1);
  comparing = false;
}

/** Notes that somebody types or makes a request, so the main thread stops helping with drafts on disk for a while. */
export function noteInput({ disk, host }: Session): void {
  disk.lastInput = host.clock.now();
}

/**
 * Waits until a document can be checked and no edit is left in the message queue, so that a request is answered for the
 * newest version.
 */
export async function currentVersion(session: Session, path: string): Promise<void> {
  const { store, host } = session;
  noteInput(session);
  await store.until((state) => isReady(state) && !state.loading.has(path));
  const version = (): number | undefined => store.state.workspace.open.get(path)?.version;
  for (;;) {
    const before = version();
    await host.clock.turn();
    if (version() === before) return;
  }
}

/**
 * The same for a request about the document of a URI; returns its path.
 * @throws ResponseError RequestCancelled if the client cancels the request meanwhile.
 */
export async function requestedPath(
  session: Session,
  uri: string,
  token?: CancellationToken,
): Promise<string> {
  const path = toPath(toKey(uri));
  await currentVersion(session, path);
  if (token?.isCancellationRequested === true) throw cancelled();
  return path;
}

/** Waits until everything that was started is done. */
export async function settled({ store, queue }: Session): Promise<void> {
  await store.until((state) => isReady(state) && state.loading.size === 0);
  await queue.whenIdle();
}

export interface Store {
  readonly state: ServerState;
  /** Replaces the state by `transition`, and performs the effects of the event. */
  dispatch(event: Event): void;
  /** Resolves when the state satisfies the predicate: now, or after an event. */
  until(isWanted: (state: ServerState) => boolean): Promise<void>;
}

/** A store that performs the effects of each event at once, in order. */
export function newStore(perform: (effect: Effect) => void): Store {
  let state = INITIAL_STATE;
  const waiting = new Set<() => void>();
  return {
    get state() {
      return state;
    },
    dispatch: (event) => {
      const next = transition(state, event);
      state = next.state;
      for (const look of [...waiting]) look();
      for (const effect of next.effects) perform(effect);
    },
    until: (isWanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (!isWanted(state)) return;
          waiting.delete(look);
          resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
