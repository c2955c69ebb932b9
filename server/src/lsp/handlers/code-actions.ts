import type { CodeAction } from "vscode-languageserver";
import { toKey, toPath } from "../../project/places.ts";
import { isText, shape } from "../../project/shape.ts";
import { isolated } from "../../text/excerpt.ts";
import { actionsAt, holesAt } from "../actions/menu.ts";
import type { ActionCandidate, ActionEffect } from "../actions/candidate.ts";
import { editFor } from "../actions/edits.ts";
import type { LintedDocument } from "../linted.ts";
import { CodeActionTriggerKind, modified } from "../messages.ts";
import { lostWords, PATIENCE } from "../lost-words.ts";
import { lintedNow, otherDraft } from "../open-drafts.ts";
import { requestedPath, type Session } from "../session.ts";
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

  connection.onCodeAction(async ({ textDocument, range, context }, token) => {
    const path = await requestedPath(session, textDocument.uri, token);
    // Some clients send null for an absent field.
    const only = context.only ?? undefined;
    // A client asks on its own, to show a light bulb if there is something to choose. On save it asks for a kind.
    const isLightBulb =
      context.triggerKind === CodeActionTriggerKind.Automatic && only === undefined;
    const asked = lintedNow(session, path)?.[isLightBulb ? "shown" : "all"];
    if (asked === undefined) return null;
    const holes = holesAt(asked, range, only);
    const { restored } = await lostWords(session, asked, holes, token, PATIENCE);
    // Findings may have changed; the answer is for the version that was asked about.
    if (lintedNow(session, path)?.all.document !== asked.document) throw modified();
    return Promise.all(
      actionsAt(session, asked, range, only, restored).map((candidate) =>
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
