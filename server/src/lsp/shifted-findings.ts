import type { Finding } from "../draft/finding.ts";
import { shiftedReport } from "../draft/shift.ts";
import { lastChangeOf, type OpenDocument } from "../project/document.ts";
import type { Edit } from "../text/edits.ts";
import { NO_FINDINGS } from "./other-drafts-state.ts";
import type { Session } from "./session.ts";

/* Shifts the findings of an open draft's comparison by its edits, until it is compared again. */

/** Shifts the findings of an open draft's comparison; those that the edit touches are dropped, and it is compared again. */
export function shiftFindings(session: Session, path: string, after: OpenDocument): void {
  const known = session.others.open.get(path);
  if (known === undefined) return;
  const change = lastChangeOf(after);
  const findings =
    change === undefined
      ? NO_FINDINGS
      : known.findings.flatMap((finding) => shiftedFinding(finding, change));
  // The edit may be undone: then the fingerprints are equal, and nothing else queues the comparison.
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

/** The debounce after an edit, in milliseconds: at least, and at most where comparing takes long. */
const MIN_DELAY = 300;
const MAX_DELAY = 900;

/**
 * So long, in milliseconds, who writes without a pause waits at most: for what other drafts have of the text, and for
 * the settings, where it is a config file that is written.
 */
export const LONGEST_DELAY = 3000;

/** The debounce of an edited draft's comparison, in milliseconds. It grows with the cost of the last one. */
export function compareDelay(session: Session, path: string): number {
  const cost = session.others.costs.get(path) ?? 0;
  session.others.costs.delete(path);
  return Math.min(MAX_DELAY, Math.max(MIN_DELAY, cost * 30));
}

/** Adds the time since `since`, in milliseconds of the host's clock, to the cost of an open draft. */
export function addCost(session: Session, path: string, since: number): void {
  const { costs } = session.others;
  costs.set(path, (costs.get(path) ?? 0) + session.host.clock.now() - since);
}
