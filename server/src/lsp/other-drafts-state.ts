import type { Finding } from "../draft/finding.ts";
import type { DistantFindings } from "../engine/lint.ts";
import type { OpenDocument } from "../project/document.ts";
import type { DigestedFinding } from "../project/facts.ts";
import { type RecentDrafts, recentDrafts } from "../project/recent-drafts.ts";
import { newTopicTotals, type TopicTotals } from "../project/topic-totals.ts";
import type { StoredDraft, DraftConfig } from "../project/workspace.ts";
import type { Fingerprints } from "../repeats/fingerprints.ts";
import { MOST_COMPARED, RepeatIndex } from "../repeats/index.ts";

/** The state of comparing drafts with each other. Drafts are named by their paths. */
export interface OtherDrafts {
  index: RepeatIndex;
  /** The fingerprints of each draft in the index. */
  readonly prints: Map<string, Fingerprints>;
  /** What the drafts of each workspace folder have in common, by which some findings are hints. */
  readonly totals: TopicTotals;
  /** The names that drafts had when their baselines were written, by the paths that they have now. */
  renames: ReadonlyMap<string, string>;
  /** What they were found in: what is here changed if one of these is another. */
  renamedIn: readonly unknown[];
  /** Drafts on disk that are not in the index yet, or in another version. */
  readonly unindexed: Set<string>;
  /** Drafts to be compared again. */
  readonly waiting: Set<string>;
  /** The results for open drafts, shifted by every edit since. */
  readonly open: Map<string, OpenCompared>;
  /** What relates distant blocks of long open drafts, shifted in the same way. */
  readonly within: Map<string, OpenWithin>;
  /** Of which of them it was shifted since the last pause. */
  readonly shifted: Set<string>;
  /** All findings of drafts on disk that share a passage, with the version they were computed from. */
  readonly stored: Map<
    string,
    { readonly draft: StoredDraft; readonly findings: readonly DigestedFinding[] }
  >;
  /** Drafts whose fingerprints in the index are those of an open document. */
  readonly fromEditor: Set<string>;
  /** A cache of drafts on disk that were read again. */
  readonly texts: RecentDrafts;
  comparing: boolean;
  /** How long the last comparison of each open draft took on the main thread, in milliseconds. */
  readonly costs: Map<string, number>;
}

interface OpenCompared {
  readonly findings: readonly Finding[];
  /** The settings it was compared with. */
  readonly settings: DraftConfig["settings"] | undefined;
  /** The versions of the other open drafts that the findings refer to. */
  readonly partners: ReadonlyMap<string, OpenDocument | undefined>;
}

/** For a version of an open draft. */
export interface OpenWithin extends DistantFindings {
  readonly document: OpenDocument;
  readonly config: DraftConfig;
}

/** No findings; one object, so that results can be compared by identity. */
export const NO_FINDINGS: readonly Finding[] = [];

/** Drafts in the cache while others are compared with them: as many as one may be compared with, and itself. */
const MAX_TEXTS = MOST_COMPARED + 1;

export function newOtherDrafts(): OtherDrafts {
  return {
    index: new RepeatIndex(),
    prints: new Map(),
    totals: newTopicTotals(),
    renames: new Map(),
    renamedIn: [],
    unindexed: new Set(),
    waiting: new Set(),
    open: new Map(),
    within: new Map(),
    shifted: new Set(),
    stored: new Map(),
    fromEditor: new Set(),
    texts: recentDrafts(MAX_TEXTS),
    comparing: false,
    costs: new Map(),
  };
}

/** Whether every draft was compared with the others. */
export function isCompared(others: OtherDrafts): boolean {
  const { waiting, unindexed, shifted, totals, comparing } = others;
  return waiting.size + unindexed.size + shifted.size === 0 && !totals.isPending && !comparing;
}

/** The findings of an open draft's comparison with others, in offsets of its present version. */
export function openElsewhere(others: OtherDrafts, path: string): readonly Finding[] {
  return others.open.get(path)?.findings ?? NO_FINDINGS;
}

/** All findings of a draft on disk. */
export function storedFindings(
  others: OtherDrafts,
  path: string,
  stored: StoredDraft,
): readonly DigestedFinding[] {
  const known = others.stored.get(path);
  return known?.draft === stored ? known.findings : stored.facts.findings;
}
