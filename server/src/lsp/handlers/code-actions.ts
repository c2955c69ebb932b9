import type { CodeAction, CodeActionContext, CodeActionParams } from "vscode-languageserver";
import { keyOf, pathOf } from "../../project/places.ts";
import { candidatesAt, holesAt, type Restored } from "../actions/candidates.ts";
import {
  type ActionData,
  isActionData,
  toCodeAction,
  type ActionCandidate,
  isConfigPayload,
} from "../actions/payload.ts";
import { canWriteConfig, configPlaces, inEachPlace } from "../actions/config-places.ts";
import { editFor } from "../actions/edits.ts";
import { findingsAt, type Judgement } from "../judgement.ts";
import { withinMenu } from "../actions/menu.ts";
import { currentVersion } from "../current-version.ts";
import { cancelled, modified } from "../messages.ts";
import { lostWords } from "../lost-words.ts";
import type { Services } from "../services.ts";
import { CodeActionTriggerKind } from "../protocol-library.ts";
import { toDiagnostic } from "../to-protocol.ts";

/** Code actions, and their edits when the client resolves them. */
export function handleCodeActions(services: Services): void {
  const { connection, store, host, judgements } = services;

  connection.onCodeAction(async (params, token) => {
    const path = pathOf(keyOf(params.textDocument.uri));
    await currentVersion(store, host.clock, path);
    if (token.isCancellationRequested) throw cancelled();
    const asked = isLightBulb(params.context) ? judgements.shown(path) : judgements.of(path);
    if (asked === undefined) return null;
    const holes = holesAt(asked, params.range, params.context.only);
    const restored = await lostWords(services, asked, holes, token);
    // What was found meanwhile is for the version that was asked about.
    const judged = judgements.of(path);
    if (judged?.document !== asked.document) throw modified();
    return Promise.all(
      candidatesFor(services, asked, params, restored).map((candidate) =>
        actionOf(services, asked, candidate),
      ),
    );
  });

  connection.onCodeActionResolve(async (action) => {
    const data: unknown = action.data;
    if (!isActionData(data)) return action;
    const judged = judgements.of(pathOf(keyOf(data.uri)));
    if (judged?.version !== data.version) throw modified();
    const edit = await editFor(services, judged, data.payload);
    return edit === undefined ? action : { ...action, edit };
  });
}

/**
 * Whether a client asks by itself, to show a light bulb where there is something to choose. An action that a save
 * makes is asked for by its kind.
 */
function isLightBulb({ triggerKind, only }: CodeActionContext): boolean {
  return triggerKind === CodeActionTriggerKind.Automatic && only === undefined;
}

/** The actions at a range, without those whose config file can't be written exactly. */
function candidatesFor(
  { store, judgements }: Services,
  judged: Judgement,
  { range, context }: CodeActionParams,
  restored: Restored,
): ActionCandidate[] {
  const { workspace, client, options } = store.state;
  const { actions } = client;
  const places = configPlaces(workspace, actions, judged.uri);
  const only = context.only ?? undefined;
  const found = candidatesAt(
    judged,
    range,
    only,
    actions,
    options.fixesRepeats,
    judgements.other,
    restored,
  )
    .flatMap((candidate) => inEachPlace(candidate, places))
    .filter(
      ({ payload }) =>
        !isConfigPayload(payload) || canWriteConfig(workspace, judged.uri, payload, places),
    );
  return withinMenu(found, findingsAt(judged, range));
}

/** The code action, with its edit, or with the data to resolve it. */
async function actionOf(
  services: Services,
  judged: Judgement,
  candidate: ActionCandidate,
): Promise<CodeAction> {
  const { payload, finding } = candidate;
  const { display, resolvesEdits } = services.store.state.client;
  const { uri, lines } = judged;
  const place = { uri, lines, other: services.judgements.other };
  const action = toCodeAction(
    candidate,
    finding === undefined ? [] : [toDiagnostic(finding, place, display)],
  );
  if (payload.type === "command") return action;
  if (resolvesEdits) {
    const data: ActionData = { uri, version: judged.document.version, payload };
    return { ...action, data };
  }
  const edit = await editFor(services, judged, payload);
  return edit === undefined ? action : { ...action, edit };
}
