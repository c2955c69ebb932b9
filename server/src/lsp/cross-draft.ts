import type { Finding, Fix } from "../draft/finding.ts";
import { movedReport } from "../draft/shift.ts";
import type { OpenDocument } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { type Edit, movedSpan } from "../text/edits.ts";

/**
 * What relates an open draft to other drafts, and its own blocks that are far apart: found at a pause, and moved by
 * each edit since. `comparison.ts` finds it.
 */
export interface CrossDraft {
  /** What other drafts have of it. */
  readonly elsewhere: readonly Finding[];
  /** The settings by which that was found; undefined where it has to be found. */
  readonly settings: DraftConfig["settings"] | undefined;
  /** The versions of the other open drafts that the findings refer to. */
  readonly partners: ReadonlyMap<string, OpenDocument | undefined>;
  /** What relates its own blocks; undefined where it has to be found before anything is shown. */
  readonly distant: DistantFindings | undefined;
}

/** What the rules find that relate blocks far apart, before suppression. */
interface DistantFindings {
  /** In offsets of the present version. */
  readonly findings: readonly Finding[];
  /** What they were found in; edits since have moved them where the draft is another. */
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
};

/** The same after edits, one after the other; undefined: the whole text was replaced. */
export function moved(cross: CrossDraft, edits: readonly Edit[] | undefined): CrossDraft {
  return edits === undefined ? NOT_COMPARED : edits.reduce(movedBy, cross);
}

function movedBy(cross: CrossDraft, change: Edit): CrossDraft {
  const { elsewhere, settings, distant } = cross;
  // Fixes are made as they are, here and in other drafts: not where the passage is another by now.
  const withoutTouched = (finding: Finding): Finding =>
    isTouched(finding, change) ? { ...finding, fixes: [] } : finding;
  return {
    ...cross,
    elsewhere: movedFindings(elsewhere.map(withoutTouched), change),
    // The edit may be undone: then the fingerprints are equal, and nothing else has the draft compared.
    settings: elsewhere.some((finding) => isTouched(finding, change)) ? undefined : settings,
    distant: distant && {
      ...distant,
      findings: movedFindings(distant.findings.map(withoutEdits), change),
    },
  };
}

function isTouched({ start, end, fixes = [], related = [] }: Finding, change: Edit): boolean {
  const edits = fixes.flatMap((fix) => (fix.uri === undefined ? fix.edits : []));
  const places = [{ start, end }, ...edits, ...related.filter(({ uri }) => uri === undefined)];
  return places.some((span) => span.start < change.end && span.end > change.start);
}

/** Who makes a fix asks for what holds now. */
function withoutEdits(finding: Finding): Finding {
  const fixes = finding.fixes?.map(({ title, kind }): Fix => ({
    title,
    safe: false,
    ...(kind && { kind }),
    edits: [],
  }));
  return fixes === undefined ? finding : { ...finding, fixes };
}

/** The findings where they are after a change, without those of which it replaces a place. */
function movedFindings(findings: readonly Finding[], change: Edit): readonly Finding[] {
  const after = findings.flatMap((finding) => {
    const related = finding.related?.filter(({ uri }) => uri === undefined) ?? [];
    const isGone = [finding, ...related].some((span) => movedSpan(span, change) === undefined);
    return isGone ? [] : movedReport(finding, (span) => movedSpan(span, change) ?? span);
  });
  return after.length === 0 ? NO_FINDINGS : after;
}
