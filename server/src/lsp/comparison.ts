import type { Draft } from "../draft/draft.ts";
import { isSameList } from "../draft/incremental/memoize.ts";
import { topicCounts } from "../engine/topics.ts";
import { getFormat } from "../formats/registry.ts";
import { type Baseline, renamesIn } from "../project/baselines.ts";
import { draftText } from "../project/draft-text.ts";
import { toDraft, getLastChange, type OpenDocument } from "../project/document.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  findPartners,
  partnersToRead,
  withElsewhere,
} from "../project/elsewhere.ts";
import { withDigests, withoutFixes, type DigestedFinding } from "../project/facts.ts";
import { resting } from "../project/host.ts";
import { inFamilies } from "../project/in-families.ts";
import { toKey, basename, plainPath } from "../project/places.ts";
import type { FolderCounts } from "../project/topic-totals.ts";
import { isUntitled } from "../project/untitled.ts";
import {
  type DraftConfig,
  findFolder,
  isDraftName,
  type Workspace,
  baselineFor,
} from "../project/workspace.ts";
import { fingerprint } from "../repeats/fingerprints.ts";
import { RULES } from "../rules/index.ts";
import { moved, NO_FINDINGS, withDistant } from "./cross-draft.ts";
import { filesFor } from "./files.ts";
import { indexPending, updateFingerprints } from "./passage-index.ts";
import { comparedFindings, configFor, openDraft, type Session } from "./session.ts";

/*
 * Finds what relates drafts: what of a text stands in others, the totals of a workspace folder, what relates the
 * distant blocks of a long draft, and the names that drafts had when their baselines were written. All of it waits for
 * a pause; what is found in an open draft is moved by each edit until then (`CrossDraft`).
 */

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 6;

/** After the workspace folders have changed: by them drafts are named in messages, and topics are counted. */
export function requeueAll(session: Session): void {
  const { cross, drafts, workspace } = session;
  for (const path of [...drafts.keys(), ...cross.stored.keys()]) cross.waiting.add(path);
  for (const path of new Set([...workspace.stored.keys(), ...workspace.open.keys()])) {
    updateTopics(session, path);
  }
}

/** Looks again at drafts that have changed, and compares those that they concern. */
export function compareChanged(session: Session, paths: readonly string[]): void {
  for (const path of paths) {
    updateFingerprints(session, path);
    updateTopics(session, path);
  }
  scheduleComparison(session);
}

/** After an edit, which made this document: its findings are moved, and those that it touches found again. */
export function moveFindings(session: Session, path: string, document: OpenDocument): void {
  const { cross, drafts } = session;
  const draft = drafts.get(path);
  if (draft === undefined) return;
  const { elsewhere, distant } = draft.cross;
  draft.document = document;
  draft.reported = undefined;
  draft.cross = moved(draft.cross, getLastChange(document));
  // The edit may be undone: then the fingerprints are equal, and nothing else queues the comparison.
  if (draft.cross.elsewhere.length < elsewhere.length) cross.waiting.add(path);
  if (distant !== undefined) cross.moved.add(path);
}

export function forgetDraft({ cross, drafts }: Session, path: string): void {
  drafts.delete(path);
  cross.moved.delete(path);
}

/** The debounce after an edit, in milliseconds: at least, and at most where comparing takes long. */
const MIN_DELAY = 300;
const MAX_DELAY = 900;

/**
 * So long, in milliseconds, who writes without a pause waits at most: for what other drafts have of the text, and for
 * the settings, where it is a config file that is written.
 */
export const LONGEST_DELAY = 3000;

/** The debounce of an edited draft's comparison, in milliseconds. It grows with the cost of the last one. */
export function compareDelay({ drafts }: Session, path: string): number {
  const draft = drafts.get(path);
  const cost = draft?.cost ?? 0;
  if (draft !== undefined) draft.cost = 0;
  return Math.min(MAX_DELAY, Math.max(MIN_DELAY, cost * 30));
}

