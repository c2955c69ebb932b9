import type { CheckedDraft } from "../project/check-drafts.ts";
import type { Checker, FactsCache } from "../project/host.ts";
import type { Progress } from "./progress.ts";
import type { Scheduler } from "./scheduler.ts";

/** What is being done about the drafts on disk. What is known of them is in the workspace. */
export interface Disk {
  /** Drafts to be read, those first that somebody waits for. */
  readonly urgent: Set<string>;
  readonly backlog: Set<string>;
  /** Drafts that are being read or judged: none is twice at a time, so that the newest wins. */
  readonly busy: Set<string>;
  /** What was judged and is not in the workspace yet. */
  readonly results: Map<string, CheckedDraft>;
  /** Folders to be looked through; whether drafts that are known are read again. */
  readonly scans: Map<string, boolean>;
  checker: Checker | undefined;
  cache: FactsCache | undefined;
  /** Has the drafts in the queues judged; made when there is a first one. */
  scheduler: Scheduler | undefined;
  /** Whether the server's own thread is at its share; whether it waits for the keyboard to rest. */
  mainThreadBusy: boolean;
  recheckScheduled: boolean;
  scanning: boolean;
  flushed: number;
  /** Rises when everything that is under way is pointless. */
  generation: number;
  /** Rises when nobody wants the rest of the walks that are under way. */
  walks: number;
  /** All drafts have been looked at once. */
  complete: boolean;
  /** There are more drafts than are wanted: none is checked that is not open. */
  capped: boolean;
  progress: Progress | undefined;
  done: number;
}

export function newDisk(): Disk {
  return {
    urgent: new Set(),
    backlog: new Set(),
    busy: new Set(),
    results: new Map(),
    scans: new Map(),
    checker: undefined,
    cache: undefined,
    scheduler: undefined,
    mainThreadBusy: false,
    recheckScheduled: false,
    scanning: false,
    flushed: 0,
    generation: 0,
    walks: 0,
    complete: false,
    capped: false,
    progress: undefined,
    done: 0,
  };
}
