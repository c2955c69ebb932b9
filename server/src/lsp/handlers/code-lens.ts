import { keyOf, pathOf } from "../../project/places.ts";
import { codeLenses } from "../code-lens.ts";
import { currentVersion } from "../current-version.ts";
import { cancelled } from "../errors.ts";
import type { Services } from "../services.ts";

/** Code lenses. */
export function handleCodeLens({ connection, store, host, judgements }: Services): void {
  connection.onCodeLens(async ({ textDocument }, token) => {
    const path = pathOf(keyOf(textDocument.uri));
    await currentVersion(store, host.clock, path);
    if (token.isCancellationRequested) throw cancelled();
    const { options, client } = store.state;
    const judged = options.codeLens ? judgements.whileTyping(path)?.shown : undefined;
    return judged === undefined ? [] : codeLenses(judged, client.actions, judgements.other);
  });
}
