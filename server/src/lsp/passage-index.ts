import { toDraft } from "../project/document.ts";
import { highestMaxDrafts } from "../project/elsewhere.ts";
import { resting } from "../project/host.ts";
import { type DraftConfig, findFolder, isDraftName, type Workspace } from "../project/workspace.ts";
import { type Fingerprints, fingerprint } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import { configFor, openDraft, type Session } from "./session.ts";

/* Updates the index of passages, and queues the drafts that have to be compared again. */

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 3;

/**
 * Updates a draft's fingerprints in the index and queues the drafts that share passages with it. A draft on
 * disk is only marked; its fingerprints are updated before the next comparison.
 */
export function updateFingerprints(session: Session, path: string): void {
  const { cross, drafts, workspace, host } = session;
  if (!workspace.open.has(path)) {
    drafts.delete(path);
    cross.unindexed.add(path);
    return;
  }
  cross.unindexed.delete(path);
  const start = host.clock.now();
  replaceFingerprints(session, path);
  const draft = drafts.get(path);
  if (draft !== undefined) draft.cost += host.clock.now() - start;
}

/** Updates the fingerprints of the marked drafts, yielding to waiting messages. */
export async function indexPending(session: Session): Promise<void> {
  const { cross, host } = session;
  const rest = resting(host.clock, SLICE);
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
  if (open !== undefined && open.cross.settings !== open.config.settings) cross.waiting.add(path);
  if (cross.index.getPrints(path) === prints) return;
  for (const one of cross.index.replace(path, prints)) cross.waiting.add(one);
  // Even with equal fingerprints its settings may have changed.
  if (!workspace.open.has(path)) cross.waiting.add(path);
}

/** The present fingerprints of a draft; undefined for one that is not compared with others. */
function fingerprintsFor(session: Session, path: string): Fingerprints | undefined {
  const { workspace } = session;
  if (!isDraftName(workspace, path)) return undefined;
  if (!workspace.open.has(path)) return workspace.stored.get(path)?.facts.prints;
  const draft = openDraft(session, path);
  if (draft === undefined || !isCompared(workspace, path)) return undefined;
  return fingerprint(toDraft(draft.document, draft.config.format));
}

/** Whether an open draft is compared. Files outside the workspace are not: they may be deliberate copies. */
function isCompared(workspace: Workspace, path: string): boolean {
  return (
    workspace.folders.length === 0 ||
    path.startsWith("untitled:") ||
    findFolder(workspace, path) !== undefined
  );
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
