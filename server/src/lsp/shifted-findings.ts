import type { Finding, Fix } from "../draft/finding.ts";
import { lastChangeOf, type OpenDocument } from "../project/document.ts";
import type { Edit } from "../text/edits.ts";
import { shifted, type Span } from "../text/span.ts";
import { NO_FINDINGS } from "./other-drafts-state.ts";
import type { Session } from "./session.ts";

/* Shifts what relates an open draft's passages to others by its edits, until they are compared again. */

/** Shifts such findings in an open draft; those that the edit touches are dropped, and it is compared again. */
export function shiftFindings(session: Session, path: string, after: OpenDocument): void {
  shiftWithin(session, path, after);
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

/** The same for what relates its own passages. */
function shiftWithin({ others }: Session, path: string, after: OpenDocument): void {
  const known = others.within.get(path);
  if (known === undefined) return;
  const change = lastChangeOf(after);
  others.shifted.add(path);
  if (change === undefined) {
    others.within.delete(path);
    return;
  }
  const findings = known.findings.flatMap((finding) =>
    shiftedFinding(withoutEdits(finding), change),
  );
  others.within.set(path, { ...known, document: after, findings, isCurrent: false });
}

/** Forgets what relates a closed draft's own passages. */
export function forgetShifted({ others }: Session, path: string): void {
  others.within.delete(path);
  others.shifted.delete(path);
}

/** Who makes a fix asks for what holds now. */
function withoutEdits(finding: Finding): Finding {
  if (finding.fixes?.some(({ lazy }) => lazy) !== true) return finding;
  const fixes = finding.fixes.map(({ title, kind }): Fix => ({
    title,
    safe: false,
    ...(kind && { kind }),
    edits: [],
  }));
  return { ...finding, fixes };
}

/** A finding where it is after a change; none where that touches one of its places in the draft. */
function shiftedFinding(finding: Finding, change: Edit): Finding[] {
  const { fixes = [], related = [] } = finding;
  const edits = fixes.flatMap((fix) => (fix.uri === undefined ? fix.edits : []));
  const places = [finding, ...edits, ...related.filter(({ uri }) => uri === undefined)];
  const isBehind = ({ start }: Span): boolean => start >= change.end;
  if (places.some((span) => !isBehind(span) && span.end > change.start)) return [];
  if (!places.some(isBehind)) return [finding];
  const by = change.newText.length - (change.end - change.start);
  const move = <S extends Span>(span: S): S => (isBehind(span) ? shifted(span, by) : span);
  return [
    {
      ...move(finding),
      ...(finding.related && {
        related: related.map((place) => (place.uri === undefined ? move(place) : place)),
      }),
      ...(finding.fixes && {
        fixes: fixes.map((fix) =>
          fix.uri === undefined ? { ...fix, edits: fix.edits.map(move) } : fix,
        ),
      }),
    },
  ];
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
