import { inThreadChecker } from "../../server/src/project/check-drafts.ts";
import type { Clock, Host } from "../../server/src/project/host.ts";
import { LONG_PATIENCE, PATIENCE } from "../../server/src/lsp/lost-words.ts";
import { nodeFiles } from "../../server/src/host/node/files.ts";
import { timers } from "../../server/src/host/timers.ts";

/** The server's time limit for its client's answers is not a pause. */
const PATIENCES: readonly number[] = [PATIENCE, LONG_PATIENCE];

/** The clock of a server that waits for no pause: each delay is a millisecond. */
const HASTY: Clock = {
  ...timers,
  after: (milliseconds, call) =>
    timers.after(PATIENCES.includes(milliseconds) ? milliseconds : milliseconds && 1, call),
};

/**
 * A host on this machine's files, without threads, watchers or a cache. With `virtualClock()` as its `clock`, a
 * server's delays pass when a test says so.
 */
export function testHost(parts: Partial<Host>): Host {
  const { clock = HASTY } = parts;
  return {
    reads: (scheme) => scheme === "file",
    files: nodeFiles,
    checker: () => inThreadChecker(clock),
    clock,
    ...parts,
  };
}
