import type { Finding } from "../draft/finding.ts";
import { shiftedReport } from "../draft/shift.ts";
import { lastChangeOf, type OpenDocument } from "../project/document.ts";
import type { Edit } from "../text/edits.ts";
import { NO_FINDINGS } from "./other-drafts-state.ts";
import type { Session } from "./session.ts";

/*
 * What a comparison has found for an open draft follows its edits, until it is compared again.
 */

/** Moves what was found for an open draft along with an edit; what the edit touches is looked for again. */
export function shiftFindings(session: Session, path: string, after: OpenDocument): void {
  const known = session.others.open.get(path);
  if (known === undefined) return;
  const change = lastChangeOf(after);
  const findings =
    change === undefined
      ? NO_FINDINGS
      : known.findings.flatMap((finding) => shiftedFinding(finding, change));
  // Its words may be the same in the end, and what was dropped is told by nothing else.
  if (findings.length < known.findings.length) session.others.waiting.add(path);
  session.others.open.set(path, {
    ...known,
    findings: findings.length === 0 ? NO_FINDINGS : findings,
  });
}

function shiftedFinding(finding: Finding, change: Edit): Finding[] {
  const edits = finding.fixes?.flatMap((fix) => (fix.uri === undefined ? fix.edits : [])) ?? [];
  const start = Math.min(finding.start, ...edits.map((edit) => edit.start));
  const end = Math.max(finding.end, ...edits.map((edit) => edit.end));
  if (change.start >= end) return [finding];
  if (change.end > start) return [];
  const by = change.newText.length - (change.end - change.start);
  return [{ ...shiftedReport(finding, by), rule: finding.rule, severity: finding.severity }];
}

/** Milliseconds after an edit until other drafts follow, and the most where comparing takes long. */
const MIN_DELAY = 300;
const MAX_DELAY = 900;

/** How long to wait before an edited draft is compared: the dearer it is, the rarer it is done. */
export function compareDelay(session: Session, path: string): number {
  const cost = session.others.costs.get(path) ?? 0;
  session.others.costs.delete(path);
  return Math.min(MAX_DELAY, Math.max(MIN_DELAY, cost * 30));
}

/** Notes how long the thread was kept for an open draft, from `since` on. */
export function addCost(session: Session, path: string, since: number): void {
  const { costs } = session.others;
  costs.set(path, (costs.get(path) ?? 0) + session.host.clock.now() - since);
}
