import type { CodeLens } from "vscode-languageserver";
import { COMPARE, DELETE_COPY, DELETE_DRAFT, GO_TO } from "../../protocol.ts";
import { say, type Translations, type Wording, wording } from "../../text/wording.ts";
import type { ActionSupport } from "../client.ts";
import { draftEdit } from "../actions/edits.ts";
import { copyDeletion } from "../actions/fixes.ts";
import { isDeletable } from "../actions/menu.ts";
import { copyPlaces, type LintedDraft, type OtherDraft } from "../linted.ts";
import { isPlace, type Place } from "../message-gate.ts";
import { invalidArguments, modified, ShowDocumentRequest } from "../messages.ts";
import { lintedNow, lintedWhileTyping, otherDraft } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";

/** Code lenses. */
export function handleCodeLens(session: Session): void {
  session.connection.onCodeLens(async ({ textDocument }, token) => {
    const path = await requestedPath(session, textDocument.uri, token);
    const { options, client } = session;
    // A client that can't be told to ask again would not get new ones after a pause.
    const find = client.refreshesCodeLens ? lintedWhileTyping : lintedNow;
    const linted = options.codeLens ? find(session, path)?.shown : undefined;
    if (linted === undefined) return [];
    return codeLenses(
      linted,
      client.actions,
      (name) => otherDraft(session, name),
      client.display.translations,
    );
  });
}

/**
 * The code lenses of a draft: above each passage that is also elsewhere, where that is, both side by side, and the
 * deletion of this copy or draft. Hints have none. No fix is computed for them.
 */
export function codeLenses(
  linted: LintedDraft,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
  translations?: Translations,
): CodeLens[] {
  return linted.findings.flatMap((finding) => {
    if (finding.severity === "hint") return [];
    const places = copyPlaces(linted, finding, other);
    if (places === undefined || !places.isPassage) return [];
    const { here, there, where } = places;
    const lens = (title: Wording, command: string, ...args: unknown[]): CodeLens => ({
      range: here.range,
      command: { title: say(title, translations), command, arguments: args },
    });
    const canDelete = finding.fixes?.some(
      ({ kind, uri }) => kind === "repeat" && uri === undefined,
    );
    return [
      ...(support.showDocument ? [lens(wording("Repeats {0}", where), GO_TO, there)] : []),
      ...(support.compare ? [lens(wording("compare"), COMPARE, there, here)] : []),
      ...(canDelete === true ? [lens(wording("delete this copy"), DELETE_COPY, here)] : []),
      ...(support.deleteDraft && isDeletable(linted, finding)
        ? [lens(wording("delete this draft"), DELETE_DRAFT, { uri: linted.uri })]
        : []),
    ];
  });
}

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
    if (command !== GO_TO && command !== DELETE_COPY) return undefined;
    if (!isPlace(argument)) throw invalidArguments(command);
    return command === GO_TO ? goTo(argument) : deleteCopy(argument);
  });
}
