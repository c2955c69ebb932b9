import type { Draft } from "../draft/draft.ts";
import { formatOf } from "../formats/registry.ts";
import { draftOf } from "../project/document.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  partnersOf,
  partnersToRead,
  withElsewhere,
} from "../project/elsewhere.ts";
import { withDigests, withoutFixes } from "../project/facts.ts";
import { inFamilies } from "../project/in-families.ts";
import { keyOf, nameOf, plainPath } from "../project/places.ts";
import type { DraftConfig } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { fingerprintsOf } from "../repeats/fingerprints.ts";
import { distantFindings } from "./distant-findings.ts";
import { settleTopics, updateAllTopics } from "./folder-topics.ts";
import { NO_FINDINGS, storedFindings } from "./other-drafts-state.ts";
import { indexPending, configFor } from "./passage-index.ts";
import { settleRenames } from "./renames.ts";
import { readText } from "./files.ts";
import type { Session } from "./session.ts";
import { addCost } from "./shifted-findings.ts";

export { updateTopics } from "./folder-topics.ts";
export { updateFingerprints } from "./passage-index.ts";
export { forgetShifted, shiftFindings, compareDelay, LONGEST_DELAY } from "./shifted-findings.ts";

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 6;

/** Queues all drafts for comparison: their names in messages change with the workspace folders. */
export function requeueAll(session: Session): void {
  const { others } = session;
  for (const path of [...others.open.keys(), ...others.stored.keys()]) others.waiting.add(path);
  updateAllTopics(session);
}

/** Compares the queued drafts as a job; `done` is called with those whose findings changed. */
export function scheduleComparison(
  session: Session,
  done: (paths: readonly string[]) => void,
): void {
  const { others } = session;
  if (others.comparing || !hasWork(session)) return;
  others.comparing = true;
  session.queue.add({
    kind: "compare",
    name: "compare",
    run: async () => {
      try {
        await compareAll(session, done);
      } finally {
        others.comparing = false;
        if (
          others.unindexed.size + others.shifted.size > 0 ||
          (isDiskIdle(session) && hasWork(session))
        ) {
          scheduleComparison(session, done);
        }
      }
    },
  });
}

function hasWork({ others: { waiting, unindexed, shifted, totals } }: Session): boolean {
  return waiting.size + unindexed.size + shifted.size > 0 || totals.isPending;
}

/** Whether no backlog is left to read: each draft that is read would make comparisons out of date. */
function isDiskIdle(session: Session): boolean {
  return session.disk.backlog.size === 0 && !session.disk.scanning;
}

async function compareAll(
  session: Session,
  done: (paths: readonly string[]) => void,
): Promise<void> {
  const { others, host } = session;
  await indexPending(session);
  let changed = settleShifted(session);
  let isOutdated = false;
  // While drafts are read the totals would pass a limit and fall below it again.
  if (isDiskIdle(session)) changed.push(...settleTopics(session));
  let start = host.clock.now();
  const ordered = inFamilies(others.waiting, (path) => others.index.comparedWith(path));
  for (const path of ordered) {
    if (others.unindexed.size > 0) await indexPending(session);
    if (!isDiskIdle(session)) break;
    others.waiting.delete(path);
    const before = host.clock.now();
    if (await compare(session, path)) {
      changed.push(path);
      isOutdated = true;
    }
    if (session.workspace.open.has(path)) addCost(session, path, before);
    if (host.clock.now() - start > SLICE) {
      if (changed.length > 0) done(changed);
      changed = [];
      await host.clock.turn();
      start = host.clock.now();
    }
  }
  others.texts.clear();
  if (isDiskIdle(session)) changed.push(...(await settleRenames(session, isOutdated)));
  done(changed);
}

/** Finds anew what relates the passages of long drafts that were edited; returns their paths. */
function settleShifted(session: Session): string[] {
  const { others, host, workspace } = session;
  const paths = [...others.shifted];
  others.shifted.clear();
  for (const path of paths) {
    const document = workspace.open.get(path);
    const config = configFor(session, path);
    if (document === undefined || config === undefined) continue;
    const before = host.clock.now();
    distantFindings(others, path, document, config, true);
    addCost(session, path, before);
  }
  return paths;
}

