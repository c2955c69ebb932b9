import { topicCounts } from "../engine/topics.ts";
import { draftOf } from "../project/document.ts";
import { type FolderCounts, type TopicTotals, withTopicTotals } from "../project/topic-totals.ts";
import { isUntitled } from "../project/untitled.ts";
import * as state from "../project/workspace.ts";
import { RULES } from "../rules/index.ts";
import { configFor } from "./passage-index.ts";
import type { Finding } from "../draft/finding.ts";
import type { Session } from "./session.ts";

/* What each draft contributes to the totals of its workspace folder, and what these make of findings. */

/** Counts a draft's topics again. The totals are settled with the next comparison. */
export function updateTopics(session: Session, path: string): void {
  session.others.totals.replace(path, countsOf(session, path));
}

/** Counts the topics of all drafts for the present workspace folders. */
export function updateAllTopics(session: Session): void {
  const { stored, open } = session.workspace;
  for (const path of new Set([...stored.keys(), ...open.keys()])) updateTopics(session, path);
}

/**
 * Settles the totals. Returns the drafts whose findings they change, and all open ones: what was last reported of
 * those may be of a version that is not counted yet.
 */
export function settleTopics({ others, workspace }: Session): readonly string[] {
  const affected = others.totals.settle();
  return affected.size === 0 ? [] : [...new Set([...affected, ...workspace.open.keys()])];
}

/** A draft's findings as the totals of its workspace folder have them. */
export function withFolderTopics<F extends Finding>(
  findings: readonly F[],
  totals: TopicTotals,
  workspace: state.Workspace,
  path: string,
): readonly F[] {
  const folder = countedIn(workspace, path);
  return folder === undefined ? findings : withTopicTotals(findings, totals, folder);
}

function countsOf(session: Session, path: string): FolderCounts | undefined {
  const { workspace } = session;
  if (!state.isDraftName(workspace, path)) return undefined;
  const folder = countedIn(workspace, path);
  const document = workspace.open.get(path);
  if (document === undefined) {
    const stored = workspace.stored.get(path);
    return stored && { folder, counts: stored.facts.topics };
  }
  const config = configFor(session, path);
  if (config === undefined) return undefined;
  if (folder === undefined) return { folder, counts: [] };
  const draft = draftOf(document, config.format);
  return { folder, counts: topicCounts(draft, RULES, config.settings) };
}

/** The workspace folder to whose totals a draft belongs; undefined for one that stands alone. */
function countedIn(workspace: state.Workspace, path: string): string | undefined {
  return isUntitled(path) ? undefined : state.folderOf(workspace, path);
}
