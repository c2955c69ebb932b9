import { mostDrafts } from "../project/elsewhere.ts";
import { draftOf } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { fingerprintsOf } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import type { Session } from "./session.ts";
import { addCost } from "./shifted-findings.ts";

/* Keeps the index of passages true to the drafts, and notes which of them are to be compared again. */

/** Longest time, in milliseconds, before waiting messages are let through. */
const SLICE = 3;

/**
 * Puts a draft's words, as they are now, in the index; those it shares passages with wait to be compared.
 * Of drafts on disk that is done before the next comparison.
 */
export function updateFingerprints(session: Session, path: string): void {
  const { others, workspace, host } = session;
  if (!workspace.open.has(path)) {
    others.open.delete(path);
    others.costs.delete(path);
    others.unindexed.add(path);
    // What was found while it was open was found for its editor's text alone.
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

/** Puts in the index what has to be, and lets waiting messages through. */
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
  const after =
    document === undefined
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
  // A draft that is judged anew is compared anew, whether or not its words are others: its settings may be.
  if (document === undefined) others.waiting.add(path);
}

/** Drafts of the workspace, and texts without a place; a file from elsewhere may be a copy for its own reasons. */
function isCompared(session: Session, path: string): boolean {
  const { workspace } = session;
  return (
    workspace.folders.length === 0 ||
    path.startsWith("untitled:") ||
    state.folderOf(workspace, path) !== undefined
  );
}

/** The index must know of as many drafts with a passage as any setting asks for. */
function ensureIndexCapacity({ others }: Session, config: DraftConfig | undefined): void {
  const most = config === undefined ? 0 : mostDrafts([config.settings]);
  if (most <= others.index.maxDrafts) return;
  others.index = new RepeatIndex(most);
  for (const [path, prints] of others.prints) {
    others.index.replace(path, undefined, prints);
    others.waiting.add(path);
  }
}

/** How a draft is treated, by its open text where there is one; undefined where it is none. */
export function configFor({ workspace }: Session, path: string): DraftConfig | undefined {
  const document = workspace.open.get(path);
  return document === undefined
    ? state.configForStored(workspace, path)
    : state.configForOpen(workspace, path, document);
}
