import type { CodeLens } from "vscode-languageserver";
import { COMPARE, DELETE_COPY, DELETE_DRAFT, GO_TO } from "../../protocol.ts";
import { say, type Translations, type Wording, wording } from "../../text/wording.ts";
import type { ActionSupport } from "../client.ts";
import { isDeletable } from "../actions/menu.ts";
import { copyPlaces, type JudgedDraft, type OtherDraft } from "../judgement.ts";
import { judgedWhileTyping, otherDraft } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";

/** Code lenses. */
export function handleCodeLens(session: Session): void {
  session.connection.onCodeLens(async ({ textDocument }, token) => {
    const path = await requestedPath(session, textDocument.uri, token);
    const { options, client } = session;
    const judged = options.codeLens ? judgedWhileTyping(session, path)?.shown : undefined;
    if (judged === undefined) return [];
    return codeLenses(
      judged,
      client.actions,
      (name) => otherDraft(session, name),
      client.translations,
    );
  });
}

/**
 * The code lenses of a draft: above each passage that stands elsewhere too, where that is, the two side by side,
 * and the deletion of this copy or draft. Hints have none. No fix is worked out for them.
 */
export function codeLenses(
  judged: JudgedDraft,
  support: ActionSupport,
  other: (name: string) => OtherDraft | undefined,
  translations?: Translations,
): CodeLens[] {
  return judged.findings.flatMap((finding) => {
    if (finding.severity === "hint") return [];
    const places = copyPlaces(judged, finding, other);
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
      ...(support.deleteDraft && isDeletable(judged, finding)
        ? [lens(wording("delete this draft"), DELETE_DRAFT, { uri: judged.uri })]
        : []),
    ];
  });
}
