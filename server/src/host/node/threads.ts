import { availableParallelism } from "node:os";
import type { StoredFacts } from "../../project/facts.ts";
import type { BatchDraft, Checker } from "../../project/host.ts";
import { checkDraft } from "../../project/in-thread-checker.ts";
import { type StartWorker, threadPool, type ThreadJob } from "./thread-pool.ts";

/** The job that checks drafts from their bytes. */
export const CHECK_DRAFTS: ThreadJob<BatchDraft, StoredFacts | undefined, undefined> = {
  name: "check drafts",
  // Typing has priority.
  isBackground: true,
  run: checkDraft,
  outgoing: (draft) => {
    // Copies are sent, because the bytes are needed here if the thread fails.
    const bytes = new Uint8Array(draft.bytes);
    return { task: { ...draft, bytes }, buffers: [bytes.buffer] };
  },
  buffersOf: (facts) => {
    if (facts === undefined) return [];
    const { hashes, places, row } = facts.prints;
    const arrays = [facts.lines, hashes, places, row];
    return arrays.flatMap(({ buffer }) => (buffer instanceof ArrayBuffer ? [buffer] : []));
  },
};

const MAX_THREADS = 4;

/**
 * A checker on worker threads: one for each core but one, at most four. The threads end when the checker is
 * disposed.
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
