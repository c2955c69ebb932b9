import { availableParallelism } from "node:os";
import type { StoredFacts } from "../../project/facts.ts";
import type { BatchDraft, Checker } from "../../project/host.ts";
import { checkDraft } from "../../project/in-thread.ts";
import { type StartWorker, threadPool, type ThreadJob } from "./thread-pool.ts";

/** Judges drafts from their bytes. */
export const CHECK_DRAFTS: ThreadJob<BatchDraft, StoredFacts | undefined, undefined> = {
  name: "check drafts",
  // The keyboard comes first.
  isBackground: true,
  run: checkDraft,
  outgoing: (draft) => {
    // The bytes are kept here, should the thread break down: copies are sent.
    const bytes = new Uint8Array(draft.bytes);
    return { task: { ...draft, bytes }, buffers: [bytes.buffer] };
  },
  buffersOf: (facts) => {
    if (facts === undefined) return [];
    const arrays = [facts.lines, facts.prints.hashes, facts.prints.places];
    return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  },
};

const MAX_THREADS = 4;

/**
 * Judges drafts on worker threads: all cores but the one the keyboard has, at most four. They take
 * texts and give facts; nothing stays there. The threads end when the checker is disposed of.
 */
export function threads(startWorker: StartWorker): Checker {
  const width = Math.max(1, Math.min(MAX_THREADS, availableParallelism() - 1));
  const pool = threadPool(CHECK_DRAFTS, startWorker, width, undefined);
  return {
    width,
    isOffThread: true,
    check: ({ settings, drafts }) => pool.run(settings, drafts),
    dispose: () => {
      pool.dispose();
    },
  };
}
