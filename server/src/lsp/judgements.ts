import type { Finding } from "../draft/finding.ts";
import { type AppliedBaseline, shownFindings } from "../project/baselines.ts";
import { withDigests } from "../project/facts.ts";
import { nameOf, parentOf } from "../project/places.ts";
import {
  canHoldDrafts,
  folderOf,
  isConfig,
  isDraftName,
  isExtended,
  uriOf,
} from "../project/workspace.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import type { OtherDraft } from "./actions/judged-draft.ts";
import { configReport, draftReport, type FileReport, reportOf } from "./file-report.ts";
import { withFolderTopics } from "./folder-topics.ts";
import { type HeldBack, withoutHeldBack } from "./held-back.ts";
import { judge, type Judgement } from "./judge.ts";
import { openElsewhere, type OtherDrafts, storedFindings } from "./other-drafts-state.ts";
import { draftConfigOf, isSameBaseline, isSameConfig, isServed, appliedBaseline } from "./state.ts";
import type { Store } from "./store.ts";

/** Findings and reports of the present state. Those of an open draft are cached until it changes. */
export interface Judgements {
  /** The judgement of an open document's present version; undefined where it is no draft. */
  of(path: string): Judgement | undefined;
  /**
   * The findings that are shown of an open document. Undefined where its present version was not looked at while
   * a paragraph of it is held back: then those count that `HeldBack.shown` has.
   */
  shown(path: string): readonly Finding[] | undefined;
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
  readonly judgement: Judgement;
  readonly elsewhere: readonly Finding[];
  /** The findings before the totals of the folder and the baseline decide how each is shown. */
  readonly found: readonly Finding[];
  readonly folder: string | undefined;
  /** Of the totals. */
  readonly revision: number;
  readonly baseline: AppliedBaseline | undefined;
  /** The last report, and what was held back in it. */
  report: FileReport | undefined;
  heldBack: HeldBack | undefined;
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
    const { revision } = others.totals;
    const folder = folderOf(workspace, path);
    const last = cache.get(path);
    const before =
      last?.judgement.document === document &&
      isSameConfig(last.judgement.config, config) &&
      last.elsewhere === elsewhere
        ? last
        : undefined;
    if (
      before?.revision === revision &&
      before.folder === folder &&
      isSameBaseline(before.baseline, baseline)
    ) {
      return before;
    }
    const judgement = before?.judgement ?? judge(document, config, elsewhere);
    const found = before?.found ?? judgement.findings;
    const eased = withFolderTopics(found, others.totals, workspace, path);
    const findings =
      baseline === undefined ? eased : shownFindings(withDigests(judgement.draft, eased), baseline);
    const entry: CacheEntry = {
      judgement: { ...judgement, findings },
      elsewhere,
      found,
      folder,
      revision,
      baseline,
      report: undefined,
      heldBack: undefined,
    };
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
    const heldBack = heldBackIn(path);
    if (entry.report === undefined || entry.heldBack !== heldBack) {
      const { draft, findings } = entry.judgement;
      const shown = withoutHeldBack(findings, draft, heldBack);
      entry.report = draftReport({ uri, version, lines }, shown, other, client.display);
      entry.heldBack = heldBack;
    }
    return entry.report;
  };

  const heldBackIn = (path: string): HeldBack | undefined => {
    const { heldBack } = store.state;
    return heldBack?.path === path ? heldBack : undefined;
  };

  const ofStored = (path: string): readonly Finding[] | undefined => {
    const { workspace } = store.state;
    const stored = workspace.stored.get(path);
    if (stored === undefined || !isDraftName(workspace, path)) return undefined;
    const found = storedFindings(others, path, stored);
    const eased = withFolderTopics(found, others.totals, workspace, path);
    const baseline = appliedBaseline(store.state, path);
    return baseline === undefined ? eased : shownFindings(eased, baseline);
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

  return {
    of: (path) => entryOf(path)?.judgement,
    ofStored,
    report: (path) => {
      const { workspace, options } = store.state;
      if (nameOf(path) === BASELINE_NAME) return storedConfigReport(path);
      if (workspace.open.has(path)) {
        const isDraft = entryOf(path) !== undefined || isConfig(workspace, path);
        return isDraft || !options.checksWorkspace ? openReport(path) : undefined;
      }
      return isConfig(workspace, path) ? storedConfigReport(path) : storedReport(path);
    },
    shown: (path) => {
      const before = cache.get(path);
      const heldBack = heldBackIn(path);
      if (before === undefined) return [];
      const isPresent = before.judgement.document === store.state.workspace.open.get(path);
      if (!isPresent && heldBack !== undefined) return undefined;
      const judgement = isPresent ? before.judgement : entryOf(path)?.judgement;
      return judgement && withoutHeldBack(judgement.findings, judgement.draft, heldBack);
    },
    isOutdated: (path) => {
      const before = cache.get(path);
      // A version that nobody has looked at yet is still going to be reported.
      if (before?.judgement.document !== store.state.workspace.open.get(path)) return false;
      const last = before?.report?.resultId;
      return last !== undefined && last !== openReport(path)?.resultId;
    },
    other,
    forget: (path) => {
      cache.delete(path);
    },
  };
}
