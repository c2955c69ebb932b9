import type { OpenDocument } from "../project/document.ts";
import { draftOf, lastChangeOf } from "../project/document.ts";
import type { Draft } from "../draft/draft.ts";
import type { Edit } from "../text/edits.ts";
import { elsewhereFindings, elsewhereSetting } from "../project/elsewhere.ts";
import type { Finding } from "../draft/finding.ts";
import { lint } from "../engine/lint.ts";
import { keyOf } from "../project/places.ts";
import { shiftedReport } from "../draft/shift.ts";
import type { Treatment } from "../project/workspace.ts";
import * as state from "../project/workspace.ts";
import { formatOf } from "../formats/registry.ts";
import { fingerprintsOf } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import { NONE, storedFindings } from "./other-drafts-state.ts";
import { readText } from "./files.ts";
import type { Session } from "./session.ts";
import { RULES } from "../rules/index.ts";

/** So many drafts are kept while others are compared with them. */
const MOST_KEPT = 60;

/** Longest time, in milliseconds, before waiting messages are let through. */
const SLICE = 6;
const INDEX_SLICE = 3;

/** Moves what was found for an open draft along with an edit; what the edit touches is looked for again. */
export function followEdit(session: Session, path: string, after: OpenDocument): void {
  const known = session.others.open.get(path);
  if (known === undefined) return;
  const change = lastChangeOf(after);
  const findings =
    change === undefined ? NONE : known.findings.flatMap((finding) => moved(finding, change));
  // Its words may be the same in the end, and what was dropped is told by nothing else.
  if (findings.length < known.findings.length) session.others.waiting.add(path);
  session.others.open.set(path, { ...known, findings: findings.length === 0 ? NONE : findings });
}

function moved(finding: Finding, change: Edit): Finding[] {
  const edits = finding.fixes?.flatMap((fix) => (fix.uri === undefined ? fix.edits : [])) ?? [];
  const start = Math.min(finding.start, ...edits.map((edit) => edit.start));
  const end = Math.max(finding.end, ...edits.map((edit) => edit.end));
  if (change.start >= end) return [finding];
  if (change.end > start) return [];
  const by = change.newText.length - (change.end - change.start);
  return [{ ...shiftedReport(finding, by), rule: finding.rule, severity: finding.severity }];
}

/** Milliseconds after an edit until other drafts follow, and the most where comparing takes long. */
const PAUSE = 300;
const LONGEST_PAUSE = 900;

/** How long to wait before an edited draft is compared: the dearer it is, the rarer it is done. */
export function pauseFor(session: Session, path: string): number {
  const cost = session.others.costs.get(path) ?? 0;
  session.others.costs.delete(path);
  return Math.min(LONGEST_PAUSE, Math.max(PAUSE, cost * 30));
}

function addCost(session: Session, path: string, since: number): void {
  const { costs } = session.others;
  costs.set(path, (costs.get(path) ?? 0) + session.host.clock.now() - since);
}

/**
 * Puts a draft's words, as they are now, in the index; those it shares passages with wait to be compared.
 * Of drafts on disk that is done before the next comparison.
 */
export function takePrints(session: Session, path: string): void {
  const { others, workspace, host } = session;
  if (!workspace.open.has(path)) {
    others.open.delete(path);
    others.costs.delete(path);
    others.unread.add(path);
    // What was found while it was open was found for its editor's text alone.
    if (others.fromEditor.delete(path)) others.waiting.add(path);
    return;
  }
  others.unread.delete(path);
  if (!others.fromEditor.has(path)) others.waiting.add(path);
  others.fromEditor.add(path);
  const start = host.clock.now();
  replacePrints(session, path);
  addCost(session, path, start);
}

/** Puts in the index what has to be, and lets waiting messages through. */
async function takeUnread(session: Session): Promise<void> {
  const { others, host } = session;
  let start = host.clock.now();
  for (const path of others.unread) {
    others.unread.delete(path);
    replacePrints(session, path);
    if (host.clock.now() - start <= INDEX_SLICE) continue;
    await host.clock.turn();
    start = host.clock.now();
  }
}

