import type { Finding } from "../draft/finding.ts";
import { isSwitchedOff, rulesOffInDraft } from "../engine/suppression/suppress.ts";
import { isWithin, toKey, toPath } from "../project/places.ts";
import { isSnippet } from "../project/snippets.ts";
import { hasNoFolder } from "../project/untitled.ts";
import {
  notDraftReason,
  type Workspace,
  selectingConfig,
  toUri,
  resolve,
} from "../project/workspace.ts";
import type {
  DraftState,
  FindingsRequest,
  FoundInDrafts,
  LeftFinding,
  LeftGroup,
  LeftInDraft,
  Readiness,
  UnreadyDraft,
  ConfigInForce,
  ServerReport,
} from "../protocol.ts";
import { kindOfRule, RULES } from "../rules/index.ts";
import { KINDS } from "../rules/rule.ts";
import { asConfig } from "../settings/as-config.ts";
import { CONFIG_NAME } from "../settings/config/config.ts";
import { kindIncluded } from "../settings/include-kind.ts";
import { DEFAULT_RULES } from "../settings/rule-settings.ts";
import { type Settings, DEFAULT_SETTINGS } from "../settings/settings.ts";
import { skipReasonWords } from "../settings/skipped.ts";
import { sayIsolated } from "../text/excerpt.ts";
import type { Lines } from "../text/lines.ts";
import { say, type Translations, wording } from "../text/wording.ts";
import { VERSION } from "../version.ts";
import { kindWays } from "./actions/kind-edit.ts";
import type { Restored } from "./actions/menu.ts";
import type { LintedDocument, ShownDraft } from "./linted.ts";
import type { Session } from "./session.ts";
import { lintedNow, nameIn, otherDraft, storedDraft } from "./open-drafts.ts";
import { toRange } from "./to-protocol.ts";
import { addToList } from "../text/lists.ts";

/** What a client shows about an open document: whether it is checked, and its findings. */
export function draftState(
  session: Session,
  path: string,
  linted: LintedDocument | undefined,
): DraftState {
  const { workspace, client, options } = session;
  const { translations } = client.display;
  if (linted === undefined) {
    const reason = notDraftReason(workspace, path);
    const config = reason && selectingConfig(workspace, path, false, reason);
    const where = config && nameIn(session, config);
    const kind = reason && kindIncluded(reason, path)?.name;
    return {
      state: "no draft",
      ...countFindings([], translations),
      offInDraft: [],
      offInSettings: [],
      ...(reason === undefined ? {} : { why: say(skipReasonWords(reason, where), translations) }),
      ...(kind === undefined ? {} : { kind }),
    };
  }
  const { draft, findings, lines } = linted;
  return {
    state: options.isPaused ? "paused" : isSwitchedOff(draft) ? "off" : "on",
    ...countFindings(findings, translations),
    ...firstPlace(findings, lines),
    offInDraft: rulesOffInDraft(draft, RULES),
    offInSettings: isSnippet(path) ? [] : offInSettings(linted.settings),
  };
}

/** Everything left in an open draft: what is shown for it, by kind, and what `restored` has for lost words. */
export function leftInDraft(
  session: Session,
  path: string,
  linted: LintedDocument | undefined,
  restored: Restored | undefined,
): LeftInDraft {
  const state = draftState(session, path, linted);
  if (linted === undefined) return { ...state, groups: [] };
  const { uri, lines } = linted;
  const { translations } = session.client.display;
  const toLeft = (finding: Finding): LeftFinding => ({
    uri,
    range: toRange(lines, finding),
    rule: finding.rule,
    severity: finding.severity,
    message: sayIsolated(finding.message, translations),
    restores: (restored?.get(finding) ?? []).map(({ title }) => sayIsolated(title, translations)),
  });
  const groups = [...byKind(linted.findings)].map(([kind, findings]): LeftGroup => ({
    kind: say(wording(kind), translations),
    findings: findings.map(toLeft),
    ways: kindWays(session, kind, { ...linted, findings }),
  }));
  return { ...state, groups };
}

/** The findings by severity and by kind. */
function countFindings(
  findings: readonly Finding[],
  translations: Translations | undefined,
): Pick<DraftState, "counts" | "kinds"> {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  for (const { severity } of findings) counts[severity]++;
  const kinds = [...byKind(findings)].map(([kind, { length }]) => ({
    kind: say(wording(kind), translations),
    count: length,
  }));
  return { counts, kinds };
}

/** The findings of each kind under its plain name, in the order of the kinds; none is empty. */
function byKind(findings: readonly Finding[]): ReadonlyMap<string, readonly Finding[]> {
  const all = new Map<string, Finding[]>(Object.values(KINDS).map((kind) => [kind, []]));
  for (const finding of findings) addToList(all, kindOfRule(finding.rule), finding);
  return new Map([...all].filter(([, { length }]) => length > 0));
}

