import { toKey, toPath } from "../../project/places.ts";
import { CARET, type CaretParams, GIT_FOUND } from "../../protocol.ts";
import { noteInput, requestedPath, type Session } from "../session.ts";
import { TextDocumentSaveReason } from "../messages.ts";
import { newReport } from "../to-protocol.ts";
import type { Reports } from "../reports.ts";

export function handleDocuments(session: Session): void {
  const { connection, store } = session;

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = toPath(toKey(uri));
    noteInput(session);
    store.dispatch({ type: "opened", path, uri, languageId, version, text });
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const { uri, version } = textDocument;
    const path = toPath(toKey(uri));
    noteInput(session);
    const at = session.host.clock.now();
    store.dispatch({ type: "edited", path, version, changes: contentChanges, at });
  });

  connection.onNotification(CARET, ({ uri, version, position }: CaretParams) => {
    const path = toPath(toKey(uri));
    store.dispatch({ type: "caret-moved", path, version, position: position ?? undefined });
  });

  connection.onNotification(GIT_FOUND, ({ program }: { readonly program: string | null }) => {
    store.dispatch({ type: "git-found", program: program ?? undefined });
  });

  connection.onWillSaveTextDocument(({ textDocument, reason }) => {
    if (reason === TextDocumentSaveReason.AfterDelay) return;
    store.dispatch({ type: "saving", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    store.dispatch({ type: "saved", path: toPath(toKey(textDocument.uri)) });
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    noteInput(session);
    store.dispatch({ type: "closed", path: toPath(toKey(textDocument.uri)) });
  });
}

/** Pull diagnostics, for a document and for the workspace. */
export function handleDiagnostics(session: Session, reports: Reports): void {
  const { connection } = session;

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const { uri } = textDocument;
    const path = await requestedPath(session, uri, token);
    // When VS Code asks for a document the last time, as it closes, it may ignore or drop the answer, so it gets the
    // answer again.
    if (!session.workspace.open.has(path)) {
      reports.forgetOpen(path);
      reports.markChanged([path]);
    }
    const { resultId, items } = reports.answer(path) ?? newReport(uri, null, []);
    return resultId === previousResultId
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items: [...items] };
  });

  connection.languages.diagnostics.onWorkspace(
    ({ previousResultIds }, token, _workDone, partial) =>
      new Promise((resolve) => {
        const previous = previousResultIds.map(
          ({ uri, value }) => [toPath(toKey(uri)), value] as const,
        );
        const held = reports.hold(partial, new Map(previous), resolve);
        token.onCancellationRequested(() => {
          reports.release(held);
          resolve({ items: [] });
        });
      }),
  );
}
