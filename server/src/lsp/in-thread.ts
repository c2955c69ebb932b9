import { decode } from "../core/decode.ts";
import type { StoredFacts } from "../core/facts.ts";
import { storedFacts } from "../core/facts.ts";
import type { Settings } from "../core/settings.ts";
import type { BatchDraft, Checker, Clock } from "./host.ts";

/** Judges one draft from its bytes; undefined where they are no text. */
export function checkDraft(draft: BatchDraft, settings: Settings): StoredFacts | undefined {
  const text = decode(draft.bytes);
  return text === undefined ? undefined : storedFacts(text, draft.format, settings);
}

/** A checker on the server's own thread, which lets messages through after every draft. */
export function inThread(clock: Clock): Checker {
  return {
    width: 1,
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
