import { toKey, toPath } from "../../project/places.ts";
import { newReport } from "../to-protocol.ts";
import type { Reports } from "../reports.ts";
import { requestedPath, type Session } from "../session.ts";

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
