import { keyOf, pathOf } from "../../project/places.ts";
import { currentVersion } from "../current-version.ts";
import { cancelled } from "../messages.ts";
import { reportOf } from "../to-protocol.ts";
import type { Services } from "../services.ts";

/** Pull diagnostics, of a document and of the workspace. */
export function handleDiagnostics(services: Services): void {
  const { connection, store, host, judgements, reports } = services;

  connection.languages.diagnostics.on(async ({ textDocument, previousResultId }, token) => {
    const { uri } = textDocument;
    const path = pathOf(keyOf(uri));
    await currentVersion(store, host.clock, path);
    if (token.isCancellationRequested) throw cancelled();
    const { resultId, items } = judgements.report(path) ?? reportOf(uri, null, []);
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
