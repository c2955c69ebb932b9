import type { CodeAction, CodeActionContext, CodeActionParams } from "vscode-languageserver";
import { toKey, toPath } from "../../project/places.ts";
import {
  candidatesAt,
  holesAt,
  type Restored,
  withDistinctTitles,
  withinMenu,
} from "../actions/menu.ts";
import {
  type ActionData,
  isActionData,
  toCodeAction,
  type ActionCandidate,
  isConfigPayload,
} from "../actions/payload.ts";
import { canWriteConfig, configPlace } from "../actions/config-places.ts";
import { editFor } from "../actions/edits.ts";
import { findingsAt, type LintedDocument } from "../linted.ts";
import { modified } from "../messages.ts";
import { lostWords, PATIENCE } from "../lost-words.ts";
import { lintedNow, otherDraft } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";
import { CodeActionTriggerKind } from "../messages.ts";
import { toDiagnostic } from "../to-protocol.ts";

/** Code actions, and their edits when the client resolves them. */
export function handleCodeActions(session: Session): void {
  const { connection } = session;

  connection.onCodeAction(async (params, token) => {
    const path = await requestedPath(session, params.textDocument.uri, token);
    const asked = lintedNow(session, path)?.[isLightBulb(params.context) ? "shown" : "all"];
    if (asked === undefined) return null;
    const holes = holesAt(asked, params.range, params.context.only);
    const { restored } = await lostWords(session, asked, holes, token, PATIENCE);
    // Findings may have changed; the answer is for the version that was asked about.
    if (lintedNow(session, path)?.all.document !== asked.document) throw modified();
    return Promise.all(
      candidatesFor(session, asked, params, restored).map((candidate) =>
        toAction(session, asked, candidate),
      ),
    );
  });

  connection.onCodeActionResolve(async (action) => {
    const data: unknown = action.data;
    if (!isActionData(data)) return action;
    const linted = lintedNow(session, toPath(toKey(data.uri)))?.all;
    if (linted?.version !== data.version) throw modified();
    const edit = await editFor(session, linted, data.payload);
    return edit === undefined ? action : { ...action, edit };
  });
}

/**
 * Whether a client asks on its own, to show a light bulb if there is something to choose. On save it asks for a kind.
 */
function isLightBulb({ triggerKind, only }: CodeActionContext): boolean {
  return triggerKind === CodeActionTriggerKind.Automatic && only === undefined;
}

/** The actions at a range, without those whose config file can't be written exactly. */
function candidatesFor(
  session: Session,
  linted: LintedDocument,
  { range, context }: CodeActionParams,
  restored: Restored,
): ActionCandidate[] {
  const { workspace, client, options } = session;
  const { actions, display } = client;
  const { translations } = display;
  const place = configPlace(workspace, actions, linted.uri);
  const only = context.only ?? undefined;
  const candidates = candidatesAt(
    linted,
    range,
    only,
    actions,
    options.fixesRepeats,
    (name) => otherDraft(session, name),
    restored,
  );
  const shown = withDistinctTitles(candidates, linted.lines, translations).filter(
    ({ payload }) =>
      !isConfigPayload(payload) || canWriteConfig(workspace, linted.uri, payload, place),
  );
  return withinMenu(shown, findingsAt(linted, range));
}

/** The code action, with its edit, or with the data to resolve it. */
async function toAction(
  session: Session,
  linted: LintedDocument,
  candidate: ActionCandidate,
): Promise<CodeAction> {
  const { payload, finding } = candidate;
  const { display, resolvesEdits } = session.client;
  const { uri, lines } = linted;
  const place = { uri, lines, other: (name: string) => otherDraft(session, name) };
  const action = toCodeAction(
    candidate,
    finding === undefined ? [] : [toDiagnostic(finding, place, display)],
  );
  if (payload.type === "command") return action;
  if (resolvesEdits) {
    const data: ActionData = { uri, version: linted.document.version, payload };
    return { ...action, data };
  }
  const edit = await editFor(session, linted, payload);
  return edit === undefined ? action : { ...action, edit };
}
