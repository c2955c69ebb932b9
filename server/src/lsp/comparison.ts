import type { Draft } from "../draft/draft.ts";
import { isSameList } from "../draft/incremental/memoize.ts";
import { findTopics } from "../engine/topics.ts";
import { type Baseline, renamesIn } from "../project/baselines.ts";
import { toDraft } from "../project/document.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  highestMaxDrafts,
  inFamilies,
  partnersToRead,
  withElsewhere,
} from "../project/elsewhere.ts";
import { withDigests, type DigestedFinding } from "../project/facts.ts";
import { resting } from "../project/host.ts";
import { toKey } from "../project/places.ts";
import type { FolderTopics } from "../project/topic-totals.ts";
import { isSnippet } from "../project/snippets.ts";
import { isUntitled } from "../project/untitled.ts";
import { type DraftConfig, findFolder, isDraftName, baselineFor } from "../project/workspace.ts";
import { type Fingerprints, fingerprint } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import { RULES } from "../rules/index.ts";
import { NO_FINDINGS, type OpenDraft, withoutEdits } from "./linted.ts";
import { filesFor } from "./files.ts";
import {
  comparedFindings,
  configFor,
  findDistant,
  lintedNow,
  nameIn,
  openDraft,
  presentDraft,
  readAgain,
} from "./open-drafts.ts";
import type { Session } from "./session.ts";

/*
 * The owner of everything that relates drafts: the index of passages and which drafts share them, the totals of a
 * workspace folder, findings that relate distant blocks of a draft, and the names that drafts had when their baselines
 * were written. All of it waits for a pause. Until then, each edit moves the findings of an open draft (`CrossDraft`).
 */

/** The longest time, in milliseconds, before yielding to waiting messages: while comparing, and while indexing. */
const SLICE = 6;
const INDEX_SLICE = 3;

/**
 * The milliseconds without an edit that count as a pause, for a draft of this many UTF-16 units. The work at a pause
 * takes 60 ms in 100,000 words. Somebody who types three letters a second would feel it.
 */
export function pauseIn(length: number): number {
  return Math.min(900, Math.max(300, Math.round(length / 700)));
}

/**
 * The longest wait, in milliseconds, for someone who writes without a pause: until other drafts are compared, or, in a
 * config file, until its settings apply.
 */
export const LONGEST_DELAY = 3000;

/** After a change of workspace folders: messages name drafts by them, and topics are counted in them. */
export function requeueAll(session: Session): void {
  const { cross, drafts, workspace } = session;
  for (const path of [...drafts.keys(), ...cross.stored.keys()]) cross.waiting.add(path);
  for (const path of new Set([...workspace.stored.keys(), ...workspace.open.keys()])) {
    cross.totals.replace(path, getTopics(session, path));
  }
}

/** Checks again the drafts that have changed, and compares the drafts that they concern. */
export function compareChanged(session: Session, paths: readonly string[]): void {
  const { cross } = session;
  for (const path of paths) {
    cross.unindexed.add(path);
    cross.totals.replace(path, getTopics(session, path));
  }
  scheduleComparison(session);
}

/** Whether there is anything to find at a pause. */
export function hasWork({ cross, drafts }: Session): boolean {
  const { waiting, unindexed, totals } = cross;
  const isAny = waiting.size + unindexed.size > 0 || totals.isPending;
  return isAny || [...drafts.values()].some(isUnsettled);
}

/** Whether an open draft has changed since it was compared with others, and there was a pause. */
function isUnsettled({ document, indexed, cross }: OpenDraft): boolean {
  return indexed === document && cross.unusedStets !== undefined;
}

/** Compares the queued drafts as a job, and dispatches those whose findings changed. */
export function scheduleComparison(session: Session): void {
  const { cross, queue } = session;
  if (cross.comparing || !(hasWork(session) || mayBeRenamed(session))) return;
  cross.comparing = true;
  queue.add({
    kind: "compare",
    name: "compare",
    run: async () => {
      try {
        await compareAll(session);
      } finally {
        cross.comparing = false;
        if (cross.unindexed.size > 0 || isDiskIdle(session)) scheduleComparison(session);
      }
    },
  });
}

/** Whether there is no backlog left to read. Each further draft would make comparisons out of date. */
function isDiskIdle({ disk }: Session): boolean {
  return disk.backlog.size === 0 && !disk.scanning;
}

