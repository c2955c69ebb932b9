import type { StoredFacts } from "../project/facts.ts";
import { isWithin, keyOf, nameOf, parentOf } from "../project/places.ts";
import type { Settings } from "../settings/settings.ts";
import type { StoredDraft, Treatment } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import type { BatchDraft, Checker } from "../project/host.ts";
import { inThread } from "../project/in-thread.ts";
import { startProgress } from "./progress.ts";
import type { Disk, Result } from "./disk-state.ts";
import { scheduler } from "./scheduler.ts";
import { filesFor, sayOnce, type Session, track } from "./session.ts";
import { EXCLUDE_NAME, IGNORE_NAME } from "../project/ignored.ts";
import { draftsIn, type FoundFile } from "../project/walk.ts";

const NO_DRAFT: Result = { facts: undefined, stamp: undefined };

/** Called with the drafts that are different now, or gone. */
export type Changed = (paths: readonly string[]) => void;

/** So many drafts go to a thread at a time: enough that sending costs nothing, few enough that none waits. */
const BATCH = 16;

/** Longest time, in milliseconds, that results are gathered before they are shown. */
const GATHER = 50;

/** More than this at once, and threads are started for it. */
const WORTH_THREADS = 12;

/** Milliseconds without a word from the client before the server's own thread takes its share. */
const HANDS_OFF = 400;

/** So many drafts judged in a row are worth writing the cache for. */
const WORTH_SAVING = 50;

/** A draft larger than this, in bytes, is not judged on the server's own thread; and while others do the work. */
const LARGE = 100_000;
const LARGE_WHILE_BUSY = 20_000;

/** Looks through folders, again where that has been done; `reread` also reads what is known. */
export function scan(
  session: Session,
  folders: readonly string[],
  reread: boolean,
  changed: Changed,
): void {
  const { disk, workspace } = session;
  if (!session.options.checksWorkspace) return;
  // A folder of the workspace that stands in another is looked through on its own.
  const inner = workspace.folders.filter((top) => folders.some((folder) => isWithin(top, folder)));
  for (const folder of [...folders, ...inner]) {
    disk.scans.set(folder, reread || disk.scans.get(folder) === true);
  }
  if (!disk.scanning && disk.scans.size > 0) void runScans(session, changed);
}

/** Reads drafts again of which something was heard, before all others. */
export function reread(session: Session, paths: Iterable<string>, changed: Changed): void {
  if (isIdle(session)) return;
  for (const path of paths) {
    session.disk.backlog.delete(path);
    session.disk.urgent.add(path);
  }
  judgeWaiting(session, changed);
}

/** Forgets what is known of drafts in folders that are none any more, and everything where checking is off. */
export function dropStrangers(session: Session, changed: Changed): void {
  const { workspace, options, disk } = session;
  if (!options.checksWorkspace) {
    disk.generation++;
    for (const queue of [disk.urgent, disk.backlog, disk.scans, disk.results]) queue.clear();
    disk.complete = true;
    endProgress(session);
  }
  const gone = [...workspace.stored.keys()].filter(
    (path) => !options.checksWorkspace || state.folderOf(workspace, path) === undefined,
  );
  for (const path of gone) disk.results.set(path, NO_DRAFT);
  flush(session, changed);
}

/**
 * Takes in what was heard of files; a path may be of a file or a folder, that is there or gone. Gives
 * the folders whose config file or ignore files may be different.
 */
export function heard(
  session: Session,
  paths: ReadonlySet<string>,
  changed: Changed,
): ReadonlySet<string> {
  const { workspace } = session;
  const toRead = new Set<string>();
  const unknown = new Set<string>();
  const passedOver = new Set<string>();
  const rules = new Set<string>();
  for (const path of paths) {
    const name = nameOf(path);
    if (name === CONFIG_NAME || name === IGNORE_NAME) {
      rules.add(parentOf(path));
    } else if (path.endsWith(`/${EXCLUDE_NAME}`)) {
      rules.add(path.slice(0, -EXCLUDE_NAME.length - 1));
    } else if (workspace.stored.has(path) || state.treatStored(workspace, path) !== undefined) {
      toRead.add(path);
    } else if (state.canHoldDrafts(workspace, path)) {
      unknown.add(path);
    } else {
      passedOver.add(path);
    }
  }
  // Drafts that are open obey config files wherever these are; what is below a folder goes with it.
  for (const path of unknown.size + passedOver.size > 0 ? workspace.configs.keys() : []) {
    const folder = parentOf(path);
    if (isBelowAny(path, unknown) || isBelowAny(path, passedOver)) rules.add(folder);
  }
  if (unknown.size > 0) {
    // What is no draft by its name may be a folder: then all that stood in it is looked at again.
    const { busy, results } = session.disk;
    for (const path of [...workspace.stored.keys(), ...busy, ...results.keys()]) {
      if (isBelowAny(path, unknown)) toRead.add(path);
    }
    for (const folder of workspace.ignores.keys()) {
      if (unknown.has(folder) || isBelowAny(folder, unknown)) rules.add(folder);
    }
    track(session, scanFolders(session, unknown, changed));
  }
  reread(session, toRead, changed);
  return rules;
}

