import type { WorkspaceEdit } from "vscode-languageserver";
import { lossMarks } from "../../engine/fix.ts";
import { DELETE_COPY, GO_TO, MARK_LOSSES } from "../../protocol.ts";
import { copyDeletion } from "../actions/fixes.ts";
import { draftEdit } from "../actions/edits.ts";
import { invalidArguments, modified } from "../messages.ts";
import type { LintedDocument } from "../linted.ts";
import { isDocument, isPlace, type Place } from "../message-gate.ts";
import { ShowDocumentRequest } from "../protocol-library.ts";
import { lintedNow } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";
import { say, wording } from "../../text/wording.ts";

/** The server's own commands. Each gets its first argument. */
export function handleCommands(session: Session): void {
  const { connection } = session;

  const lintedAt = async (uri: string): Promise<LintedDocument | undefined> =>
    lintedNow(session, await requestedPath(session, uri))?.all;

  /** @throws ResponseError ContentModified if the client does not apply the edit. */
  const apply = async (label: string, edit: WorkspaceEdit): Promise<void> => {
    const { applied } = await connection.workspace.applyEdit({ label, edit });
    if (!applied) throw modified();
  };

  const goTo = async ({ uri, range }: Place): Promise<void> => {
    const params = { uri, selection: range, takeFocus: true };
    await connection.sendRequest(ShowDocumentRequest.type, params);
  };

  const markLosses = async (uri: string): Promise<number> => {
    const linted = await lintedAt(uri);
    if (linted === undefined) return 0;
    const edits = lossMarks(linted.findings);
    const { actions, display } = session.client;
    if (edits.length > 0) {
      await apply(
        say(wording("Mark every loss"), display.translations),
        draftEdit(linted.uri, linted, edits, actions),
      );
    }
    return edits.length;
  };

  const deleteCopy = async ({ uri, range }: Place): Promise<void> => {
    const linted = await lintedAt(uri);
    const fix = linted && copyDeletion(linted, range);
    if (linted === undefined || fix === undefined) throw modified();
    const { actions, display } = session.client;
    await apply(
      say(fix.title, display.translations),
      draftEdit(linted.uri, linted, fix.edits, actions),
    );
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
      case MARK_LOSSES:
        if (!isDocument(argument)) throw invalidArguments(command);
        return markLosses(argument.uri);
      default:
        return undefined;
    }
  });
}
