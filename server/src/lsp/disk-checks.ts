import {
  checkDrafts,
  type CheckedDraft,
  type DraftCheck,
  NO_DRAFT,
  inThreadChecker,
} from "../project/check-drafts.ts";
import type { Checker, FactsCache } from "../project/host.ts";
import * as state from "../project/workspace.ts";
import type { StoredDraft } from "../project/workspace.ts";
import { say, wording } from "../text/wording.ts";
import { filesFor } from "./files.ts";
import { quietTimer } from "./quiet.ts";
import type { Disk, Done, Progress, Session } from "./session.ts";

/* Reads and checks the queued drafts on disk, on as many threads as there are. */

/** Drafts sent to a thread at a time: enough to amortize the message, few enough to share the work evenly. */
const BATCH = 16;

/** The longest time, in milliseconds, that results are collected before being reported. */
const FLUSH_INTERVAL = 50;

/** With more drafts than this, threads are started. */
const THREAD_THRESHOLD = 12;

/** The milliseconds without an edit or request after which input counts as over. */
export const INPUT_IDLE = 400;

/** The cache is written after at least this many drafts. */
const SAVE_THRESHOLD = 50;

/** The largest draft, in bytes, that the main thread checks, and the largest while threads are running. */
const MAX_MAIN_THREAD_BYTES = 100_000;
const MAX_SHARED_BYTES = 20_000;

export function reread(session: Session, paths: Iterable<string>): void {
  if (checksOnlyOpen(session)) return;
  for (const path of paths) {
    // A changed file has changed under all its names. It may also no longer be one file with several names.
    for (const name of [path, ...state.otherNames(session.workspace, path)]) {
      session.disk.backlog.delete(name);
      session.disk.urgent.add(name);
    }
  }
  checkWaiting(session);
}

function checksOnlyOpen({ disk, options }: Session): boolean {
  return disk.capped || !options.checksWorkspace;
}

/** Starts checking the queued drafts, as many as may be checked at a time. */
export function checkWaiting(session: Session): void {
  const run = (): void => {
    begin(session);
  };
  session.queue.add({ kind: "check", name: "check", run });
}

/** Starts one batch per thread, and one draft on the main thread. What has checked them starts the next. */
function begin(session: Session): void {
  const { disk, host } = session;
  const waiting = disk.urgent.size + disk.backlog.size;
  if (waiting === 0) {
    if (disk.running === 0 && disk.began !== undefined) onIdle(session);
    return;
  }
  disk.began ??= host.clock.now();
  // Starting threads takes longer than checking a few drafts.
  if (waiting > THREAD_THRESHOLD) disk.checker ??= host.checker();
  if (disk.backlog.size > THREAD_THRESHOLD) {
    disk.progress ??= startProgress(session, () => {
      cancelBacklog(session);
    });
    disk.progress.report(() => countDone(disk));
  }
  const width = disk.checker === undefined ? 1 : Math.max(1, disk.checker.width) * 2;
  while (disk.running - (disk.mainThreadBusy ? 1 : 0) < width) {
    const paths = nextBatch(disk, BATCH);
    if (paths.length === 0) break;
    addCheck(session, () => checkBatch(session, paths, undefined));
  }
  if (mayWorkOnMainThread(session)) {
    const paths = nextBatch(disk, 1);
    disk.mainThreadBusy = paths.length > 0;
    if (disk.mainThreadBusy) addCheck(session, () => workOnMainThread(session, paths));
  }
}

/** Adds a job that checks drafts, and then starts the next. */
function addCheck(session: Session, check: () => Promise<void>): void {
  session.disk.running++;
  session.queue.add({
    kind: "check",
    run: async () => {
      try {
        await check();
      } finally {
        session.disk.running--;
        checkWaiting(session);
      }
    },
  });
}

/**
 * Whether the main thread may check a draft from a long backlog: only while the user is not typing. On two cores that
 * nearly halves the first check of a workspace.
 */
function mayWorkOnMainThread(session: Session): boolean {
  const { disk, host } = session;
  const isWorthIt = disk.checker?.isOffThread === true && disk.backlog.size > BATCH;
  if (!isWorthIt || disk.mainThreadBusy) return false;
  const end = (): number => disk.lastInput + INPUT_IDLE;
  if (end() <= host.clock.now()) return true;
  disk.idle ??= quietTimer(host.clock, end, () => {
    checkWaiting(session);
  });
  disk.idle.start();
  return false;
}

/** Checks a draft on the main thread, then yields to waiting messages. */
async function workOnMainThread(session: Session, paths: readonly string[]): Promise<void> {
  const { disk, host } = session;
  try {
    await checkBatch(session, paths, inThreadChecker(host.clock));
    await host.clock.turn();
  } finally {
    disk.mainThreadBusy = false;
  }
}

/** Handles cancellation by the user: results so far are used, and later changes are still read. */
function cancelBacklog(session: Session): void {
  const { disk } = session;
  disk.backlog.clear();
  disk.scans.clear();
  disk.walks++;
  flush(session);
}

/** Called when the queues are empty: ends the progress bar and the threads, and saves the cache. */
function onIdle(session: Session): void {
  const { disk, host } = session;
  flush(session);
  // Drafts whose settings changed while they were read are queued again.
  if (disk.urgent.size + disk.backlog.size > 0) return;
  if (disk.began !== undefined) disk.milliseconds += host.clock.now() - disk.began;
  disk.began = undefined;
  enforceDraftLimit(session);
  endProgress(session);
  if (!disk.scanning) disk.complete = true;
  session.changed([]);
  const { checker } = disk;
  disk.checker = undefined;
  checker?.dispose();
  // The cache is one file: after a few changes it is written at shutdown, not each time.
  if (disk.done.size >= SAVE_THRESHOLD) {
    session.queue.add({ kind: "save", name: "save", run: async () => (await disk.cache)?.save() });
  }
  disk.done.clear();
}