function isBelowAny(path: string, folders: ReadonlySet<string>): boolean {
  for (let folder = parentOf(path); folder.length > 1; folder = parentOf(folder)) {
    if (folders.has(folder)) return true;
    if (parentOf(folder) === folder) return false;
  }
  return false;
}

/** Looks through those of the paths that are folders and may hold drafts. */
async function scanFolders(
  session: Session,
  paths: ReadonlySet<string>,
  changed: Changed,
): Promise<void> {
  const found: string[] = [];
  await Promise.all(
    [...paths].map(async (path) => {
      const uri = keyOf(path);
      if ((await filesFor(session, uri).entries(uri)) !== undefined) found.push(path);
    }),
  );
  scan(session, found, true, changed);
}

async function runScans(session: Session, changed: Changed): Promise<void> {
  const { disk, host } = session;
  disk.scanning = true;
  disk.capped = false;
  while (disk.scans.size > 0) {
    const { generation, walks } = disk;
    // A folder within another is looked through with it, unless it has settings of its own.
    const { workspace } = session;
    const folders = [...disk.scans].filter(
      ([folder, again]) =>
        ![...disk.scans].some(
          ([other, otherAgain]) =>
            other !== folder &&
            isWithin(folder, other) &&
            state.folderOf(workspace, folder) === state.folderOf(workspace, other) &&
            (otherAgain || !again),
        ),
    );
    disk.scans.clear();
    // The outer first: what its ignore files say holds for those within.
    folders.sort(([a], [b]) => a.length - b.length);
    for (const [folder, again] of folders) {
      const top = state.folderOf(session.workspace, folder);
      const isPointless = (): boolean => disk.generation !== generation || disk.walks !== walks;
      // When the workspace has other folders, all are looked through again.
      const isOver = (): boolean =>
        isPointless() || state.folderOf(session.workspace, folder) !== top;
      const found = await draftsIn(
        {
          files: filesFor(session, keyOf(folder)),
          clock: host.clock,
          holder: session,
          isOver,
          isKnown: (path) => !again && session.workspace.stored.has(path),
        },
        folder,
      );
      if (isPointless()) break;
      if (isOver()) continue;
      takeIn(session, folder, found, again);
      if (isTooMuch(session, changed)) break;
      judgeWaiting(session, changed);
    }
    changed(
      configsBelow(
        session,
        folders.map(([folder]) => folder),
      ),
    );
  }
  disk.scanning = false;
  if (isCapped(disk)) return;
  disk.complete ||= disk.urgent.size + disk.backlog.size + disk.busy.size + disk.results.size === 0;
  flush(session, changed);
  judgeWaiting(session, changed);
  changed([]);
}

/** The config files that have been looked at: each has a mistake, or none. */
function configsBelow(session: Session, folders: readonly string[]): string[] {
  return [...session.workspace.configs.keys()].filter((path) =>
    folders.some((folder) => isWithin(path, folder)),
  );
}

/**
 * Compares what was found in a folder with what is known of it. What was known and not met may have come
 * while the walk was elsewhere, so that it is looked for rather than taken for gone.
 */
function takeIn(
  session: Session,
  folder: string,
  found: ReadonlyMap<string, FoundFile>,
  again: boolean,
): void {
  const { disk, workspace } = session;
  const top = state.folderOf(workspace, folder);
  for (const path of workspace.stored.keys()) {
    if (found.has(path) || !isWithin(path, folder)) continue;
    if (state.folderOf(workspace, path) !== top) continue;
    if (state.treatStored(workspace, path) === undefined) disk.results.set(path, NO_DRAFT);
    else disk.urgent.add(path);
  }
  const fresh: string[] = [];
  for (const path of found.keys()) {
    const before = workspace.stored.get(path);
    const treatment = state.treatStored(workspace, path);
    if (treatment === undefined) continue;
    if (!again && before !== undefined && before.stamp === state.stampOf(treatment)) continue;
    if (!disk.urgent.has(path)) fresh.push(path);
  }
  for (const path of inOrder(session, fresh, found)) disk.backlog.add(path);
}

