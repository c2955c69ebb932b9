import { keyOf, pathOf } from "../../project/places.ts";
import { notDraftReason } from "../../project/workspace.ts";
import {
  DRAFT_STATE,
  INCLUDE_KIND,
  READINESS,
  RULE_NAMES,
  SERVER_REPORT,
  SETTLED,
  STET_CHOICES,
  type StetChoices,
} from "../../protocol.ts";
import { RULES } from "../../rules/index.ts";
import { kindIncluded } from "../../settings/include-kind.ts";
import { configEdit } from "../actions/edits.ts";
import { stetChoices } from "../actions/stet-choices.ts";
import { currentVersion } from "../current-version.ts";
import { draftState, readiness, serverReport } from "../status.ts";
import type { Place } from "../message-gate.ts";
import type { Services } from "../services.ts";
import { isReady } from "../state.ts";

/** The custom requests; see protocol.ts. */
export function handleRequests(services: Services): void {
  const { connection, store, queue, host, judgements } = services;

  connection.onRequest(DRAFT_STATE, async ({ uri }: { uri: string }) => {
    const path = pathOf(keyOf(uri));
    await currentVersion(store, host.clock, path);
    return draftState(store.state.workspace, path, judgements.whileTyping(path)?.all);
  });

  connection.onRequest(READINESS, async () => {
    await store.until(isReady);
    await queue.whenIdle();
    return readiness(services);
  });

  connection.onRequest(STET_CHOICES, async ({ uri, range }: Place): Promise<StetChoices | null> => {
    const path = pathOf(keyOf(uri));
    await currentVersion(store, host.clock, path);
    const judged = judgements.of(path);
    if (judged === undefined) return null;
    return { version: judged.version, choices: await stetChoices(services, judged, range) };
  });

  connection.onRequest(INCLUDE_KIND, async ({ uri }: { uri: string }) => {
    const path = pathOf(keyOf(uri));
    await currentVersion(store, host.clock, path);
    const reason = notDraftReason(store.state.workspace, path);
    const pattern = reason && kindIncluded(reason, path)?.pattern;
    if (pattern === undefined) return null;
    return (await configEdit(services, uri, { type: "include", pattern })) ?? null;
  });

  connection.onRequest(SERVER_REPORT, async (params: { uri?: string } | null | undefined) => {
    const uri = params?.uri ?? undefined;
    await store.until(isReady);
    // The config files for a document are known once it is.
    if (uri !== undefined) await currentVersion(store, host.clock, pathOf(keyOf(uri)));
    return serverReport(services, uri);
  });

  connection.onRequest(SETTLED, async () => {
    await store.until(isReady);
    await queue.whenIdle();
  });

  connection.onRequest(RULE_NAMES, () => RULES.map(({ id, summary }) => ({ id, summary })));
}
