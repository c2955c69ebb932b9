import type { Finding } from "../draft/finding.ts";
import { shownFindings } from "../project/baselines.ts";
import { nameOf, parentOf } from "../project/places.ts";
import { canHoldDrafts, isConfig, isExtended, uriOf } from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import type { OtherDraft } from "./actions/judged-draft.ts";
import { configReport, draftReport, type FileReport, reportOf } from "./file-report.ts";
import { judge, type Judgement } from "./judge.ts";
import { openElsewhere, type OtherDrafts, storedFindings } from "./other-drafts-state.ts";
import { draftConfigOf, isSameBaseline, isSameConfig, isServed, appliedBaseline } from "./state.ts";
import type { Store } from "./store.ts";

/** Findings and reports of the present state. Those of an open draft are cached until it changes. */
export interface Judgements {
  /** The judgement of an open document's present version; undefined where it is no draft. */
  of(path: string): Judgement | undefined;
  /** The diagnostics of any file; undefined where it has no report. */
  report(path: string): FileReport | undefined;
  /** Another draft, by its path; undefined where it does not exist. */
  readonly other: (path: string) => OtherDraft | undefined;
  forget(path: string): void;
}

interface CacheEntry {
  readonly judgement: Judgement;
  readonly elsewhere: readonly Finding[];
  report: FileReport | undefined;
}

export function newJudgements(store: Store, others: OtherDrafts): Judgements {
  const cache = new Map<string, CacheEntry>();

  const entryOf = (path: string): CacheEntry | undefined => {
    const { workspace } = store.state;
    const document = workspace.open.get(path);
    const config = draftConfigOf(workspace, path);
    if (document === undefined || config === undefined) {
      cache.delete(path);
      return undefined;
    }
    const elsewhere = openElsewhere(others, path);
    const baseline = appliedBaseline(store.state, path);
    const before = cache.get(path);
    if (
      before?.judgement.document === document &&
      isSameConfig(before.judgement.config, config) &&
      isSameBaseline(before.judgement.baseline, baseline) &&
      before.elsewhere === elsewhere
    ) {
      return before;
    }
    const judgement = judge(document, config, elsewhere, baseline);
    const entry = { judgement, elsewhere, report: undefined };
    cache.set(path, entry);
    return entry;
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
    entry.report ??= draftReport(
      { uri, version, lines },
      entry.judgement.findings,
      other,
      client.display,
    );
    return entry.report;
  };

  const storedReport = (path: string): FileReport | undefined => {
    const { workspace, client } = store.state;
    const stored = workspace.stored.get(path);
    if (stored === undefined) return undefined;
    const place = { uri: uriOf(workspace, path), version: null, lines: stored.facts.lines };
    const findings = storedFindings(others, path, stored);
    const baseline = appliedBaseline(store.state, path);
    const shown = baseline === undefined ? findings : shownFindings(findings, baseline);
    return draftReport(place, shown, other, client.display);
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

  return {
    of: (path) => entryOf(path)?.judgement,
    report: (path) => {
      const { workspace, options } = store.state;
      if (nameOf(path) === BASELINE_NAME) return storedConfigReport(path);
      if (workspace.open.has(path)) {
        const isDraft = entryOf(path) !== undefined || isConfig(workspace, path);
        return isDraft || !options.checksWorkspace ? openReport(path) : undefined;
      }
      return isConfig(workspace, path) ? storedConfigReport(path) : storedReport(path);
    },
    other,
    forget: (path) => {
      cache.delete(path);
    },
  };
}
