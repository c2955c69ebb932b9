import type { Draft } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { type DistantFindings, lintDistant } from "../engine/lint.ts";
import type { OpenDocument } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { wordCount } from "../repeats/sequence.ts";
import { RULES } from "../rules/index.ts";
import type { Edit } from "../text/edits.ts";
import { movedReport } from "../draft/shift.ts";
import { shifted, type Span } from "../text/span.ts";
import { isSameConfig } from "./state.ts";

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
  /** Of a long draft; undefined for another, and where it has to be found. */
  readonly distant: (DistantFindings & { readonly config: DraftConfig }) | undefined;
}

/** No findings; one object, so that results can be compared by identity. */
export const NO_FINDINGS: readonly Finding[] = [];

export const NOT_COMPARED: CrossDraft = {
  elsewhere: NO_FINDINGS,
  settings: undefined,
  partners: new Map(),
  distant: undefined,
};

/** What relates distant blocks of a draft of more words is found at a pause; up to here it takes a third of a millisecond. */
export const LONG_DRAFT = 10_000;

/** With what relates distant blocks, where the draft is long: of this version if it must be, or if nothing is known. */
export function withDistant(
  cross: CrossDraft,
  draft: Draft,
  config: DraftConfig,
  mustBeCurrent: boolean,
): CrossDraft {
  const { distant } = cross;
  if (wordCount(draft) <= LONG_DRAFT) {
    return distant === undefined ? cross : { ...cross, distant: undefined };
  }
  const isKnown = distant !== undefined && isSameConfig(distant.config, config);
  if (isKnown && (distant.isCurrent || !mustBeCurrent)) return cross;
  const findings = lintDistant(draft, RULES, config.settings);
  return { ...cross, distant: { config, findings, isCurrent: true } };
}

/** The same after an edit, without the findings that it touches; undefined: the whole text was replaced. */
export function moved(cross: CrossDraft, change: Edit | undefined): CrossDraft {
  const { distant } = cross;
  const elsewhere = movedFindings(cross.elsewhere, change);
  // The edit may be undone: then the fingerprints are equal, and nothing else has the draft compared.
  const isWhole = elsewhere.length === cross.elsewhere.length;
  return {
    ...cross,
    elsewhere,
    settings: isWhole ? cross.settings : undefined,
    distant: distant &&
      change && {
        ...distant,
        findings: movedFindings(distant.findings.map(withoutEdits), change),
        isCurrent: false,
      },
  };
}

function movedFindings(findings: readonly Finding[], change: Edit | undefined): readonly Finding[] {
  const after =
    change === undefined ? [] : findings.flatMap((finding) => movedFinding(finding, change));
  return after.length === 0 ? NO_FINDINGS : after;
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
function movedFinding(finding: Finding, change: Edit): Finding[] {
  const { fixes = [], related = [] } = finding;
  const edits = fixes.flatMap((fix) => (fix.uri === undefined ? fix.edits : []));
  const places = [finding, ...edits, ...related.filter(({ uri }) => uri === undefined)];
  const isBehind = ({ start }: Span): boolean => start >= change.end;
  if (places.some((span) => !isBehind(span) && span.end > change.start)) return [];
  if (!places.some(isBehind)) return [finding];
  const by = change.newText.length - (change.end - change.start);
  const move = <S extends Span>(span: S): S => (isBehind(span) ? shifted(span, by) : span);
  return [movedReport(finding, move)];
}
