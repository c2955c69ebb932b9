import { isSwitchedOff } from "../../engine/suppression/suppress.ts";
import { keyOf, pathOf } from "../../project/places.ts";
import { notDraftReason } from "../../project/workspace.ts";
import { DRAFT_STATE, type DraftState, PASSAGE, RULE_NAMES, SETTLED } from "../../protocol.ts";
import { RULES } from "../../rules/index.ts";
import { skipReasonText } from "../../settings/skipped.ts";
import { currentVersion } from "../current-version.ts";
import type { Judgement } from "../judge.ts";
import { passageText } from "../passage.ts";
import type { Services } from "../services.ts";
import { isReady } from "../state.ts";

/** The custom requests; see protocol.ts. */
export function handleRequests(services: Services): void {
  const { connection, store, queue, host, judgements } = services;

  connection.onRequest(DRAFT_STATE, async ({ uri }: { uri: string }) => {
    const path = pathOf(keyOf(uri));
    await currentVersion(store, host.clock, path);
    const why = notDraftReason(store.state.workspace, path);
    const found = draftState(judgements.of(path));
    return why === undefined ? found : { ...found, why: skipReasonText(why) };
  });

  connection.onRequest(PASSAGE, async (place: unknown) => {
    await store.until(isReady);
    return passageText(services, place);
  });

  connection.onRequest(SETTLED, async () => {
    await store.until(isReady);
    await queue.whenIdle();
  });

  connection.onRequest(RULE_NAMES, () => RULES.map(({ id, summary }) => ({ id, summary })));
}

/** Whether a draft is checked, and how many findings of each severity it has. */
function draftState(judged: Judgement | undefined): DraftState {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  if (judged === undefined) return { state: "no draft", counts };
  for (const { severity } of judged.findings) counts[severity]++;
  return { state: isSwitchedOff(judged.draft) ? "off" : "on", counts };
}