/** The place of the first finding that is not a hint. Findings are sorted by place. */
function firstPlace(findings: readonly Finding[], lines: Lines): Pick<DraftState, "first"> {
  const first = findings.find(({ severity }) => severity !== "hint");
  return first === undefined ? {} : { first: toRange(lines, first) };
}

function offInSettings({ rules }: Settings): string[] {
  return RULES.map(({ id }) => id).filter(
    (id) => rules.get(id)?.severity === "off" && DEFAULT_RULES.get(id)?.severity !== "off",
  );
}

/** Which drafts have something left, among those that have a file. */
export function readiness(session: Session): Readiness {
  const notReady: UnreadyDraft[] = [];
  const hinted: UnreadyDraft[] = [];
  let [drafts, hints] = [0, 0];
  // A draft without a file, such as the sample, is in no folder.
  for (const draft of lintedDrafts(session, "shown", (path) => !hasNoFolder(path))) {
    drafts++;
    const { uri, findings } = draft;
    if (findings.length === 0) continue;
    const left = { uri, ...countFindings(findings, session.client.display.translations) };
    const isReady = left.counts.hint === findings.length;
    (isReady ? hinted : notReady).push(left);
    if (isReady) hints += findings.length;
  }
  return {
    drafts,
    hints,
    notReady: notReady.sort(byWhatIsLeft),
    hinted: hinted.sort(byWhatIsLeft),
  };
}

/** The requested drafts by path, open or on disk. */
export function* lintedDrafts(
  session: Session,
  findings: "all" | "shown",
  isWanted: (path: string) => boolean,
): Generator<ShownDraft, void, undefined> {
  const { open, stored } = session.workspace;
  for (const path of new Set([...open.keys(), ...stored.keys()])) {
    if (!isWanted(path)) continue;
    const draft = open.has(path)
      ? lintedNow(session, path)?.[findings]
      : storedDraft(session, path);
    if (draft !== undefined) yield draft;
  }
}

/** The most findings in an answer. */
export const MOST_FINDINGS = 200;

/** All findings in some drafts, even those held back while somebody writes, in the order of their URIs. */
export function findingsIn(session: Session, { uris, hints }: FindingsRequest): FoundInDrafts {
  const places = uris.map((uri) => toPath(toKey(uri)));
  const isAsked = (path: string): boolean =>
    places.length === 0 ? !hasNoFolder(path) : places.some((place) => isWithin(path, place));
  const drafts = [...lintedDrafts(session, "all", isAsked)].sort((a, b) =>
    a.uri < b.uri ? -1 : 1,
  );
  let found = 0;
  const files = drafts.map((draft) => {
    const all = draft.findings.filter(({ severity }) => hints || severity !== "hint");
    const room = Math.max(0, MOST_FINDINGS - found);
    found += all.length;
    const findings = all.slice(0, room).map((finding) => ({
      rule: finding.rule,
      severity: finding.severity,
      message: sayIsolated(finding.message),
      range: toRange(draft.lines, finding),
      related: (finding.related ?? []).flatMap(({ uri, message, ...span }) => {
        const other = uri === undefined ? draft : otherDraft(session, uri);
        if (other === undefined) return [];
        return [
          { path: other.uri, range: toRange(other.lines, span), message: sayIsolated(message) },
        ];
      }),
    }));
    return { path: draft.uri, findings };
  });
  const leftOut = Math.max(0, found - MOST_FINDINGS);
  return { galley: VERSION, files, summary: { files: files.length, findings: found, leftOut } };
}

function byWhatIsLeft(a: UnreadyDraft, b: UnreadyDraft): number {
  return (
    b.counts.error - a.counts.error ||
    b.counts.warning - a.counts.warning ||
    b.counts.information - a.counts.information ||
    b.counts.hint - a.counts.hint ||
    (a.uri < b.uri ? -1 : 1)
  );
}

/** What the server is, has done, and goes by, for a document or without one. */
export function serverReport({ workspace, disk }: Session, uri: string | undefined): ServerReport {
  const { checked, milliseconds } = disk;
  return {
    version: VERSION,
    drafts: workspace.stored.size,
    open: workspace.open.size,
    checked,
    milliseconds,
    config: configInForce(workspace, uri),
  };
}

function configInForce(workspace: Workspace, uri: string | undefined): ConfigInForce {
  const [folder] = workspace.folders;
  // For a folder: what applies to its own config file, which an override names only on purpose.
  const path = uri === undefined ? folder && `${folder}/${CONFIG_NAME}` : toPath(toKey(uri));
  if (path === undefined) return { settings: asConfig(DEFAULT_SETTINGS) };
  const { settings, configPath } = resolve(workspace, path);
  return {
    uri: uri ?? toUri(workspace, folder ?? path),
    ...(configPath === undefined ? {} : { file: toUri(workspace, configPath) }),
    settings: asConfig(settings),
  };
}