async function compareAll(session: Session): Promise<void> {
  const { cross, drafts, host, store } = session;
  await indexPending(session);
  let changed: string[] = [];
  const tell = (): void => {
    store.dispatch({ type: "drafts-compared", paths: changed });
    changed = [];
  };
  const rest = resting(host.clock, SLICE, () => {
    if (changed.length > 0) tell();
  });
  let isOutdated = false;
  for (const path of drafts.keys()) {
    const draft = openDraft(session, path);
    if (draft === undefined || !isUnsettled(draft)) continue;
    // First what others have of it, which its stets may be for.
    if (isDiskIdle(session) && cross.waiting.delete(path) && (await compare(session, path))) {
      changed.push(path);
      isOutdated = true;
    }
    if (settleOpen(session, path)) changed.push(path);
    await rest();
  }
  // While drafts are being read, totals would rise above a limit and fall below it again.
  if (isDiskIdle(session)) changed.push(...settleTopics(session));
  for (const path of inFamilies(cross.waiting, (one) => cross.index.comparedWith(one))) {
    if (cross.unindexed.size > 0) await indexPending(session);
    if (!isDiskIdle(session)) break;
    cross.waiting.delete(path);
    if (await compare(session, path)) {
      changed.push(path);
      isOutdated = true;
    }
    await rest();
  }
  cross.texts.clear();
  if (isDiskIdle(session) && (isOutdated || mayBeRenamed(session))) {
    changed.push(...(await settleRenames(session)));
  }
  tell();
}

/** Finds what is not known of an open draft, unless it was edited meanwhile. Returns whether anything may be new. */
function settleOpen(session: Session, path: string): boolean {
  const draft = openDraft(session, path);
  if (draft === undefined || draft.indexed !== draft.document) return false;
  const isFound = draft.cross.distant !== undefined && findDistant(draft);
  if (draft.cross.unusedStets === undefined || session.cross.waiting.has(path)) return isFound;
  draft.cross = { ...draft.cross, unusedStets: undefined };
  // An edit that comes before anybody asks moves what is found now.
  lintedNow(session, path);
  return true;
}

/** Updates the fingerprints of the marked drafts, yielding to waiting messages. */
async function indexPending(session: Session): Promise<void> {
  const { cross, host } = session;
  const rest = resting(host.clock, INDEX_SLICE);
  for (const path of cross.unindexed) {
    cross.unindexed.delete(path);
    replaceFingerprints(session, path);
    await rest();
  }
}

function replaceFingerprints(session: Session, path: string): void {
  const { cross, workspace } = session;
  ensureIndexCapacity(session, configFor(session, path));
  cross.texts.delete(path);
  const prints = fingerprintsFor(session, path);
  if (prints === undefined) cross.stored.delete(path);
  const open = openDraft(session, path);
  if (open !== undefined) {
    open.indexed = open.document;
    if (open.cross.settings !== open.config.settings) cross.waiting.add(path);
  }
  if (cross.index.getPrints(path) === prints) return;
  for (const one of cross.index.replace(path, prints)) cross.waiting.add(one);
  // Its settings may have changed even if its fingerprints are equal.
  if (!workspace.open.has(path)) cross.waiting.add(path);
}

/** The current fingerprints of a draft; undefined if it is not compared with others. */
function fingerprintsFor(session: Session, path: string): Fingerprints | undefined {
  const { workspace } = session;
  if (isSnippet(path) || !isDraftName(workspace, path)) return undefined;
  if (!workspace.open.has(path)) return workspace.stored.get(path)?.facts.prints;
  const draft = openDraft(session, path);
  // Files outside the workspace are not compared: they may be deliberate copies.
  const isOutside = draft?.folder === undefined && !isUntitled(path);
  if (draft === undefined || (isOutside && workspace.folders.length > 0)) return undefined;
  return fingerprint(toDraft(draft.document, draft.config.format));
}

/** Rebuilds the index if a setting allows more drafts with one passage than it records. */
function ensureIndexCapacity({ cross }: Session, config: DraftConfig | undefined): void {
  const most = config === undefined ? 0 : highestMaxDrafts([config.settings]);
  if (most <= cross.index.maxDrafts) return;
  const drafts = cross.index.getDrafts();
  cross.index = new RepeatIndex(most);
  for (const [path, prints] of drafts) {
    cross.index.add(path, prints);
    cross.waiting.add(path);
  }
}