/** Those first that are open, then those next to them, then those that were changed last. */
function inOrder(
  session: Session,
  paths: readonly string[],
  found: ReadonlyMap<string, FoundFile>,
): string[] {
  const { open } = session.workspace;
  const near = new Set([...open.keys()].map(parentOf));
  const ranks = new Map(
    paths.map((path) => {
      const modified = found.get(path)?.stats?.modified ?? 0;
      const nearness = open.has(path) ? 2 : near.has(parentOf(path)) ? 1 : 0;
      return [path, nearness * 1e15 + modified];
    }),
  );
  return [...paths].sort((a, b) => (ranks.get(b) ?? 0) - (ranks.get(a) ?? 0));
}

/** Gives up on a workspace with more drafts than are wanted, and says so once. */
function isTooMuch(session: Session, changed: Changed): boolean {
  const { disk, options, workspace } = session;
  const { stored } = workspace;
  // Of those that are read again many may be gone, as when a folder is renamed: they count once they are read.
  const known = [...stored.keys()].filter((path) => !disk.urgent.has(path) && !disk.busy.has(path));
  const fresh = [...disk.busy].filter((path) => !stored.has(path));
  const count = new Set([...known, ...fresh, ...disk.backlog]).size;
  if (count <= options.mostDrafts) return false;
  disk.generation++;
  disk.capped = true;
  disk.complete = true;
  for (const queue of [disk.urgent, disk.backlog, disk.scans, disk.results]) queue.clear();
  for (const path of stored.keys()) disk.results.set(path, NO_DRAFT);
  flush(session, changed);
  endProgress(session);
  sayOnce(
    session,
    `This workspace has ${count} drafts, more than the ${options.mostDrafts} that Galley checks as a whole. Open drafts are checked. The setting “galley.workspace.maxDrafts” raises the number, and “galley.exclude” leaves folders out.`,
  );
  return true;
}

function isCapped(disk: Disk): boolean {
  return disk.capped;
}

/** Whether no draft is checked that is not open. */
function isIdle({ disk, options }: Session): boolean {
  return disk.capped || !options.checksWorkspace;
}

/** Has the drafts that wait judged, if that is not under way. */
function judgeWaiting(session: Session, changed: Changed): void {
  const { disk, connection } = session;
  disk.scheduler ??= scheduler({
    begin: (running) => begin(session, running, changed),
    settle: () => {
      settle(session, changed);
    },
    failed: (error) => {
      connection.console.error(String(error));
    },
  });
  disk.scheduler.wake();
}

/** Begins to judge as many batches as there are threads for, and on the server's own thread one draft. */
function begin(session: Session, running: number, changed: Changed): Promise<void>[] {
  const { disk, host } = session;
  const waiting = disk.urgent.size + disk.backlog.size;
  if (waiting === 0) return [];
  // Starting threads for a draft or two takes longer than judging them.
  if (waiting > WORTH_THREADS) disk.checker ??= host.checker();
  if (disk.backlog.size > WORTH_THREADS) {
    disk.progress ??= startProgress(session, () => {
      stop(session, changed);
    });
    disk.progress.report(disk.done, disk.done + waiting + disk.busy.size);
  }
  const width = disk.checker === undefined ? 1 : Math.max(1, disk.checker.width) * 2;
  const pieces: Promise<void>[] = [];
  for (let lanes = running - (disk.helping ? 1 : 0); lanes < width; lanes++) {
    const paths = nextBatch(disk, BATCH);
    if (paths.length === 0) break;
    pieces.push(checkBatch(session, paths, undefined, changed));
  }
  if (mayHelp(session, changed)) {
    const paths = nextBatch(disk, 1);
    if (paths.length > 0) pieces.push(help(session, paths, changed));
  }
  return pieces;
}

/**
 * Whether the server's own thread takes a draft off a long backlog, too: for as long as nobody is at the
 * keyboard. On two cores that nearly halves the wait for the first look at a workspace.
 */
function mayHelp(session: Session, changed: Changed): boolean {
  const { disk, host } = session;
  const isWorthIt = disk.checker?.isApart === true && disk.backlog.size > BATCH;
  if (!isWorthIt || disk.helping) return false;
  if (host.clock.now() - session.heardAt >= HANDS_OFF) return true;
  if (!disk.lookingAgain) {
    disk.lookingAgain = true;
    host.clock.after(HANDS_OFF / 4, () => {
      disk.lookingAgain = false;
      judgeWaiting(session, changed);
    });
  }
  return false;
}

/** Judges a draft on the server's own thread, and then lets messages through. */
async function help(session: Session, paths: readonly string[], changed: Changed): Promise<void> {
  const { disk, host } = session;
  disk.helping = true;
  try {
    await checkBatch(session, paths, inThread(host.clock), changed);
    await host.clock.turn();
  } finally {
    disk.helping = false;
  }
}

/** The user has cancelled: what is known stays, what changes is still read. */
function stop(session: Session, changed: Changed): void {
  const { disk } = session;
  disk.backlog.clear();
  disk.scans.clear();
  disk.walks++;
  flush(session, changed);
}