/** Compares the queued drafts as a job, and dispatches which have other findings. */
export function scheduleComparison(session: Session): void {
  const { cross, queue } = session;
  if (cross.comparing || !(cross.hasWork || mayBeRenamed(session))) return;
  cross.comparing = true;
  queue.add({
    kind: "compare",
    name: "compare",
    run: async () => {
      try {
        await compareAll(session);
      } finally {
        cross.comparing = false;
        const isUrgent = cross.unindexed.size + cross.moved.size > 0;
        if (isUrgent || isDiskIdle(session)) scheduleComparison(session);
      }
    },
  });
}

/** Whether no backlog is left to read: each draft that is read would make comparisons out of date. */
function isDiskIdle({ disk }: Session): boolean {
  return disk.backlog.size === 0 && !disk.scanning;
}

async function compareAll(session: Session): Promise<void> {
  const { cross, host, store } = session;
  await indexPending(session);
  let changed: string[] = [];
  const tell = (): void => {
    store.dispatch({ type: "drafts-compared", paths: changed });
    changed = [];
  };
  const rest = resting(host.clock, SLICE, () => {
    if (changed.length > 0) tell();
  });
  for (const path of [...cross.moved]) {
    cross.moved.delete(path);
    findDistant(session, path);
    changed.push(path);
    await rest();
  }
  // While drafts are being read, totals would pass a limit and fall below it again.
  if (isDiskIdle(session)) changed.push(...settleTopics(session));
  let isOutdated = false;
  for (const path of inFamilies(cross.waiting, (one) => cross.index.comparedWith(one))) {
    if (cross.unindexed.size > 0) await indexPending(session);
    if (!isDiskIdle(session)) break;
    cross.waiting.delete(path);
    const since = host.clock.now();
    if (await compare(session, path)) {
      changed.push(path);
      isOutdated = true;
    }
    addCost(session, path, since);
    await rest();
  }
  cross.texts.clear();
  if (isDiskIdle(session) && (isOutdated || mayBeRenamed(session))) {
    changed.push(...(await settleRenames(session)));
  }
  tell();
}

/** Adds the time since `since`, in milliseconds of the host's clock, to the cost of an open draft. */
function addCost({ drafts, host }: Session, path: string, since: number): void {
  const draft = drafts.get(path);
  if (draft !== undefined) draft.cost += host.clock.now() - since;
}

/** Checks the distant blocks of a long draft again after edits. */
function findDistant(session: Session, path: string): void {
  const since = session.host.clock.now();
  const draft = openDraft(session, path);
  if (draft === undefined) return;
  const { document, config } = draft;
  draft.cross = withDistant(draft.cross, toDraft(document, config.format), config, true);
  addCost(session, path, since);
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
    if (!session.workspace.open.has(one)) texts.set(one, await read(session, one));
  }
  // No await from here on, so that everything read is of one state.
  const { open } = session.workspace;
  const isStale =
    open.has(path) !== wasOpen ||
    configFor(session, path)?.settings !== config?.settings ||
    partners.some((one) => !open.has(one) && !texts.has(one)) ||
    (!wasOpen && session.workspace.stored.get(path) !== stored);
  if (isStale) {
    // While they were read, the settings or the draft changed, or one was opened or closed.
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
  if (stored === undefined || config === undefined || text === undefined || shared.length === 0) {
    return cross.stored.delete(path);
  }
  const previous = comparedFindings(session, path, stored);
  const result = elsewhereResult(text, config.settings, shared.map(withoutFixes));
  const added = withDigests(text, result.added);
  const findings = withElsewhere(stored.facts.findings, { ...result, added });
  cross.stored.set(path, { draft: stored, findings });
  return JSON.stringify(previous) !== JSON.stringify(findings);
}

/**
 * Whether another draft is unchanged since a fix for it was computed: an edit for another text would
 * damage it, and a draft on disk has no version.
 */
export async function isUnchanged(session: Session, path: string, other: string): Promise<boolean> {
  const { open, stored } = session.workspace;
  const compared = openDraft(session, path)?.cross;
  if (compared?.settings === undefined) return false;
  if (compared.partners.get(other) !== open.get(other)) return false;
  if (open.has(other)) return true;
  const facts = stored.get(other)?.facts;
  session.cross.texts.delete(other);
  const draft = await read(session, other);
  if (draft === undefined || facts === undefined) return false;
  return fingerprint(draft).content === facts.prints.content;
}

