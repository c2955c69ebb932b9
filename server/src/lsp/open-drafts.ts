import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { isSameList, RecentlyUsed, reuseLast } from "../draft/incremental/memoize.ts";
import { isTooLarge } from "../draft/largest.ts";
import { lintDistant } from "../engine/lint.ts";
import { getFormat } from "../formats/registry.ts";
import { shownFindings } from "../project/baselines.ts";
import { getLastEdits, toDraft, type OpenDocument } from "../project/document.ts";
import { draftText } from "../project/check-drafts.ts";
import type { DigestedFinding } from "../project/facts.ts";
import { toKey } from "../project/places.ts";
import { basename, plainPath } from "../text/path.ts";
import { withTopicTotals } from "../project/topic-totals.ts";
import { hasNoFolder } from "../project/untitled.ts";
import {
  configForStored,
  configSources,
  type DraftConfig,
  findFolder,
  isDraftName,
  type StoredDraft,
  toUri,
} from "../project/workspace.ts";
import { fingerprint } from "../repeats/fingerprints.ts";
import { RULES } from "../rules/index.ts";
import type { Rule } from "../rules/rule.ts";
import {
  type CrossDraft,
  moved,
  NO_FINDINGS,
  NOT_COMPARED,
  type Linted,
  newLinter,
  type OpenDraft,
  type OtherDraft,
  type ShownDraft,
  withoutOtherStets,
} from "./linted.ts";
import { filesFor, readText } from "./files.ts";
import { shownAfterEdits } from "./quiet.ts";
import type { Session } from "./session.ts";
import { appliedBaseline, servedConfig, hearsLater, isSameConfig } from "./state.ts";
import type { FileReport } from "./to-protocol.ts";

/*
 * Current drafts, with their findings. An open draft is one value, `OpenDraft`: the document, its config,
 * its findings, and what relates it to others. It is kept until the draft changes; edits move it.
 */

/** The most actions that can still be chosen: clients ask for more at each place of the cursor, and show few. */
const MOST_OFFERED = 500;

/** An open draft now, with its config looked up again if rules have changed; undefined if there is none. */
export function openDraft(session: Session, path: string): OpenDraft | undefined {
  const { drafts, workspace } = session;
  const document = workspace.open.get(path);
  const known = drafts.get(path);
  const isLarge = document && isTooLarge(document.text, document.lines);
  const sources = [document?.languageId, isLarge, ...configSources(workspace)];
  const isKnown = known !== undefined && known.document === document;
  if (isKnown && isSameList(known.sources, sources)) return known;
  const config = servedConfig(workspace, path);
  if (document === undefined || config === undefined) {
    drafts.delete(path);
    return undefined;
  }
  const folder = hasNoFolder(path) ? undefined : findFolder(workspace, path);
  if (isKnown) return Object.assign(known, { sources, config, folder });
  const draft: OpenDraft = {
    ...{
      document,
      sources,
      config,
      folder,
      cross: comparedOnDisk(session, path, document, config),
    },
    ...{ lint: newLinter(), linted: undefined, report: reuseLast<FileReport>() },
    ...{ confirmed: new Set(), versions: undefined, indexed: undefined, shownBefore: [] },
    offered: new RecentlyUsed(MOST_OFFERED),
  };
  drafts.set(path, draft);
  return draft;
}

/** What the comparison of a draft on disk found, for the same text opened. The next one finds the fixes. */
function comparedOnDisk(
  { cross, workspace }: Session,
  path: string,
  document: OpenDocument,
  { format }: DraftConfig,
): CrossDraft {
  const stored = workspace.stored.get(path);
  const known = cross.stored.get(path);
  if (stored === undefined || known?.draft !== stored) return NOT_COMPARED;
  const inScope = (scope: Rule["scope"]): Finding[] =>
    known.findings.filter(({ rule }) => RULES.find(({ id }) => id === rule)?.scope === scope);
  const [elsewhere, unusedStets] = [inScope("workspace"), inScope("findings")];
  if (elsewhere.length + unusedStets.length === 0) return NOT_COMPARED;
  const { layout } = fingerprint(toDraft(document, format));
  if (layout !== stored.facts.prints.layout) return NOT_COMPARED;
  return { ...NOT_COMPARED, elsewhere, unusedStets };
}

/** After an edit, which produced this document: moves what was found at a pause, until the next one. */
export function moveFindings({ drafts }: Session, path: string, document: OpenDocument): void {
  const draft = drafts.get(path);
  if (draft === undefined) return;
  const { cross, linted } = draft;
  const isLinted = linted?.all.document === draft.document;
  const unusedStets = cross.unusedStets ?? (isLinted ? linted.unusedStets : NO_FINDINGS);
  const shown = isLinted ? linted.shown.findings : draft.shownBefore;
  const edits = getLastEdits(document);
  draft.document = document;
  draft.cross = moved({ ...cross, unusedStets }, edits);
  draft.shownBefore = shownAfterEdits(shown, edits);
  draft.offered.clear();
}

/** The settings and format of a draft, open or on disk; undefined if it is not a draft. */
export function configFor(session: Session, path: string): DraftConfig | undefined {
  const { workspace } = session;
  return workspace.open.has(path)
    ? openDraft(session, path)?.config
    : configForStored(workspace, path);
}

/**
 * The findings in the current version of an open document; undefined if it is not a draft. For anyone who asks what is
 * wrong with a draft, and may change it.
 */
export function lintedNow(session: Session, path: string): Linted | undefined {
  return linted(session, path, true);
}

