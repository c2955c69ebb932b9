import type { Finding } from "../draft/finding.ts";
import type { DistantFindings } from "../engine/lint.ts";
import { nameIn } from "../project/baselines.ts";
import { type DigestedFinding, withDigests } from "../project/facts.ts";
import { nameOf, parentOf } from "../project/places.ts";
import { canHoldDrafts, isConfig, isDraftName, isExtended, uriOf } from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { distantFindings } from "./distant-findings.ts";
import { type OtherDraft, judge, type Judgement } from "./judgement.ts";
import {
  baselineLayer,
  behindLayers,
  heldBackLayer,
  type Layer,
  layerResults,
  type LayerResult,
  totalsLayer,
} from "./layers.ts";
import { openElsewhere, type OtherDrafts, storedFindings } from "./other-drafts-state.ts";
import { appliedBaseline, draftConfigOf, isSameConfig, isServed } from "./state.ts";
import type { Store } from "./store.ts";
import { configReport, draftReport, type FileReport, reportOf } from "./to-protocol.ts";

/** Findings and reports of the present state. Those of an open draft are cached until it changes. */
export interface Judgements {
  /**
   * The judgement of an open document's present version, with what is held back; undefined where it is no draft.
   * For who asks what is wrong with a draft, and may change it.
   */
  of(path: string): Judgement | undefined;
  /** The same with the findings that are shown. */
  shown(path: string): Judgement | undefined;
  /**
   * Both for what an editor shows by itself, and asks for again after a pause: until then repeats in a long draft are
   * those that an earlier version had, moved, and have no fixes.
   */
  whileTyping(path: string): { readonly all: Judgement; readonly shown: Judgement } | undefined;
  /**
   * The findings that were shown of an open document before an edit. Undefined where its present version was not
   * looked at while a paragraph of it is held back: then those count that `HeldBack.shown` has.
   */
  shownBeforeEdit(path: string): readonly Finding[] | undefined;
  /** Whether an open document's last report differs from what is shown of it now. */
  isOutdated(path: string): boolean;
  /** What is shown of a draft that is not open; undefined where it is none. */
  ofStored(path: string): readonly Finding[] | undefined;
  /** The diagnostics of any file; undefined where it has no report. */
  report(path: string): FileReport | undefined;
  /** Another draft, by its path; undefined where it does not exist. */
  readonly other: (path: string) => OtherDraft | undefined;
  forget(path: string): void;
}

interface CacheEntry {
  /** With the findings in front of all layers. */
  readonly judgement: Judgement;
  readonly elsewhere: readonly Finding[];
  readonly distant: DistantFindings | undefined;
  /** What the layers gave when they were last asked. */
  layered: Layered | undefined;
  report: { readonly of: Judgement; readonly report: FileReport } | undefined;
  /** The id of the last report of this version that was asked for. */
  reported: string | undefined;
}

interface Layered {
  readonly results: readonly LayerResult<Finding>[];
  /** With all that is found, as the totals and the baseline have it. */
  readonly all: Judgement;
  readonly shown: Judgement;
}

