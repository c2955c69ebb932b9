import { decode } from "../core/decode.ts";
import type { DraftFacts } from "../core/facts.ts";
import { checkText } from "../core/facts.ts";
import type { Batch, BatchDraft, Checker, Clock } from "./host.ts";

/** Judges one draft from its bytes. */
export function checkDraft(draft: BatchDraft, settings: Batch["settings"]): DraftFacts | undefined {
  const text = decode(draft.bytes);
  return text === undefined ? undefined : checkText(text, draft.format, settings);
}

/** A checker on the server's own thread, which lets messages through after every draft. */
export function inThread(clock: Clock): Checker {
  return {
    width: 1,
    check: async ({ drafts, settings }) => {
      const facts: (DraftFacts | undefined)[] = [];
      for (const draft of drafts) {
        facts.push(checkDraft(draft, settings));
        await clock.turn();
      }
      return facts;
    },
    dispose: () => undefined,
  };
}