/** Checks drafts that are marked as busy, on threads unless `here` is given. */
async function checkBatch(
  session: Session,
  paths: readonly string[],
  here: Checker | undefined,
): Promise<void> {
  const { disk, host } = session;
  const generation = disk.generation;
  let results: Map<string, CheckedDraft>;
  try {
    const cache = await openCache(session);
    results = await checkDrafts(draftCheck(session, cache, here), paths);
  } finally {
    for (const path of paths) disk.busy.delete(path);
  }
  if (generation !== disk.generation) return;
  for (const [path, result] of results) disk.results.set(path, result);
  for (const path of paths) disk.done.add(path);
  disk.checked += paths.length;
  disk.progress?.report(() => countDone(disk));
  const idle = disk.urgent.size + disk.backlog.size === 0;
  if (idle || host.clock.now() - disk.flushed > FLUSH_INTERVAL) flush(session);
}

/** How many of all drafts are checked. A draft queued again while being read counts once. */
export function countDone({ done, urgent, backlog, busy }: Disk): Done {
  const left = new Set([...urgent, ...backlog, ...busy]);
  const total = new Set([...done, ...left]).size;
  return { done: total - left.size, total };
}

/** Takes the next drafts off the queues and marks them as busy. */
function nextBatch(disk: Disk, most: number): string[] {
  const paths: string[] = [];
  for (const queue of [disk.urgent, disk.backlog]) {
    for (const path of queue) {
      if (paths.length >= most) return paths;
      if (disk.busy.has(path)) continue;
      queue.delete(path);
      disk.busy.add(path);
      paths.push(path);
    }
  }
  return paths;
}

/** How drafts are checked: on threads, unless `here` is given and the drafts are small. */
function draftCheck(
  session: Session,
  cache: FactsCache | undefined,
  here: Checker | undefined,
): DraftCheck {
  const { disk, host, workspace } = session;
  return {
    workspace,
    clock: host.clock,
    filesFor: (uri) => filesFor(session, uri),
    cache,
    checkerFor: (largest) => {
      const isLarge = largest > (here === undefined ? MAX_MAIN_THREAD_BYTES : MAX_SHARED_BYTES);
      if (isLarge) disk.checker ??= host.checker();
      return isLarge ? disk.checker : (here ?? disk.checker);
    },
  };
}

function openCache({ client, disk, host }: Session): Promise<FactsCache | undefined> {
  const { cacheDirectory } = client;
  disk.cache ??= Promise.resolve(
    cacheDirectory === undefined ? undefined : host.openCache?.(cacheDirectory),
  );
  return disk.cache;
}

export function flush(session: Session): void {
  const { disk, host } = session;
  disk.flushed = host.clock.now();
  if (disk.results.size === 0) return;
  const drafts = new Map<string, StoredDraft | undefined>();
  for (const [path, { facts, stamp, stats }] of disk.results) {
    const config = state.configForStored(session.workspace, path);
    const now = config && state.toStamp(config);
    if (now === undefined || checksOnlyOpen(session)) drafts.set(path, undefined);
    else if (now === stamp) drafts.set(path, facts && { facts, stamp, stats });
    // The settings changed while it was being read.
    else disk.urgent.add(path);
  }
  disk.results.clear();
  session.store.dispatch({ type: "drafts-checked", drafts });
  enforceDraftLimit(session);
  checkWaiting(session);
}

/** Stops checking a workspace with more drafts than the limit, and tells the user once. Returns whether it did. */
export function enforceDraftLimit(session: Session): boolean {
  const { disk, options, workspace } = session;
  const { stored } = workspace;
  if (disk.capped) return true;
  // Counting each once takes a while.
  if (stored.size + disk.busy.size + disk.backlog.size <= options.mostDrafts) return false;
  // Queued drafts may be deleted, for example if a folder is renamed, so they count only after they are read.
  const known = [...stored.keys()].filter((path) => !disk.urgent.has(path) && !disk.busy.has(path));
  const fresh = [...disk.busy].filter((path) => !stored.has(path));
  const count = new Set([...known, ...fresh, ...disk.backlog]).size;
  if (count <= options.mostDrafts) return false;
  disk.capped = true;
  dropStored(session);
  const message = wording(
    "This workspace has {0} drafts, more than the {1} that Galley checks as a whole. Open drafts are checked. The setting “galley.workspace.maxDrafts” raises the number, and “galley.exclude” leaves folders out.",
    count,
    options.mostDrafts,
  );
  session.showMessageOnce(say(message, session.client.display.translations));
  return true;
}

/** Cancels work in progress, and forgets the drafts on disk. */
export function dropStored(session: Session): void {
  const { disk, workspace } = session;
  disk.generation++;
  disk.complete = true;
  for (const queue of [disk.urgent, disk.backlog, disk.scans, disk.results]) queue.clear();
  for (const path of workspace.stored.keys()) disk.results.set(path, NO_DRAFT);
  flush(session);
  endProgress(session);
}

function endProgress(session: Session): void {
  session.disk.progress?.end();
  session.disk.progress = undefined;
}

/** Milliseconds before the bar is shown. */
const SHOW_DELAY = 400;

/** The minimum number of milliseconds between two reports. */
const REPORT_INTERVAL = 100;

/** Shows the progress of a check that takes a while. Calls `cancel` when the user cancels it. */
export function startProgress(
  { client, connection, host }: Pick<Session, "client" | "connection" | "host">,
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
