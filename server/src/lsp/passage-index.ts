import { highestMaxDrafts } from "../project/elsewhere.ts";
import { draftOf } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { fingerprintsOf } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import type { Session } from "./session.ts";
import { addCost } from "./shifted-findings.ts";

/* Updates the index of passages, and queues the drafts that have to be compared again. */

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 3;

/**
 * Updates a draft's fingerprints in the index and queues the drafts that share passages with it. A draft on
 * disk is only marked; its fingerprints are updated before the next comparison.
 */
export function updateFingerprints(session: Session, path: string): void {
  const { others, workspace, host } = session;
  if (!workspace.open.has(path)) {
    others.open.delete(path);
    others.costs.delete(path);
    others.unindexed.add(path);
    // The result was for the open document's text.
    if (others.fromEditor.delete(path)) others.waiting.add(path);
    return;
  }
  others.unindexed.delete(path);
  if (!others.fromEditor.has(path)) others.waiting.add(path);
  others.fromEditor.add(path);
  const start = host.clock.now();
  replaceFingerprints(session, path);
  addCost(session, path, start);
}

/** Updates the fingerprints of the marked drafts, yielding to waiting messages. */
export async function indexPending(session: Session): Promise<void> {
  const { others, host } = session;
  let start = host.clock.now();
  for (const path of others.unindexed) {
    others.unindexed.delete(path);
    replaceFingerprints(session, path);
    if (host.clock.now() - start <= SLICE) continue;
    await host.clock.turn();
    start = host.clock.now();
  }
}

function replaceFingerprints(session: Session, path: string): void {
  const { others, workspace } = session;
  const document = workspace.open.get(path);
  const config = configFor(session, path);
  ensureIndexCapacity(session, config);
  others.texts.delete(path);
  const after = !state.isDraftName(workspace, path)
    ? undefined
    : document === undefined
      ? workspace.stored.get(path)?.facts.prints
      : config !== undefined && isCompared(session, path)
        ? fingerprintsOf(draftOf(document, config.format))
        : undefined;
  if (after === undefined) others.stored.delete(path);
  const compared = others.open.get(path);
  if (compared !== undefined && compared.settings !== config?.settings) others.waiting.add(path);
  const before = others.prints.get(path);
  if (before === after) return;
  for (const one of others.index.replace(path, before, after)) others.waiting.add(one);
  if (after === undefined) others.prints.delete(path);
  else others.prints.set(path, after);
  // Even with equal fingerprints its settings may have changed.
  if (document === undefined) others.waiting.add(path);
}

/** Whether an open draft is compared. Files outside the workspace are not: they may be deliberate copies. */
function isCompared(session: Session, path: string): boolean {
  const { workspace } = session;
  return (
    workspace.folders.length === 0 ||
    path.startsWith("untitled:") ||
    state.folderOf(workspace, path) !== undefined
  );
}

/** Rebuilds the index if a setting allows more drafts with one passage than it records. */
function ensureIndexCapacity({ others }: Session, config: DraftConfig | undefined): void {
  const most = config === undefined ? 0 : highestMaxDrafts([config.settings]);
  if (most <= others.index.maxDrafts) return;
  others.index = new RepeatIndex(most);
  for (const [path, prints] of others.prints) {
    others.index.replace(path, undefined, prints);
    others.waiting.add(path);
  }
}

/** The settings and format of a draft, open or on disk; undefined where it is no draft. */
export function configFor({ workspace }: Session, path: string): DraftConfig | undefined {
  const document = workspace.open.get(path);
  return document === undefined
    ? state.configForStored(workspace, path)
    : state.configForOpen(workspace, path, document);
}
