import { draftText } from "./draft-text.ts";
import { type StoredFacts, storedFacts } from "./facts.ts";
import type { Settings } from "../settings/settings.ts";
import type { BatchDraft, Checker, Clock } from "./host.ts";

/** Checks one draft from its bytes; undefined if they are not text or not prose. */
export function checkDraft(draft: BatchDraft, settings: Settings): StoredFacts | undefined {
  const read = draftText(draft.bytes, draft);
  return "no" in read ? undefined : storedFacts(read.text, draft.format, settings);
}

/** A checker on the calling thread, which yields to waiting messages after every draft. */
export function inThreadChecker(clock: Clock): Checker {
  return {
    width: 1,
    isOffThread: false,
    check: async ({ drafts, settings }) => {
      const facts: (StoredFacts | undefined)[] = [];
      for (const draft of drafts) {
        facts.push(checkDraft(draft, settings));
        await clock.turn();
      }
      return facts;
    },
    dispose: () => undefined,
  };
}
