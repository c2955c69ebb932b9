import type { CancellationToken, WorkspaceEdit } from "vscode-languageserver";
import { notDraftReason } from "../../project/workspace.ts";
import {
  type CountedEdit,
  DRAFT_STATE,
  FINDINGS,
  type FindingsRequest,
  INCLUDE_KIND,
  type IncludeRequest,
  KIND_EDIT,
  type KindRequest,
  LEFT,
  type LeftInDraft,
  type LeftRequest,
  NOT_CHECKED,
  REACH,
  type ReachRequest,
  READINESS,
  REMOVE_STET,
  type RemoveRequest,
  RESTORE_ALL,
  RULE_NAMES,
  SERVER_REPORT,
  SETTLED,
  STET_CHOICES,
  type StetChoices,
  STETS,
} from "../../protocol.ts";
import { RULES } from "../../rules/index.ts";
import { includePattern } from "../../settings/config/edits.ts";
import { kindIncluded } from "../../settings/include-kind.ts";
import { filePattern } from "../actions/config-places.ts";
import { configEdit, draftEdit } from "../actions/edits.ts";
import { kindEdit } from "../actions/kind-edit.ts";
import { stetChoices } from "../actions/stet-choices.ts";
import { countReach, listStets, removeStet } from "../stets.ts";
import { LONG_PATIENCE, lostWords, restoreFromHistory } from "../lost-words.ts";
import { listNotChecked } from "../not-checked.ts";
import { isHole } from "../../repeats/restore.ts";
import type { Reports } from "../reports.ts";
import { findingsIn, leftInDraft, readiness, serverReport } from "../status.ts";
import type { Place } from "../message-gate.ts";
import { cancelled } from "../messages.ts";
import { lintedNow, lintedWhileTyping } from "../open-drafts.ts";
import { requestedPath, type Session, settled } from "../session.ts";
import { isReady } from "../state.ts";

/** The custom requests; see protocol.ts. */
export function handleRequests(session: Session, reports: Reports): void {
  const { connection, store } = session;

  connection.onRequest(DRAFT_STATE, async ({ uri }: { uri: string }) => {
    const path = await requestedPath(session, uri);
    return reports.state(path);
  });

  connection.onRequest(LEFT, async (request: LeftRequest, token: CancellationToken) => {
    const path = await requestedPath(session, request.uri, token);
    const left = await leftFor(session, path, request, token);
    // Its verdict is part of the state, too.
    reports.state(path);
    return left;
  });

  connection.onRequest(READINESS, async () => {
    await settled(session);
    return readiness(session);
  });

  connection.onRequest(FINDINGS, async (request: FindingsRequest) => {
    await settled(session);
    return findingsIn(session, request);
  });

  connection.onRequest(REACH, async (what: ReachRequest) => {
    // How many findings will go is known only when all drafts are.
    await settled(session);
    return countReach(session, what);
  });

  connection.onRequest(STET_CHOICES, async ({ uri, range }: Place): Promise<StetChoices | null> => {
    const path = await requestedPath(session, uri);
    const linted = lintedNow(session, path)?.all;
    if (linted === undefined) return null;
    return { version: linted.version, choices: await stetChoices(session, linted, range) };
  });

  connection.onRequest(INCLUDE_KIND, (request: IncludeRequest) => includeEdit(session, request));

  connection.onRequest(KIND_EDIT, async ({ uri, kind, way }: KindRequest) => {
    const path = await requestedPath(session, uri);
    const linted = lintedNow(session, path)?.shown;
    return linted === undefined ? null : ((await kindEdit(session, linted, kind, way)) ?? null);
  });

  connection.onRequest(SERVER_REPORT, async (params: { uri?: string } | null | undefined) => {
    const uri = params?.uri ?? undefined;
    await store.until(isReady);
    // A document's config files are known once the document is.
    if (uri !== undefined) await requestedPath(session, uri);
    return serverReport(session, uri);
  });

  connection.onRequest(SETTLED, () => settled(session));

  connection.onRequest(RULE_NAMES, () => RULES.map(({ id, summary }) => ({ id, summary })));
}

/** Requests from the client's views about more than one finding; see protocol.ts. */
export function handleViewRequests(session: Session): void {
  const { connection } = session;

  connection.onRequest(RESTORE_ALL, ({ uri }: { uri: string }, token: CancellationToken) =>
    restoreEdit(session, uri, token),
  );

  /** Answers with what `list` returns, once all drafts are checked. */
  const onList = <T>(method: string, list: (cancelled: () => boolean) => Promise<T>): void => {
    connection.onRequest(method, async (token: CancellationToken) => {
      await settled(session);
      const listed = await list(() => token.isCancellationRequested);
      if (token.isCancellationRequested) throw cancelled();
      return listed;
    });
  };
  onList(STETS, (isCancelled) => listStets(session, isCancelled));
  onList(NOT_CHECKED, (isCancelled) => listNotChecked(session, isCancelled));

  connection.onRequest(REMOVE_STET, async (stet: RemoveRequest) => {
    await requestedPath(session, stet.uri);
    return (await removeStet(session, stet)) ?? null;
  });
}

/**
 * What is left in an open draft. Lost words are looked up elsewhere, however long that takes, unless the request says
 * otherwise.
 */
async function leftFor(
  session: Session,
  path: string,
  { restores, waits }: LeftRequest,
  token: CancellationToken,
): Promise<LeftInDraft> {
  if (restores === false) {
    return leftInDraft(session, path, lintedWhileTyping(session, path)?.shown, undefined);
  }
  for (;;) {
    const shown = lintedNow(session, path)?.shown;
    const holes = shown?.findings.filter(isHole) ?? [];
    const patience = waits === false ? LONG_PATIENCE : undefined;
    const found = shown && (await lostWords(session, shown, holes, token, patience));
    if (token.isCancellationRequested) throw cancelled();
    // What was found belongs to a version that was edited meanwhile, or in which git confirmed a loss.
    if (shown !== lintedNow(session, path)?.shown) continue;
    const left = leftInDraft(session, path, shown, found?.restored);
    return found?.isWhole === false ? { ...left, isPartial: true } : left;
  }
}

/** The edit that makes Galley read a file, or all files of its kind; null if that can't be done. */
async function includeEdit(
  session: Session,
  { uri, onlyFile }: IncludeRequest,
): Promise<WorkspaceEdit | null> {
  const path = await requestedPath(session, uri);
  const reason = notDraftReason(session.workspace, path);
  const kind = reason && kindIncluded(reason, path)?.pattern;
  const pattern = kind && onlyFile === true ? filePattern(session, uri) : kind;
  if (pattern === undefined) return null;
  return (await configEdit(session, uri, [(text) => includePattern(text, pattern)])) ?? null;
}

/** The edit that restores what earlier versions still have; null if that is nothing. */
async function restoreEdit(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<CountedEdit | null> {
  const path = await requestedPath(session, uri, token);
  const linted = lintedNow(session, path)?.shown;
  const restored = linted && (await restoreFromHistory(session, linted, token));
  if (token.isCancellationRequested) throw cancelled();
  if (linted === undefined || restored === undefined || restored.count === 0) return null;
  const edit = draftEdit(linted, restored.edits, session.client.actions);
  return { version: linted.version, edit, count: restored.count };
}
