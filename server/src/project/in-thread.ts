import { decode } from "../text/decode.ts";
import type { StoredFacts } from "./facts.ts";
import { storedFacts } from "./facts.ts";
import type { Settings } from "../settings/settings.ts";
import { isNotProse } from "../formats/registry.ts";
import type { BatchDraft, Checker, Clock } from "./host.ts";

/** Judges one draft from its bytes; undefined where they are no text, or no prose. */
export function checkDraft(draft: BatchDraft, settings: Settings): StoredFacts | undefined {
  const text = decode(draft.bytes);
  if (text === undefined) return undefined;
  const isDraft = draft.asked || !isNotProse(draft.format, text, draft.path);
  return isDraft ? storedFacts(text, draft.format, settings) : undefined;
}

/** A checker on the server's own thread, which lets messages through after every draft. */
export function inThread(clock: Clock): Checker {
  return {
    width: 1,
    isApart: false,
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
