import { DELETE_COPY, GO_TO } from "../../protocol.ts";
import { copyDeletion } from "../actions/fixes.ts";
import { draftEdit } from "../actions/edits.ts";
import { invalidArguments, modified } from "../messages.ts";
import { isPlace, type Place } from "../message-gate.ts";
import { ShowDocumentRequest } from "../protocol-library.ts";
import { lintedNow } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";
import { say } from "../../text/wording.ts";

/** The server's own commands. Each gets its first argument. */
export function handleCommands(session: Session): void {
  const { connection } = session;

  const goTo = async ({ uri, range }: Place): Promise<void> => {
    const params = { uri, selection: range, takeFocus: true };
    await connection.sendRequest(ShowDocumentRequest.type, params);
  };

  /** @throws ResponseError ContentModified if the client does not apply the edit. */
  const deleteCopy = async ({ uri, range }: Place): Promise<void> => {
    const linted = lintedNow(session, await requestedPath(session, uri))?.all;
    const fix = linted && copyDeletion(linted, range);
    if (linted === undefined || fix === undefined) throw modified();
    const { actions, display } = session.client;
    const { applied } = await connection.workspace.applyEdit({
      label: say(fix.title, display.translations),
      edit: draftEdit(linted, fix.edits, actions),
    });
    if (!applied) throw modified();
  };

  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const argument: unknown = args?.[0];
    switch (command) {
      case GO_TO:
        if (!isPlace(argument)) throw invalidArguments(command);
        return goTo(argument);
      case DELETE_COPY:
        if (!isPlace(argument)) throw invalidArguments(command);
        return deleteCopy(argument);
      default:
        return undefined;
    }
  });
}