/** Compares one draft with the others. Returns whether its findings changed. */
async function compare(session: Session, path: string): Promise<boolean> {
  const { cross } = session;
  const stored = session.workspace.stored.get(path);
  const wasOpen = session.workspace.open.has(path);
  const config = configFor(session, path);
  const setting = config && elsewhereSetting(config.settings);
  const partners = setting === undefined ? [] : partnersToRead(path, cross.index, setting);
  // Held here, because the cache may drop a draft while the next is read.
  const texts = new Map<string, Draft | undefined>();
  for (const one of partners.length === 0 ? [] : [path, ...partners]) {
    if (!session.workspace.open.has(one)) texts.set(one, await readAgain(session, one));
  }
  // No await below this line, so that everything read is from one state.
  const { open } = session.workspace;
  const isStale =
    open.has(path) !== wasOpen ||
    configFor(session, path)?.settings !== config?.settings ||
    partners.some((one) => !open.has(one) && !texts.has(one)) ||
    (!wasOpen && session.workspace.stored.get(path) !== stored);
  if (isStale) {
    // While the drafts were read, the settings or the draft changed, or a draft was opened or closed.
    cross.waiting.add(path);
    return false;
  }
  const draftNow = (one: string): Draft | undefined => presentDraft(session, one) ?? texts.get(one);
  const shared =
    setting === undefined || partners.length === 0
      ? NO_FINDINGS
      : elsewhereFindings(path, cross.index, draftNow, setting, (one) => nameIn(session, one));
  const draft = openDraft(session, path);
  if (draft !== undefined) {
    const previous = draft.cross.elsewhere;
    const isSame = JSON.stringify(previous) === JSON.stringify(shared);
    draft.cross = {
      ...draft.cross,
      elsewhere: isSame ? previous : shared,
      settings: draft.config.settings,
      partners: new Map(partners.map((one) => [one, open.get(one)])),
    };
    return !isSame;
  }
  const text = draftNow(path);
  if (stored === undefined || config === undefined) return cross.stored.delete(path);
  const previous = comparedFindings(session, path, stored);
  let { findings } = stored.facts;
  if (text !== undefined && shared.length > 0) {
    const result = elsewhereResult(text, config.settings, shared.map(withoutEdits));
    findings = withElsewhere(findings, { ...result, added: withDigests(text, result.added) });
  }
  cross.stored.set(path, { draft: stored, findings });
  return previous !== findings && JSON.stringify(previous) !== JSON.stringify(findings);
}

/** Settles the totals. Returns the drafts whose findings change, and all open ones, whose last report may be older. */
function settleTopics({ cross, workspace }: Session): readonly string[] {
  const affected = cross.totals.settle();
  return affected.size === 0 ? [] : [...new Set([...affected, ...workspace.open.keys()])];
}

function getTopics(session: Session, path: string): FolderTopics | undefined {
  const { workspace } = session;
  if (!isDraftName(workspace, path)) return undefined;
  if (!workspace.open.has(path)) {
    const stored = workspace.stored.get(path);
    return stored && { folder: findFolder(workspace, path), topics: stored.facts.topics };
  }
  const draft = openDraft(session, path);
  if (draft === undefined) return undefined;
  const { document, config, folder } = draft;
  if (folder === undefined) return { folder, topics: [] };
  return { folder, topics: findTopics(toDraft(document, config.format), RULES, config.settings) };
}

/** Whether drafts or baselines changed since the last search for renames. */
function mayBeRenamed(session: Session): boolean {
  const { cross, workspace } = session;
  const hasNames = workspace.baselines.size + cross.renames.size > 0;
  return hasNames && !isSameList(renameInputs(session), cross.renamedIn);
}

function renameInputs({ workspace, options }: Session): readonly unknown[] {
  return [workspace.stored, workspace.baselines, workspace.folders, options];
}

/** Finds drafts on disk that were renamed since their baselines were written. Returns those whose name changed. */
async function settleRenames(session: Session): Promise<string[]> {
  const { cross, workspace, options } = session;
  cross.renamedIn = renameInputs(session);
  const previous = cross.renames;
  const renames = new Map<string, string>();
  const isAsked = workspace.baselines.size > 0 && options.checksWorkspace;
  for (const [baseline, drafts] of isAsked ? draftsByBaseline(session) : []) {
    const files = filesFor(session, toKey(baseline.path));
    for (const [path, name] of await renamesIn(baseline, drafts, files)) renames.set(path, name);
  }
  cross.renames = renames;
  const paths = new Set([...previous.keys(), ...renames.keys()]);
  return [...paths].filter((path) => previous.get(path) !== renames.get(path));
}

/** The drafts on disk listed by each baseline, with all their findings. */
function draftsByBaseline(
  session: Session,
): Map<Baseline, Map<string, readonly DigestedFinding[]>> {
  const { workspace } = session;
  const byBaseline = new Map<Baseline, Map<string, readonly DigestedFinding[]>>();
  for (const path of workspace.stored.keys()) {
    const baseline = isDraftName(workspace, path) ? baselineFor(workspace, path) : undefined;
    if (baseline === undefined) continue;
    const drafts = byBaseline.get(baseline) ?? new Map<string, readonly DigestedFinding[]>();
    byBaseline.set(baseline, drafts.set(path, allFindings(session, path)));
  }
  return byBaseline;
}

/** The findings of a draft on disk. If it is open, those shared with other drafts are from the open text. */
function allFindings(session: Session, path: string): readonly DigestedFinding[] {
  const { workspace } = session;
  const stored = workspace.stored.get(path);
  if (stored === undefined) return [];
  if (!workspace.open.has(path)) return comparedFindings(session, path, stored);
  const open = openDraft(session, path);
  if (open === undefined || open.cross.elsewhere.length === 0) return stored.facts.findings;
  const draft = toDraft(open.document, open.config.format);
  return [...stored.facts.findings, ...withDigests(draft, open.cross.elsewhere)];
}
