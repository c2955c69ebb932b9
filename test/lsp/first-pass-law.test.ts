import { onTestFinished, expect, test } from "vitest";
import type { Checker, Clock, Files } from "../../server/src/project/host.ts";
import { checkDraft, inThreadChecker } from "../../server/src/project/check-drafts.ts";
import { timers } from "../../server/src/host/timers.ts";
import { connect } from "../support/lsp.ts";

/* The first pass over workspaces of every small size, with every number of threads. */

const FOLDER = "file:///drafts";
const MOST_DRAFTS = 70;
const MOST_THREADS = 4;

/** Waiting takes one turn of the event loop, whatever the delay. */
const quick: Clock = {
  ...timers,
  after: (_milliseconds, call) => {
    const turn = setImmediate(call);
    return {
      dispose: () => {
        clearImmediate(turn);
      },
    };
  },
};

/** Drafts in memory, and how often each was read. */
function drafts(count: number): { files: Files; names: string[]; reads: Map<string, number> } {
  const names = Array.from({ length: count }, (_, index) => `d${index}.md`);
  const texts = new Map(
    names.map((name) => [`${FOLDER}/${name}`, new TextEncoder().encode(`The the ${name}.\n`)]),
  );
  const reads = new Map<string, number>();
  return {
    names,
    reads,
    files: {
      entries: (folder) =>
        Promise.resolve(
          folder === FOLDER ? names.map((name) => ({ name, isFolder: false })) : undefined,
        ),
      read: (uri) => {
        const text = texts.get(uri);
        if (text !== undefined) reads.set(uri, (reads.get(uri) ?? 0) + 1);
        return Promise.resolve(text ?? "gone");
      },
    },
  };
}

/** A checker with this many threads; with none, the server's own thread checks. */
function checkerOf(threads: number): Checker {
  if (threads === 0) return inThreadChecker(quick);
  return {
    width: threads,
    isOffThread: true,
    check: ({ settings, drafts: batch }) =>
      Promise.resolve(batch.map((draft) => checkDraft(draft, settings))),
    dispose: () => undefined,
  };
}

/** The first pass over a workspace: how often each draft was read and reported, and what is still running. */
async function firstPass(
  count: number,
  threads: number,
): Promise<{ reads: number[]; reports: number[]; running: number }> {
  const { files, names, reads } = drafts(count);
  let running = 0;
  const checker = (): Checker => {
    running++;
    const made = checkerOf(threads);
    return {
      ...made,
      dispose: () => running--,
    };
  };
  const client = await connect({ folders: [FOLDER], host: { files, checker, clock: quick } });
  try {
    const pull = client.workspace();
    await client.settled();
    return {
      reads: names.map((name) => reads.get(`${FOLDER}/${name}`) ?? 0),
      reports: names.map((name) => pull.reports(`${FOLDER}/${name}`)),
      running,
    };
  } finally {
    await client.stop();
  }
}

test.each(Array.from({ length: MOST_THREADS + 1 }, (_, threads) => threads))(
  "with %i threads, a workspace of any size settles, and each draft is read and reported once",
  async (threads) => {
    const errors: unknown[] = [];
    const failed = (error: unknown): void => {
      errors.push(error);
    };
    process.on("unhandledRejection", failed);
    onTestFinished(() => void process.off("unhandledRejection", failed));
    for (let count = 0; count <= MOST_DRAFTS; count++) {
      const { reads, reports, running } = await firstPass(count, threads);
      const once = Array<number>(count).fill(1);
      expect([count, reads, reports, running]).toEqual([count, once, once, 0]);
    }
    expect(errors).toEqual([]);
  },
);