export function newJudgements(store: Store, others: OtherDrafts): Judgements {
  const cache = new Map<string, CacheEntry>();

  const entryOf = (path: string, mustBeCurrent = false): CacheEntry | undefined => {
    const { workspace } = store.state;
    const document = workspace.open.get(path);
    const config = draftConfigOf(workspace, path);
    if (document === undefined || config === undefined) {
      cache.delete(path);
      return undefined;
    }
    const elsewhere = openElsewhere(others, path);
    const distant = distantFindings(others, path, document, config, mustBeCurrent);
    const last = cache.get(path);
    const isPresent = last?.judgement.document === document;
    const isSame = last?.elsewhere === elsewhere && last.distant === distant;
    if (isPresent && isSame && isSameConfig(last.judgement.config, config)) return last;
    const entry: CacheEntry = {
      judgement: judge(document, config, elsewhere, distant),
      elsewhere,
      distant,
      layered: undefined,
      report: undefined,
      reported: isPresent ? last.reported : undefined,
    };
    cache.set(path, entry);
    return entry;
  };

  const baseline = <F extends Finding>(
    path: string,
    digested: (findings: readonly F[]) => readonly (F & DigestedFinding)[],
  ): Layer<F> => {
    const applied = appliedBaseline(store.state, path);
    const name = others.renames.get(path) ?? (applied && nameIn(applied.baseline, path));
    return baselineLayer(applied, name ?? path, digested);
  };

  /** What the layers make of the findings. The last one holds back, and only what is shown is behind it. */
  const layeredOf = (path: string, entry: CacheEntry): Layered => {
    const { workspace, heldBack } = store.state;
    const { judgement, layered: last } = entry;
    const { draft, findings } = judgement;
    const layers: readonly Layer<Finding>[] = [
      totalsLayer(others.totals, workspace, path),
      baseline(path, (found) => withDigests(draft, found)),
      heldBackLayer(heldBack?.path === path ? heldBack : undefined, draft),
    ];
    const results = layerResults(findings, layers, last?.results);
    if (last !== undefined && results === last.results) return last;
    const after = (index: number): readonly Finding[] => results.at(index)?.after ?? findings;
    entry.layered = {
      results,
      all: withFindings(judgement, after(-2), last?.all),
      shown: withFindings(judgement, after(-1), last?.shown),
    };
    return entry.layered;
  };

  const layered = (path: string, mustBeCurrent: boolean): Layered | undefined => {
    const entry = entryOf(path, mustBeCurrent);
    return entry && layeredOf(path, entry);
  };

  const other = (path: string): OtherDraft | undefined => {
    const { workspace } = store.state;
    const document = workspace.open.get(path);
    const lines = document?.lines ?? workspace.stored.get(path)?.facts.lines;
    if (lines === undefined) return undefined;
    return { uri: uriOf(workspace, path), lines, version: document?.version ?? null };
  };

  const openReport = (path: string): FileReport | undefined => {
    const { workspace, client } = store.state;
    const document = workspace.open.get(path);
    if (document === undefined) return undefined;
    const { uri, version, lines } = document;
    if (isConfig(workspace, path) && isServed(workspace, uri)) {
      const node = workspace.tree.nodes.get(path);
      return node && configReport(uri, version, node);
    }
    const entry = entryOf(path);
    if (entry === undefined) return reportOf(uri, version, []);
    const { shown } = layeredOf(path, entry);
    if (entry.report?.of !== shown) {
      const report = draftReport({ uri, version, lines }, shown.findings, other, client.display);
      entry.report = { of: shown, report };
    }
    return entry.report.report;
  };

  const ofStored = (path: string): readonly Finding[] | undefined => {
    const { workspace } = store.state;
    const stored = workspace.stored.get(path);
    if (stored === undefined || !isDraftName(workspace, path)) return undefined;
    return behindLayers(storedFindings(others, path, stored), [
      totalsLayer(others.totals, workspace, path),
      baseline(path, (found: readonly DigestedFinding[]) => found),
    ]);
  };

  const storedReport = (path: string): FileReport | undefined => {
    const { workspace, client } = store.state;
    const stored = workspace.stored.get(path);
    const findings = ofStored(path);
    if (stored === undefined || findings === undefined) return undefined;
    const place = { uri: uriOf(workspace, path), version: null, lines: stored.facts.lines };
    return draftReport(place, findings, other, client.display);
  };

  const storedConfigReport = (path: string): FileReport | undefined => {
    const { workspace, options } = store.state;
    // Like drafts, config files outside the workspace folders are not reported.
    const isThere = canHoldDrafts(workspace, parentOf(path)) || isExtended(workspace, path);
    const isChecked = options.checksWorkspace && isThere;
    const files = nameOf(path) === BASELINE_NAME ? workspace.baselines : workspace.tree.nodes;
    const node = isChecked ? files.get(path) : undefined;
    const found = node && configReport(uriOf(workspace, path), null, node);
    // A config file without problems has no report.
    return found?.items.length === 0 ? undefined : found;
  };

  const reportOfAny = (path: string): FileReport | undefined => {
    const { workspace, options } = store.state;
    if (nameOf(path) === BASELINE_NAME) return storedConfigReport(path);
    if (workspace.open.has(path)) {
      const isDraft = entryOf(path) !== undefined || isConfig(workspace, path);
      return isDraft || !options.checksWorkspace ? openReport(path) : undefined;
    }
    return isConfig(workspace, path) ? storedConfigReport(path) : storedReport(path);
  };

  return {
    of: (path) => layered(path, true)?.all,
    shown: (path) => layered(path, true)?.shown,
    whileTyping: (path) => layered(path, false),
    ofStored,
    report: (path) => {
      const report = reportOfAny(path);
      const entry = cache.get(path);
      if (entry !== undefined) entry.reported = report?.resultId;
      return report;
    },
    shownBeforeEdit: (path) => {
      const before = cache.get(path);
      if (before === undefined) return [];
      const { workspace, heldBack } = store.state;
      const isPresent = before.judgement.document === workspace.open.get(path);
      if (!isPresent && heldBack?.path === path) return undefined;
      // What was compared meanwhile was not shown yet.
      const entry = isPresent ? before : entryOf(path);
      return entry && layeredOf(path, entry).shown.findings;
    },
    isOutdated: (path) => {
      const before = cache.get(path);
      // A version that nobody has looked at yet is still going to be reported.
      if (before?.judgement.document !== store.state.workspace.open.get(path)) return false;
      const last = before?.reported;
      return last !== undefined && last !== openReport(path)?.resultId;
    },
    other,
    forget: (path) => {
      cache.delete(path);
    },
  };
}

/** The judgement with other findings; the last one where it has them. */
function withFindings(
  judgement: Judgement,
  findings: readonly Finding[],
  last: Judgement | undefined,
): Judgement {
  if (findings === judgement.findings) return judgement;
  return findings === last?.findings ? last : { ...judgement, findings };
}
