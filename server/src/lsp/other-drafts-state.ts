import type { Finding } from "../draft/finding.ts";
import type { OpenDocument } from "../project/document.ts";
import { type RecentDrafts, recentDrafts } from "../project/recent-drafts.ts";
import type { StoredDraft, DraftConfig } from "../project/workspace.ts";
import type { Fingerprints } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";

/** What drafts have of each other's words. Drafts are named by their paths. */
export interface OtherDrafts {
  index: RepeatIndex;
  /** What the index has of each draft. */
  readonly prints: Map<string, Fingerprints>;
  /** Drafts on disk whose words are to be put in the index: many come at a time. */
  readonly unindexed: Set<string>;
  /** Drafts to be compared again. */
  readonly waiting: Set<string>;
  /** What was found for open drafts, moved along with every edit since. */
  readonly open: Map<string, OpenCompared>;
  /** All findings of drafts on disk that share a passage, with the facts they were made with. */
  readonly stored: Map<
    string,
    { readonly draft: StoredDraft; readonly findings: readonly Finding[] }
  >;
  /** Drafts whose words in the index are those of an open document. */
  readonly fromEditor: Set<string>;
  /** Drafts on disk that were read again. */
  readonly texts: RecentDrafts;
  comparing: boolean;
  /** How long the last comparison of each open draft kept the thread, in milliseconds. */
  readonly costs: Map<string, number>;
}

interface OpenCompared {
  readonly findings: readonly Finding[];
  /** The settings it was compared with. */
  readonly settings: DraftConfig["settings"] | undefined;
  /** The versions of other open drafts that the findings speak of. */
  readonly partners: ReadonlyMap<string, OpenDocument | undefined>;
}

/** No findings; one object, so that they are equal by identity. */
export const NO_FINDINGS: readonly Finding[] = [];

/** So many drafts are kept while others are compared with them. */
const MAX_TEXTS = 60;

export function newOtherDrafts(): OtherDrafts {
  return {
    index: new RepeatIndex(),
    prints: new Map(),
    unindexed: new Set(),
    waiting: new Set(),
    open: new Map(),
    stored: new Map(),
    fromEditor: new Set(),
    texts: recentDrafts(MAX_TEXTS),
    comparing: false,
    costs: new Map(),
  };
}

/** What other drafts have of an open draft's words, in offsets of its present version. */
export function openElsewhere(others: OtherDrafts, path: string): readonly Finding[] {
  return others.open.get(path)?.findings ?? NO_FINDINGS;
}

/** All findings of a draft on disk. */
export function storedFindings(
  others: OtherDrafts,
  path: string,
  stored: StoredDraft,
): readonly Finding[] {
  const known = others.stored.get(path);
  return known?.draft === stored ? known.findings : stored.facts.findings;
}
