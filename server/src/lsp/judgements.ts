import { CONFIG_NAME } from "../settings/config/config.ts";
import { nameOf, parentOf } from "../project/places.ts";
import type { Treatment } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import type { OtherDraft } from "./actions/judged-draft.ts";
import {
  configReport,
  draftReport,
  judge,
  type Judgement,
  type Report,
  reportOf,
} from "./judge.ts";
import { openElsewhere, storedFindings } from "./other-drafts-state.ts";
import { isServed, type Kept, type Session } from "./session.ts";

/** Remembers how an open document is treated. */
export function noteTreatment(session: Session, path: string): void {
  if (!session.workspace.open.has(path)) return;
  session.treated.set(path, treatmentOf(session, path));
}

/** How an open document is treated; undefined where it is no draft. */
function treatmentOf(session: Session, path: string): Treatment | undefined {
  const document = session.workspace.open.get(path);
  if (document === undefined || !isServed(session, document.uri)) return undefined;
  return state.treatOpen(session.workspace, path, document);
}

/** The open documents for which other settings hold than when this was last asked, whatever the cause. */
export function treatedAnew(session: Session): string[] {
  const { treated } = session;
  const paths: string[] = [];
  for (const [path, before] of treated) {
    const after = treatmentOf(session, path);
    treated.set(path, after);
    if (before?.settings !== after?.settings || before?.format !== after?.format) paths.push(path);
  }
  return paths;
}

/** The judgement of an open draft's present version; undefined where it is none. */
export function judgementOf(session: Session, path: string): Judgement | undefined {
  return keptOf(session, path)?.judgement;
}

function keptOf(session: Session, path: string): Kept | undefined {
  const document = session.workspace.open.get(path);
  const treatment = treatmentOf(session, path);
  if (document === undefined || treatment === undefined) {
    session.judgements.delete(path);
    return undefined;
  }
  const elsewhere = openElsewhere(session.others, path);
  const before = session.judgements.get(path);
  if (
    before?.judgement.document === document &&
    before.judgement.treatment.settings === treatment.settings &&
    before.judgement.treatment.format === treatment.format &&
    before.elsewhere === elsewhere
  ) {
    return before;
  }
  const kept = { judgement: judge(document, treatment, elsewhere), elsewhere, report: undefined };
  session.judgements.set(path, kept);
  return kept;
}

/** What the client is told of an open document. */
export function openReport(session: Session, path: string): Report | undefined {
  const document = session.workspace.open.get(path);
  if (document === undefined) return undefined;
  if (nameOf(path) === CONFIG_NAME && isServed(session, document.uri)) {
    const node = session.workspace.tree.nodes.get(path);
    return node && configReport(document.uri, document.version, node);
  }
  const kept = keptOf(session, path);
  if (kept === undefined) return reportOf(document.uri, document.version, []);
  kept.report ??= draftReport(
    { uri: document.uri, version: document.version, lines: document.lines },
    kept.judgement.findings,
    (other) => otherDraft(session, other),
    session.client.display,
  );
  return kept.report;
}

/** What the client is told of any file; undefined where there is nothing to tell. */
export function fileReport(session: Session, path: string): Report | undefined {
  const { workspace, client } = session;
  if (workspace.open.has(path)) {
    const { checksWorkspace } = session.options;
    const isDraft = keptOf(session, path) !== undefined || nameOf(path) === CONFIG_NAME;
    return isDraft || !checksWorkspace ? openReport(session, path) : undefined;
  }
  const uri = state.uriOf(workspace, path);
  if (nameOf(path) === CONFIG_NAME) {
    // As of drafts, there is nothing to tell of one that stands in no folder of the workspace.
    const isChecked =
      session.options.checksWorkspace && state.canHoldDrafts(workspace, parentOf(path));
    const node = isChecked ? workspace.tree.nodes.get(path) : undefined;
    const found = node && configReport(uri, null, node);
    // One without a mistake is no draft, and not spoken of.
    return found?.items.length === 0 ? undefined : found;
  }
  const stored = workspace.stored.get(path);
  if (stored === undefined) return undefined;
  const place = { uri, version: null, lines: stored.facts.lines };
  return draftReport(
    place,
    storedFindings(session.others, path, stored),
    (other) => otherDraft(session, other),
    client.display,
  );
}

/** Another draft, named by its path; undefined where it is gone. */
export function otherDraft(session: Session, path: string): OtherDraft | undefined {
  const { open, stored } = session.workspace;
  const document = open.get(path);
  const lines = document?.lines ?? stored.get(path)?.facts.lines;
  if (lines === undefined) return undefined;
  return { uri: state.uriOf(session.workspace, path), lines, version: document?.version ?? null };
}
