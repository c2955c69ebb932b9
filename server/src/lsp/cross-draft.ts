import { type Finding, type Fix, movedReport } from "../draft/finding.ts";
import type { OpenDocument } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { type Edit, movedSpan } from "../text/edits.ts";

/**
 * What relates an open draft to other drafts, and its own distant blocks to each other. `comparison.ts` finds it at a
 * pause, and each later edit moves it.
 */
export interface CrossDraft {
  /** What other drafts share with it. */
  readonly elsewhere: readonly Finding[];
  /** The settings it was found with; undefined if it has yet to be found. */
  readonly settings: DraftConfig["settings"] | undefined;
  /** The versions of the other open drafts that the findings refer to. */
  readonly partners: ReadonlyMap<string, OpenDocument | undefined>;
  /** What relates its own blocks; undefined if that must be found before anything is shown. */
  readonly distant: DistantFindings | undefined;
  /**
   * The stets that were unused when other drafts were last compared, at their current places. Until the next comparison
   * no other is called unused. Undefined: nothing has changed since, so each stet is judged.
   */
  readonly unusedStets: readonly Finding[] | undefined;
}

/** What rules find that relates distant blocks, before suppression. */
interface DistantFindings {
  /** In offsets of the current version. */
  readonly findings: readonly Finding[];
  /** The version it was found in. If the draft is newer, edits have moved it. */
  readonly document: OpenDocument;
  readonly config: DraftConfig;
}

/** No findings; one object, so that results can be compared by identity. */
export const NO_FINDINGS: readonly Finding[] = [];

export const NOT_COMPARED: CrossDraft = {
  elsewhere: NO_FINDINGS,
  settings: undefined,
  partners: new Map(),
  distant: undefined,
  unusedStets: NO_FINDINGS,
};

/** The same after edits, one after the other. Undefined edits: the whole text was replaced. */
export function moved(cross: CrossDraft, edits: readonly Edit[] | undefined): CrossDraft {
  return edits === undefined ? NOT_COMPARED : edits.reduce(movedBy, cross);
}

function movedBy(cross: CrossDraft, change: Edit): CrossDraft {
  const { elsewhere, settings, distant, unusedStets } = cross;
  // Fixes apply unchanged, here and in other drafts, so not if the passage has changed.
  const withoutTouched = (finding: Finding): Finding =>
    isTouched(finding, change) ? { ...finding, fixes: [] } : finding;
  return {
    ...cross,
    elsewhere: movedFindings(elsewhere.map(withoutTouched), change),
    // The edit may be undone. The fingerprints are then equal, and nothing else would compare the draft again.
    settings: elsewhere.some((finding) => isTouched(finding, change)) ? undefined : settings,
    distant: distant && {
      ...distant,
      findings: movedFindings(distant.findings.map(withoutEdits), change),
    },
    unusedStets: unusedStets && movedFindings(unusedStets, change),
  };
}

function isTouched({ start, end, fixes = [], related = [] }: Finding, change: Edit): boolean {
  const edits = fixes.flatMap((fix) => (fix.uri === undefined ? fix.edits : []));
  const places = [{ start, end }, ...edits, ...related.filter(({ uri }) => uri === undefined)];
  return places.some((span) => span.start < change.end && span.end > change.start);
}

/** The finding with its fixes in name only. Anyone who applies one asks for the current state. */
export function withoutEdits(finding: Finding): Finding {
  const fixes = finding.fixes?.map(({ title, kind }): Fix => ({
    title,
    safe: false,
    ...(kind && { kind }),
    edits: [],
  }));
  return fixes === undefined ? finding : { ...finding, fixes };
}

/** The findings at their places after a change, without those that had a place replaced. */
function movedFindings(findings: readonly Finding[], change: Edit): readonly Finding[] {
  const after = findings.flatMap((finding) => {
    const related = finding.related?.filter(({ uri }) => uri === undefined) ?? [];
    const isGone = [finding, ...related].some((span) => movedSpan(span, change) === undefined);
    return isGone ? [] : movedReport(finding, (span) => movedSpan(span, change) ?? span);
  });
  return after.length === 0 ? NO_FINDINGS : after;
}