/** A draft that seems to share a passage with another. */
interface SimilarDraft {
  readonly name: string;
  readonly draft: Draft;
  readonly settings: DraftConfig["settings"];
}

/** The drafts that seem to share a passage with one, as they are now, the likeliest first; each read when it is asked for. */
export async function* similarDrafts(
  session: Session,
  path: string,
): AsyncGenerator<SimilarDraft, void> {
  const config = configFor(session, path);
  const setting = config && elsewhereSetting(config.settings);
  if (setting === undefined) return;
  for (const other of findPartners(path, session.cross.index, setting)) {
    const draft = presentDraft(session, other) ?? (await read(session, other));
    const settings = configFor(session, other)?.settings;
    if (draft !== undefined && settings !== undefined) {
      yield { name: nameIn(session, other), draft, settings };
    }
  }
}

function presentDraft(session: Session, path: string): Draft | undefined {
  const draft = openDraft(session, path);
  return draft && toDraft(draft.document, draft.config.format);
}

/** Reads a draft on disk again; undefined where it is no draft any more. */
async function read(session: Session, path: string): Promise<Draft | undefined> {
  const { texts } = session.cross;
  const known = texts.get(path);
  if (known !== undefined) return known.draft;
  const config = configFor(session, path);
  const uri = toKey(path);
  const bytes = config && (await filesFor(session, uri).read(uri));
  const found = bytes && draftText(bytes, { path, ...config });
  if (config === undefined || found === undefined || "no" in found) return undefined;
  const draft = getFormat(config.format).parse(found.text);
  texts.set(path, draft);
  return draft;
}

/** A draft's name in messages: its path in the workspace folder. */
function nameIn({ workspace }: Session, path: string): string {
  const folder = findFolder(workspace, path);
  return plainPath(folder === undefined ? basename(path) : path.slice(folder.length + 1));
}

/** Counts a draft's topics again. The totals are settled with the next comparison. */
export function updateTopics(session: Session, path: string): void {
  session.cross.totals.replace(path, getTopics(session, path));
}

/** Settles the totals. Returns the drafts whose findings they change and all open ones, whose last report may be older. */
export function settleTopics({ cross, workspace }: Session): readonly string[] {
  const affected = cross.totals.settle();
  return affected.size === 0 ? [] : [...new Set([...affected, ...workspace.open.keys()])];
}

function getTopics(session: Session, path: string): FolderCounts | undefined {
  const { workspace } = session;
  if (!isDraftName(workspace, path)) return undefined;
  const folder = countedIn(workspace, path);
  if (!workspace.open.has(path)) {
    const stored = workspace.stored.get(path);
    return stored && { folder, counts: stored.facts.topics };
  }
  const draft = openDraft(session, path);
  if (draft === undefined) return undefined;
  if (folder === undefined) return { folder, counts: [] };
  const { document, config } = draft;
  return {
    folder,
    counts: topicCounts(toDraft(document, config.format), RULES, config.settings),
  };
}

/** The workspace folder to whose totals a draft belongs; undefined for one that stands alone. */
export function countedIn(workspace: Workspace, path: string): string | undefined {
  return isUntitled(path) ? undefined : findFolder(workspace, path);
}

/** Whether drafts or baselines changed since renames were last looked for. */
function mayBeRenamed(session: Session): boolean {
  const { cross, workspace } = session;
  const hasNames = workspace.baselines.size + cross.renames.size > 0;
  return hasNames && !isSameList(renameInputs(session), cross.renamedIn);
}

function renameInputs({ workspace, options }: Session): readonly unknown[] {
  return [workspace.stored, workspace.baselines, workspace.folders, options];
}

/** Looks for drafts on disk that were renamed since their baselines were written. Returns those whose name changed. */
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

/** The drafts on disk under each baseline, with all their findings. */
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

/** The findings of a draft on disk. If it is open, those shared with other drafts are of the open text. */
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
