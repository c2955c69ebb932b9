import type { CancellationToken } from "vscode-languageserver";
import { keyOf, pathOf } from "../project/places.ts";
import { cancelled } from "./messages.ts";
import type { Session } from "./session.ts";
import { isReady } from "./state.ts";

/**
 * Waits until a document can be checked and no edit is left in the message queue, so that a request is
 * answered for the newest version.
 */
export async function currentVersion({ store, host }: Session, path: string): Promise<void> {
  store.dispatch({ type: "requested", at: host.clock.now() });
  await store.until((state) => isReady(state) && !state.loading.has(path));
  const version = (): number | undefined => store.state.workspace.open.get(path)?.version;
  for (;;) {
    const before = version();
    await host.clock.turn();
    if (version() === before) return;
  }
}

/**
 * The same for a request about the document of a URI; gives its path.
 * @throws ResponseError RequestCancelled if the client asks for no more meanwhile.
 */
export async function requestedPath(
  session: Session,
  uri: string,
  token?: CancellationToken,
): Promise<string> {
  const path = pathOf(keyOf(uri));
  await currentVersion(session, path);
  if (token?.isCancellationRequested === true) throw cancelled();
  return path;
}