/** Compares one draft with the others. Returns whether its findings changed. */
async function compare(session: Session, path: string): Promise<boolean> {
  const { others } = session;
  const stored = session.workspace.stored.get(path);
  const wasOpen = session.workspace.open.has(path);
  const config = configFor(session, path);
  const setting = config && elsewhereSetting(config.settings);
  const partners = setting === undefined ? [] : partnersToRead(path, others.index, setting);
  // Held here, because the cache may drop a draft while the next is read.
  const texts = new Map<string, Draft | undefined>();
  const wanted = partners.length === 0 ? [] : [path, ...partners];
  for (const one of wanted) {
    if (!session.workspace.open.has(one)) texts.set(one, await read(session, one));
  }
  // No await from here on, so that everything read is of one state.
  const { open } = session.workspace;
  const isStale =
    wanted.length > 0 &&
    (open.has(path) !== wasOpen ||
      configFor(session, path)?.settings !== config?.settings ||
      partners.some((one) => !open.has(one) && !texts.has(one)));
  if (isStale) {
    // While they were read, the settings changed, or a draft was opened or closed.
    others.waiting.add(path);
    return false;
  }
  const draftNow = (one: string): Draft | undefined => openDraft(session, one) ?? texts.get(one);
  const found =
    setting === undefined || partners.length === 0
      ? NO_FINDINGS
      : elsewhereFindings(path, others.index, draftNow, setting, (one) => nameIn(session, one));
  if (open.has(path)) {
    const before = others.open.get(path)?.findings ?? NO_FINDINGS;
    const same = JSON.stringify(before) === JSON.stringify(found);
    others.open.set(path, {
      findings: same ? before : found,
      settings: config?.settings,
      partners: new Map(partners.map((one) => [one, open.get(one)])),
    });
    return !same;
  }
  if (session.workspace.stored.get(path) !== stored) {
    others.waiting.add(path);
    return false;
  }
  const draft = draftNow(path);
  const before = stored && storedFindings(others, path, stored);
  if (stored === undefined || config === undefined || draft === undefined || found.length === 0) {
    return others.stored.delete(path);
  }
  const result = elsewhereResult(draft, config.settings, found.map(withoutFixes));
  const added = withDigests(draft, result.added);
  const findings = withElsewhere(stored.facts.findings, { ...result, added });
  others.stored.set(path, { draft: stored, findings });
  return JSON.stringify(before) !== JSON.stringify(findings);
}

/**
 * Whether another draft is unchanged since a fix for it was computed: an edit for another text would
 * damage it, and a draft on disk has no version.
 */
export async function isUnchanged(session: Session, path: string, other: string): Promise<boolean> {
  const { open, stored } = session.workspace;
  const compared = session.others.open.get(path)?.partners;
  if (compared === undefined || compared.get(other) !== open.get(other)) return false;
  if (open.has(other)) return true;
  const facts = stored.get(other)?.facts;
  session.others.texts.delete(other);
  const draft = await read(session, other);
  if (draft === undefined || facts === undefined) return false;
  return fingerprintsOf(draft).content === facts.prints.content;
}

/** A draft that seems to share a passage with another. */
export interface SimilarDraft {
  /** Its name in messages. */
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
  for (const other of partnersOf(path, session.others.index, setting)) {
    const draft = openDraft(session, other) ?? (await read(session, other));
    const settings = configFor(session, other)?.settings;
    if (draft !== undefined && settings !== undefined) {
      yield { name: nameIn(session, other), draft, settings };
    }
  }
}

function openDraft(session: Session, path: string): Draft | undefined {
  const document = session.workspace.open.get(path);
  const config = document && configFor(session, path);
  return document && config && draftOf(document, config.format);
}

/** Reads a draft on disk again; undefined where it is no draft any more. */
async function read(session: Session, path: string): Promise<Draft | undefined> {
  const { texts } = session.others;
  const known = texts.get(path);
  if (known !== undefined) return known.draft;
  const config = configFor(session, path);
  const text = config && (await readText(session, keyOf(path)));
  if (config === undefined || text === undefined) return undefined;
  const draft = formatOf(config.format).parse(text);
  texts.set(path, draft);
  return draft;
}

/** A draft's name in messages: its path in the workspace folder. */
function nameIn(session: Session, path: string): string {
  const folder = state.folderOf(session.workspace, path);
  const name = folder === undefined ? nameOf(path) : path.slice(folder.length + 1);
  return plainPath(name);
}
