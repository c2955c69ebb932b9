import type { Finding } from "../draft/finding.ts";
import { toDraft } from "../project/document.ts";
import { shownFindings } from "../project/baselines.ts";
import { basename, dirname } from "../project/places.ts";
import { withTopicTotals } from "../project/topic-totals.ts";
import { canHoldDrafts, isConfig, isDraftName, isExtended, toUri } from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { countedIn } from "./comparison.ts";
import { withDistant } from "./cross-draft.ts";
import type { Judged, OtherDraft, ShownDraft } from "./judgement.ts";
import { comparedFindings, openDraft, type Session } from "./session.ts";
import { appliedBaseline, isServed } from "./state.ts";
import { configReport, draftReport, type FileReport, reportOf } from "./to-protocol.ts";

/* Findings and reports of the present state. Those of an open draft are kept until it changes. */

/**
 * The findings of an open document's present version; undefined where it is no draft. For who asks what is wrong with
 * a draft, and may change it.
 */
export function judgedNow(session: Session, path: string): Judged | undefined {
  return judged(session, path, true);
}

/**
 * The same for what an editor shows by itself, and asks for again after a pause: until then repeats in a long draft
 * are those that an earlier version had, moved, and have no fixes.
 */
export function judgedWhileTyping(session: Session, path: string): Judged | undefined {
  return judged(session, path, false);
}

function judged(session: Session, path: string, mustBeCurrent: boolean): Judged | undefined {
  const draft = openDraft(session, path);
  if (draft === undefined) return undefined;
  const { workspace, cross, store } = session;
  const { document, config } = draft;
  draft.cross = withDistant(draft.cross, toDraft(document, config.format), config, mustBeCurrent);
  const { heldBack } = store.state;
  draft.judged = draft.judge({
    document,
    config,
    cross: draft.cross,
    totals: cross.totals,
    folder: countedIn(workspace, path),
    baseline: appliedBaseline(store.state, path, cross.renames),
    heldBack: heldBack?.path === path ? heldBack : undefined,
    confirmed: draft.confirmed,
  });
  return draft.judged;
}

/**
 * The findings that were shown of an open document before an edit. Undefined where its present version was not
 * looked at while a paragraph of it is held back: then those count that `HeldBack.shown` has.
 */
export function shownBeforeEdit(session: Session, path: string): readonly Finding[] | undefined {
  const last = session.drafts.get(path)?.judged?.shown;
  if (last === undefined) return [];
  // What was compared meanwhile was not shown yet.
  if (last.document === session.workspace.open.get(path)) return last.findings;
  if (session.store.state.heldBack?.path === path) return undefined;
  return judgedWhileTyping(session, path)?.shown.findings;
}

/** Whether an open document's last report differs from what is shown of it now. */
export function isOutdated(session: Session, path: string): boolean {
  // A version that nobody has looked at yet is still going to be reported.
  const last = openDraft(session, path)?.reported;
  return last !== undefined && last !== openReport(session, path)?.resultId;
}

/** A draft that is not open, with what is shown of it; undefined where it is none. */
export function storedDraft(session: Session, path: string): ShownDraft | undefined {
  const { workspace, cross, store } = session;
  const stored = workspace.stored.get(path);
  if (stored === undefined || !isDraftName(workspace, path)) return undefined;
  const found = comparedFindings(session, path, stored);
  const folder = countedIn(workspace, path);
  const graded = folder === undefined ? found : withTopicTotals(found, cross.totals, folder);
  const baseline = appliedBaseline(store.state, path, cross.renames);
  const findings = baseline === undefined ? graded : shownFindings(graded, baseline);
  return { uri: toUri(workspace, path), version: null, lines: stored.facts.lines, findings };
}

/** Another draft, by its path; undefined where it does not exist. */
export function otherDraft({ workspace }: Session, path: string): OtherDraft | undefined {
  const document = workspace.open.get(path);
  const lines = document?.lines ?? workspace.stored.get(path)?.facts.lines;
  if (lines === undefined) return undefined;
  return { uri: toUri(workspace, path), lines, version: document?.version ?? null };
}

/** The diagnostics of any file; undefined where it has no report. */
export function reportFor(session: Session, path: string): FileReport | undefined {
  const { workspace, options, drafts } = session;
  const isRules = isConfig(workspace, path);
  if (basename(path) === BASELINE_NAME || (isRules && !workspace.open.has(path))) {
    return storedConfigReport(session, path);
  }
  if (!workspace.open.has(path)) {
    const stored = storedDraft(session, path);
    return stored && reportOn(session, stored);
  }
  const isReported = !options.checksWorkspace || isRules;
  if (!isReported && openDraft(session, path) === undefined) return undefined;
  const report = openReport(session, path);
  const draft = drafts.get(path);
  if (draft !== undefined) draft.reported = report?.resultId;
  return report;
}

function reportOn(session: Session, draft: ShownDraft): FileReport {
  return draftReport(draft, (name) => otherDraft(session, name), session.client.display);
}

function openReport(session: Session, path: string): FileReport | undefined {
  const { workspace } = session;
  const document = workspace.open.get(path);
  if (document === undefined) return undefined;
  const { uri, version } = document;
  if (isConfig(workspace, path) && isServed(workspace, uri)) {
    const node = workspace.tree.nodes.get(path);
    return node && configReport(uri, version, node);
  }
  const shown = judgedWhileTyping(session, path)?.shown;
  const report = shown && openDraft(session, path)?.report([shown], () => reportOn(session, shown));
  return report ?? reportOf(uri, version, []);
}

function storedConfigReport({ workspace, options }: Session, path: string): FileReport | undefined {
  // Like drafts, config files outside the workspace folders are not reported.
  const isThere = canHoldDrafts(workspace, dirname(path)) || isExtended(workspace, path);
  const isChecked = options.checksWorkspace && isThere;
  const files = basename(path) === BASELINE_NAME ? workspace.baselines : workspace.tree.nodes;
  const node = isChecked ? files.get(path) : undefined;
  const found = node && configReport(toUri(workspace, path), null, node);
  // A config file without problems has no report.
  return found?.items.length === 0 ? undefined : found;
}
