import { keyOf, pathOf } from "../../project/places.ts";
import { requestedPath } from "../current-version.ts";
import { reportOf } from "../to-protocol.ts";
import { reportFor } from "../open-drafts.ts";
import type { Reports } from "../reports.ts";
import type { Session } from "../session.ts";

/** Pull diagnostics, of a document and of the workspace. */
export function handleDiagnostics(session: Session, reports: Reports): void {
  const { connection } = session;

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const { uri } = textDocument;
    const path = await requestedPath(session, uri, token);
    const { resultId, items } = reportFor(session, path) ?? reportOf(uri, null, []);
    return resultId === previousResultId
      ? { kind: "unchanged", resultId }
      : { kind: "full", resultId, items: [...items] };
  });

  connection.languages.diagnostics.onWorkspace(
    ({ previousResultIds }, token, _workDone, partial) =>
      new Promise((resolve) => {
        const previous = previousResultIds.map(
          ({ uri, value }) => [pathOf(keyOf(uri)), value] as const,
        );
        const held = reports.hold(partial, new Map(previous), resolve);
        token.onCancellationRequested(() => {
          reports.release(held);
          resolve({ items: [] });
        });
      }),
  );
}