/**
 * The same for what an editor shows on its own, and asks for again after a pause. Until then, repeats within the draft
 * come from an earlier version, are moved, and have no fixes.
 */
export function lintedWhileTyping(session: Session, path: string): Linted | undefined {
  return linted(session, path, !hearsLater(session.client));
}

function linted(session: Session, path: string, mustBeCurrent: boolean): Linted | undefined {
  const draft = openDraft(session, path);
  if (draft === undefined) return undefined;
  const { cross, store } = session;
  const { heldBack } = store.state;
  // If the client has findings that edits had moved, it is notified.
  if ((mustBeCurrent || !isKnown(draft)) && findDistant(draft)) {
    store.dispatch({ type: "drafts-compared", paths: [path] });
  }
  // A client that does not hear later gets all unused stets now.
  const isLast = !hearsLater(session.client);
  draft.linted = draft.lint({
    ...draft,
    ...(isLast && { cross: { ...draft.cross, unusedStets: undefined } }),
    totals: cross.totals,
    isPaused: store.state.options.isPaused,
    baseline: appliedBaseline(store.state, path, cross.renames),
    heldBack: heldBack?.path === path ? heldBack : undefined,
  });
  return draft.linted;
}

/**
 * Finds what relates distant blocks of the current version, if that is not known. Returns whether that replaces what
 * edits had moved.
 */
export function findDistant(draft: OpenDraft): boolean {
  const { document, config, cross } = draft;
  const isMoved = isKnown(draft);
  if (isMoved && cross.distant?.document === document) return false;
  const findings = lintDistant(toDraft(document, config.format), RULES, config.settings);
  draft.cross = { ...cross, distant: { findings, document, config } };
  return isMoved;
}

/** Whether what relates its distant blocks was found under its current config, in this version or an earlier one. */
function isKnown({ cross: { distant }, config }: OpenDraft): boolean {
  return distant !== undefined && isSameConfig(distant.config, config);
}

/** A draft that is not open, with what is shown for it; undefined if it is not a draft. */
export function storedDraft(session: Session, path: string): ShownDraft | undefined {
  const { workspace, cross, store } = session;
  const stored = workspace.stored.get(path);
  if (stored === undefined || !isDraftName(workspace, path)) return undefined;
  const found = comparedFindings(session, path, stored);
  const folder = findFolder(workspace, path);
  const graded = folder === undefined ? found : withTopicTotals(found, cross.totals, folder);
  const baseline = appliedBaseline(store.state, path, cross.renames);
  // Those that are not shown are numbered, too.
  const unlisted = baseline === undefined ? graded : shownFindings(graded, baseline);
  const loud = unlisted.filter(({ isUnproven }) => isUnproven !== true);
  const findings = store.state.options.isPaused ? [] : loud;
  return { uri: toUri(workspace, path), version: null, lines: stored.facts.lines, findings };
}

/**
 * All findings of a draft on disk, with those that are unproven. Before this version was compared with others, no stet
 * is called unused: it may be for what they share.
 */
export function comparedFindings(
  { cross }: Session,
  path: string,
  stored: StoredDraft,
): readonly DigestedFinding[] {
  const known = cross.stored.get(path);
  return known?.draft === stored ? known.findings : withoutOtherStets(stored.facts.findings);
}

/** The text of a file, from the editor or, if it is not open, from disk; undefined if it can't be read. */
export async function textNow(session: Session, path: string): Promise<string | undefined> {
  return session.workspace.open.get(path)?.text ?? readText(session, toKey(path));
}

/** Another draft, by its path; undefined if it does not exist. */
export function otherDraft({ workspace }: Session, path: string): OtherDraft | undefined {
  const document = workspace.open.get(path);
  const lines = document?.lines ?? workspace.stored.get(path)?.facts.lines;
  if (lines === undefined) return undefined;
  return { uri: toUri(workspace, path), lines, version: document?.version ?? null };
}

/**
 * Whether another draft is unchanged since a fix for it was computed. An edit for a different text would damage it, and
 * a draft on disk has no version.
 */
export async function isUnchanged(session: Session, path: string, other: string): Promise<boolean> {
  const { open, stored } = session.workspace;
  const partners = openDraft(session, path)?.cross.partners;
  if (partners?.has(other) !== true || partners.get(other) !== open.get(other)) return false;
  if (open.has(other)) return true;
  const facts = stored.get(other)?.facts;
  session.cross.texts.delete(other);
  const draft = await readAgain(session, other);
  if (draft === undefined || facts === undefined) return false;
  return fingerprint(draft).content === facts.prints.content;
}

/** The current version of an open draft, parsed. */
export function presentDraft(session: Session, path: string): Draft | undefined {
  const draft = openDraft(session, path);
  return draft && toDraft(draft.document, draft.config.format);
}

/** Reads a draft on disk again; undefined if it is no longer a draft. */
export async function readAgain(session: Session, path: string): Promise<Draft | undefined> {
  const { texts } = session.cross;
  const known = texts.get(path);
  if (known !== undefined) return known;
  const config = configFor(session, path);
  if (config === undefined) return undefined;
  const uri = toKey(path);
  const bytes = await filesFor(session, uri).read(uri);
  const found = typeof bytes === "string" ? undefined : draftText({ bytes, path, ...config });
  if (found === undefined || "no" in found) return undefined;
  const draft = getFormat(config.format).parse(found.text);
  texts.set(path, draft);
  return draft;
}

/** A draft's name in messages: its path in the workspace folder. */
export function nameIn({ workspace }: Session, path: string): string {
  const folder = findFolder(workspace, path);
  return plainPath(folder === undefined ? basename(path) : path.slice(folder.length + 1));
}