/** When nothing is left to do: tells so, lets the threads go and keeps what was found for the next start. */
function settle(session: Session, changed: Changed): void {
  const { disk } = session;
  flush(session, changed);
  // Of some, other settings hold now than when they were read.
  if (disk.urgent.size + disk.backlog.size > 0) return;
  if (mayBeTooMuch(session)) isTooMuch(session, changed);
  endProgress(session);
  if (!disk.scanning) disk.complete = true;
  changed([]);
  const { checker } = disk;
  disk.checker = undefined;
  checker?.dispose();
  // A few changes are put away with the session; writing everything for each would never end.
  if (disk.done >= WORTH_SAVING) void disk.cache?.save();
  disk.done = 0;
}

/** Judges drafts that are marked as busy, by threads unless `here` is given. */
async function checkBatch(
  session: Session,
  paths: readonly string[],
  here: Checker | undefined,
  changed: Changed,
): Promise<void> {
  const { disk, host } = session;
  const generation = disk.generation;
  let results: Map<string, Result>;
  try {
    results = await checked(session, paths, here);
  } finally {
    for (const path of paths) disk.busy.delete(path);
  }
  if (generation !== disk.generation) return;
  for (const [path, result] of results) disk.results.set(path, result);
  disk.done += paths.length;
  disk.progress?.report(disk.done, disk.done + disk.backlog.size + disk.busy.size);
  const idle = disk.urgent.size + disk.backlog.size === 0;
  if (idle || host.clock.now() - disk.flushed > GATHER) flush(session, changed);
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

/** Reads and judges drafts. */
async function checked(
  session: Session,
  paths: readonly string[],
  here: Checker | undefined,
): Promise<Map<string, Result>> {
  const { disk, host } = session;
  const results = new Map<string, Result>();
  const groups = new Map<Settings, Job[]>();
  await Promise.all(
    paths.map(async (path) => {
      results.set(path, NO_DRAFT);
      const treatment = state.treatStored(session.workspace, path);
      if (treatment === undefined) return;
      const stamp = state.stampOf(treatment);
      results.set(path, { facts: undefined, stamp });
      const uri = keyOf(path);
      const bytes = await filesFor(session, uri).read(uri);
      if (bytes === undefined) return;
      const key = disk.cache?.keyOf(bytes, stamp);
      const known = key === undefined ? undefined : disk.cache?.get(key);
      if (known !== undefined) {
        results.set(path, { facts: known, stamp });
        return;
      }
      const { settings, format, asked } = treatment;
      const jobs = groups.get(settings) ?? [];
      groups.set(settings, jobs);
      jobs.push({ path, treatment, stamp, key, draft: { path, bytes, format, asked } });
    }),
  );
  for (const [settings, jobs] of groups) {
    const limit = here === undefined ? LARGE : LARGE_WHILE_BUSY;
    const large = jobs.some(({ draft }) => draft.bytes.length > limit);
    if (large) disk.checker ??= host.checker();
    const checker = large ? disk.checker : (here ?? disk.checker ?? inThread(host.clock));
    const facts = await (checker ?? inThread(host.clock)).check({
      settings,
      drafts: jobs.map(({ draft }) => draft),
    });
    jobs.forEach(({ path, stamp, key }, index) => {
      const found: StoredFacts | undefined = facts[index];
      if (found === undefined) return;
      if (key !== undefined) disk.cache?.set(key, found);
      results.set(path, { facts: found, stamp });
    });
  }
  return results;
}

interface Job {
  readonly path: string;
  readonly treatment: Treatment;
  readonly stamp: string;
  readonly key: string | undefined;
  readonly draft: BatchDraft;
}

function flush(session: Session, changed: Changed): void {
  const { disk, host } = session;
  disk.flushed = host.clock.now();
  if (disk.results.size === 0) return;
  const drafts = new Map<string, StoredDraft | undefined>();
  for (const [path, { facts, stamp }] of disk.results) {
    const treatment = state.treatStored(session.workspace, path);
    const now = treatment && state.stampOf(treatment);
    if (now === undefined || isIdle(session)) drafts.set(path, undefined);
    else if (now === stamp) drafts.set(path, facts && { facts, stamp });
    // Other settings hold for it than when it was read.
    else disk.urgent.add(path);
  }
  disk.results.clear();
  session.workspace = state.withStored(session.workspace, drafts);
  changed([...drafts.keys()]);
  if (mayBeTooMuch(session)) isTooMuch(session, changed);
  judgeWaiting(session, changed);
}

/** Spares the counting where there is no need. */
function mayBeTooMuch({ disk, workspace, options }: Session): boolean {
  return !disk.capped && workspace.stored.size > options.mostDrafts;
}

function endProgress(session: Session): void {
  session.disk.progress?.end();
  session.disk.progress = undefined;
}
