import type { CodeAction, CodeActionContext, CodeActionParams } from "vscode-languageserver";
import { toKey, toPath } from "../../project/places.ts";
import { isText, shape } from "../../project/shape.ts";
import { isolated } from "../../text/excerpt.ts";
import {
  candidatesAt,
  holesAt,
  type Restored,
  withDistinctTitles,
  withinMenu,
} from "../actions/menu.ts";
import type { ActionCandidate, ActionEffect } from "../actions/candidate.ts";
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
  const { connection, drafts } = session;
  let offers = 0;

  const offer = (uri: string, effect: ActionEffect): Offer => {
    const id = String(offers++);
    drafts.get(toPath(toKey(uri)))?.offered.set(id, effect);
    return { uri, id };
  };

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
        toAction(session, asked, candidate, offer),
      ),
    );
  });

  connection.onCodeActionResolve(async (action) => {
    const data: unknown = action.data;
    if (!isOffer(data)) return action;
    const path = toPath(toKey(data.uri));
    const linted = lintedNow(session, path)?.all;
    const effect = drafts.get(path)?.offered.get(data.id);
    if (linted === undefined || effect === undefined) throw modified();
    const edit = await editFor(session, linted, effect);
    return edit === undefined ? action : { ...action, edit };
  });
}

/** `CodeAction.data`: the draft for which an action was offered, and its id (`OpenDraft.offered`). */
interface Offer {
  readonly uri: string;
  readonly id: string;
}

/** A client can send anything. */
const isOffer = shape<Offer>({ uri: isText, id: isText });

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
    ({ effect }) => !("config" in effect) || canWriteConfig(workspace, effect.config, place),
  );
  return withinMenu(shown, findingsAt(linted, range));
}

/** The code action, with its edit, or with what resolves it. */
async function toAction(
  session: Session,
  linted: LintedDocument,
  { title, kind, preferred, finding, effect }: ActionCandidate,
  offer: (uri: string, effect: ActionEffect) => Offer,
): Promise<CodeAction> {
  const { display, resolvesEdits } = session.client;
  const { uri, lines } = linted;
  const place = { uri, lines, other: (name: string) => otherDraft(session, name) };
  const action: CodeAction = {
    title: isolated(title),
    kind,
    ...(finding && { diagnostics: [toDiagnostic(finding, place, display)] }),
    ...(preferred && { isPreferred: true }),
  };
  if ("command" in effect) return { ...action, command: { title, ...effect } };
  if (resolvesEdits) return { ...action, data: offer(uri, effect) };
  const edit = await editFor(session, linted, effect);
  return edit === undefined ? action : { ...action, edit };
}
