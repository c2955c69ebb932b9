import type { CancellationToken } from "vscode-languageserver";
import { type CountedEdit, RESTORE_ALL } from "../../protocol.ts";
import { draftEdit } from "../actions/edits.ts";
import { restoreFromHistory } from "../lost-words.ts";
import { cancelled } from "../messages.ts";
import { judgedNow } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";

/** The requests of the client's views that concern more than one finding; see protocol.ts. */
export function handleViewRequests(session: Session): void {
  const { connection } = session;

  connection.onRequest(RESTORE_ALL, ({ uri }: { uri: string }, token: CancellationToken) =>
    restoreEdit(session, uri, token),
  );
}

/** The edit that restores what earlier versions still have; null where that is nothing. */
async function restoreEdit(
  session: Session,
  uri: string,
  token: CancellationToken,
): Promise<CountedEdit | null> {
  const path = await requestedPath(session, uri, token);
  const judged = judgedNow(session, path)?.shown;
  const restored = judged && (await restoreFromHistory(session, judged, token));
  if (token.isCancellationRequested) throw cancelled();
  if (judged === undefined || restored === undefined || restored.count === 0) return null;
  const { version, uri: its } = judged;
  const edit = draftEdit(its, judged, restored.edits, session.client.actions);
  return { version, edit, count: restored.count };
}