function replacePrints(session: Session, path: string): void {
  const { others, workspace } = session;
  fitIndex(session);
  others.texts.delete(path);
  const document = workspace.open.get(path);
  const treatment = document && state.treatOpen(workspace, path, document);
  const after =
    document === undefined
      ? workspace.stored.get(path)?.facts.prints
      : treatment !== undefined && isCompared(session, path)
        ? fingerprintsOf(draftOf(document, treatment.format))
        : undefined;
  if (after === undefined) others.stored.delete(path);
  const compared = others.open.get(path);
  if (compared !== undefined && compared.settings !== treatment?.settings) others.waiting.add(path);
  const before = others.prints.get(path);
  if (before === after) return;
  for (const one of others.index.replace(path, before, after)) others.waiting.add(one);
  if (after === undefined) others.prints.delete(path);
  else others.prints.set(path, after);
  // A draft that is judged anew is compared anew, whether or not its words are others: its settings may be.
  if (document === undefined) others.waiting.add(path);
}

/** Drafts of the workspace, and texts without a place; a file from elsewhere may be a copy for its own reasons. */
function isCompared(session: Session, path: string): boolean {
  const { workspace } = session;
  return (
    workspace.folders.length === 0 ||
    path.startsWith("untitled:") ||
    state.folderOf(workspace, path) !== undefined
  );
}

/** The index must know of as many drafts with a passage as any setting asks for. */
function fitIndex(session: Session): void {
  const { others, workspace } = session;
  const known = fitted.get(session);
  if (known?.editor === workspace.editor && known.configs === workspace.configs) return;
  fitted.set(session, { editor: workspace.editor, configs: workspace.configs });
  const places = [...workspace.folders, ...workspace.configs.keys()];
  const most = Math.max(
    others.index.maxDrafts,
    ...places.map(
      (place) => elsewhereSetting(state.resolve(workspace, `${place}/x`).settings)?.maxDrafts ?? 0,
    ),
  );
  if (most === others.index.maxDrafts) return;
  others.index = new RepeatIndex(most);
  for (const [path, prints] of others.prints) {
    others.index.replace(path, undefined, prints);
    others.waiting.add(path);
  }
}

// A memo, not state: the index is looked at again when what holds for drafts is another value.
const fitted = new WeakMap<Session, Pick<Session["workspace"], "editor" | "configs">>();

/** Has all drafts compared again: they are called by other names when the workspace has other folders. */
export function compareAllAgain(session: Session): void {
  const { others } = session;
  for (const path of [...others.open.keys(), ...others.stored.keys()]) others.waiting.add(path);
}

/** Compares what waits, when nothing more urgent does; `done` is told which drafts have other findings now. */
export function compareSoon(session: Session, done: (paths: readonly string[]) => void): void {
  const { others } = session;
  if (others.comparing || others.waiting.size + others.unread.size === 0) return;
  others.comparing = true;
  session.queue.add({
    kind: "compare",
    name: "compare",
    run: async () => {
      await compareAll(session, done);
      if (others.unread.size > 0 || (isQuiet(session) && others.waiting.size > 0)) {
        compareSoon(session, done);
      }
    },
  });
}

/** While many drafts are still to be read, comparing them would have to be done again and again. */
function isQuiet(session: Session): boolean {
  return session.disk.backlog.size === 0 && !session.disk.scanning;
}

async function compareAll(
  session: Session,
  done: (paths: readonly string[]) => void,
): Promise<void> {
  const { others, host } = session;
  let changed: string[] = [];
  await takeUnread(session);
  let start = host.clock.now();
  for (const path of others.waiting) {
    if (others.unread.size > 0) await takeUnread(session);
    if (!isQuiet(session)) break;
    others.waiting.delete(path);
    const before = host.clock.now();
    if (await compare(session, path)) changed.push(path);
    if (session.workspace.open.has(path)) addCost(session, path, before);
    if (host.clock.now() - start > SLICE) {
      if (changed.length > 0) done(changed);
      changed = [];
      await host.clock.turn();
      start = host.clock.now();
    }
  }
  others.texts.clear();
  others.comparing = false;
  done(changed);
}

