import type { CancellationToken } from "vscode-languageserver";
import {
  type CountedEdit,
  NOT_CHECKED,
  REMOVE_STET,
  type RemoveRequest,
  RESTORE_ALL,
  STETS,
} from "../../protocol.ts";
import { draftEdit } from "../actions/edits.ts";
import { restoreFromHistory } from "../lost-words.ts";
import { listStets, removeStet } from "../let-stand.ts";
import { listNotChecked } from "../not-checked.ts";
import { cancelled } from "../messages.ts";
import { lintedNow } from "../open-drafts.ts";
import { requestedPath, type Session, settled } from "../session.ts";

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
  const { version, uri: its } = linted;
  const edit = draftEdit(its, linted, restored.edits, session.client.actions);
  return { version, edit, count: restored.count };
}