/** Compares one draft with the others. Gives whether its findings are others now. */
async function compare(session: Session, path: string): Promise<boolean> {
  const { others } = session;
  const stored = session.workspace.stored.get(path);
  const wasOpen = session.workspace.open.has(path);
  const treatment = treat(session, path);
  const setting = treatment && elsewhereSetting(treatment.settings);
  const partners =
    setting === undefined
      ? []
      : [
          ...others.index.copiesOf(path).slice(0, 1),
          ...others.index.partnersOf(path, setting.maxDrafts).map(({ uri }) => uri),
        ];
  // Kept here too: what is known of a draft may be dropped while the next is read.
  const texts = new Map<string, Draft | undefined>();
  for (const one of partners.length === 0 ? [] : [path, ...partners]) {
    if (!session.workspace.open.has(one)) texts.set(one, await read(session, one));
  }
  // From here on nothing waits: what is read is of one moment.
  const { open } = session.workspace;
  const isStale =
    open.has(path) !== wasOpen ||
    treat(session, path)?.settings !== treatment?.settings ||
    partners.some((one) => !open.has(one) && !texts.has(one));
  if (isStale) {
    // The settings were changed in the meantime, or a draft was opened or closed.
    others.waiting.add(path);
    return false;
  }
  const draftNow = (one: string): Draft | undefined => openDraft(session, one) ?? texts.get(one);
  const found =
    setting === undefined || partners.length === 0
      ? NONE
      : elsewhereFindings(path, others.index, draftNow, setting, (one) => nameIn(session, one));
  if (open.has(path)) {
    const before = others.open.get(path)?.findings ?? NONE;
    const same = JSON.stringify(before) === JSON.stringify(found);
    others.open.set(path, {
      findings: same ? before : found,
      settings: treatment?.settings,
      partners: new Map(partners.map((one) => [one, open.get(one)])),
    });
    return !same;
  }
  if (session.workspace.stored.get(path) !== stored) {
    others.waiting.add(path);
    return false;
  }
  const draft = draftNow(path);
  const before = stored && storedFindings(others, path, stored);
  if (
    stored === undefined ||
    treatment === undefined ||
    draft === undefined ||
    found.length === 0
  ) {
    return others.stored.delete(path);
  }
  const findings = lint(draft, RULES, treatment.settings, { elsewhere: found });
  others.stored.set(path, { draft: stored, findings });
  return JSON.stringify(before) !== JSON.stringify(findings);
}

/**
 * Whether a finding's fix in another draft still fits it: an edit made for other words would damage
 * it, and its version alone does not tell that of a draft on disk.
 */
export async function isUnchanged(session: Session, path: string, other: string): Promise<boolean> {
  const { open, stored } = session.workspace;
  const compared = session.others.open.get(path)?.partners;
  if (compared === undefined || compared.get(other) !== open.get(other)) return false;
  if (open.has(other)) return true;
  const facts = stored.get(other)?.facts;
  session.others.texts.delete(other);
  const draft = await read(session, other);
  if (draft === undefined || facts === undefined) return false;
  return fingerprintsOf(draft).content === facts.prints.content;
}

function treat(session: Session, path: string): Treatment | undefined {
  const { workspace } = session;
  const document = workspace.open.get(path);
  return document === undefined
    ? state.treatStored(workspace, path)
    : state.treatOpen(workspace, path, document);
}

function openDraft(session: Session, path: string): Draft | undefined {
  const document = session.workspace.open.get(path);
  const treatment = document && treat(session, path);
  return document && treatment && draftOf(document, treatment.format);
}

/** Reads a draft on disk again; undefined where it is none any more. */
async function read(session: Session, path: string): Promise<Draft | undefined> {
  const { texts } = session.others;
  const known = texts.get(path);
  if (known !== undefined) {
    texts.delete(path);
    texts.set(path, known);
    return known;
  }
  const treatment = treat(session, path);
  const text = treatment && (await readText(session, keyOf(path)));
  if (treatment === undefined || text === undefined) return undefined;
  if (texts.size >= MOST_KEPT) texts.delete([...texts.keys()][0] ?? "");
  const draft = formatOf(treatment.format).parse(text);
  texts.set(path, draft);
  return draft;
}

/** A draft's name in messages: its path in the workspace folder. */
function nameIn(session: Session, path: string): string {
  const folder = state.folderOf(session.workspace, path);
  const name =
    folder === undefined ? path.slice(path.lastIndexOf("/") + 1) : path.slice(folder.length + 1);
  return name.replace(/%(25|23|3F)/gi, decodeURIComponent);
}
