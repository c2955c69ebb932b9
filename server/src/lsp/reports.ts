import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import { uriOf } from "../project/workspace.ts";
import { sendOptional } from "./messages.ts";
import { reportFor } from "./open-drafts.ts";
import type { Session } from "./session.ts";
import { isReady } from "./state.ts";

/** Sends the diagnostics of all files: as answers to held requests, or published. */
export interface Reports {
  /** Marks files whose diagnostics may have changed. */
  markChanged(paths: Iterable<string>): void;
  /**
   * Holds a request open: all reports are streamed, then the changed ones, until the client cancels. A client
   * that takes no partial results is answered at the first change.
   */
  hold(
    partial: PartialResults | undefined,
    previous: ReadonlyMap<string, string>,
    answer: (report: WorkspaceDiagnosticReport) => void,
  ): HeldRequest;
  release(held: HeldRequest): void;
  /** Marks a closed document: the client's report of it is of the open text. */
  forgetOpen(path: string): void;
  /** Answers all held requests with an empty report. */
  end(): void;
}

/** The most files in one message: the client handles a message without a pause. */
const CHUNK = 50;

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 4;

export function newReports(session: Session): Reports {
  const { connection, store, queue, disk, cross } = session;
  const { clock } = session.host;
  /** The held `workspace/diagnostic` requests. */
  const requests = new Set<HeldRequest>();
  /** Files to be published, and the result that was last published of each. */
  const unpublished = new Set<string>();
  const published = new Map<string, string>();

  const markChanged = (paths: Iterable<string>): void => {
    for (const path of paths) {
      for (const held of requests) held.waiting.add(path);
      if (store.state.client.pushes) unpublished.add(path);
    }
    // Before the settings are known nothing is reported; then every file is marked.
    if (isReady(store.state)) queue.add({ kind: "report", name: "report", run: report });
  };

  /** Sends reports for one time slice, and queues itself for the rest. */
  const report = (): void => {
    const start = clock.now();
    for (const held of requests) stream(held, start);
    publish(start);
    if (hasMore()) queue.add({ kind: "report", name: "report", run: report });
  };

  const hasMore = (): boolean => {
    const { complete } = disk;
    const settled = isSettled();
    if (unpublished.size > 0) return true;
    return [...requests].some(
      ({ waiting, unconfirmed, gathered }) =>
        waiting.size > 0 || (complete && unconfirmed.size > 0) || (settled && gathered.size > 0),
    );
  };

  /** Whether every draft was checked and compared with the others. */
  const isSettled = (): boolean => disk.complete && !cross.hasWork && !cross.comparing;

  /** Sends the next chunk of a held request. */
  const stream = (held: HeldRequest, start: number): void => {
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    // Only after all drafts were checked is a file without a report known to be deleted.
    if (disk.complete && held.waiting.size === 0) {
      for (const path of held.unconfirmed) held.waiting.add(path);
    }
    for (const path of held.waiting) {
      if (items.length >= CHUNK || clock.now() - start > SLICE) break;
      held.waiting.delete(path);
      const item = itemFor(held, path);
      if (item !== undefined) items.push(item);
    }
    if (held.partial === undefined) {
      for (const item of items) held.gathered.set(item.uri, item);
    } else if (items.length > 0) {
      held.partial.report({ items });
    }
    if (held.waiting.size === 0 && held.gathered.size > 0 && isSettled()) {
      release(held);
      held.answer({ items: [...held.gathered.values()] });
    }
  };

  const itemFor = (
    held: HeldRequest,
    path: string,
  ): WorkspaceDocumentDiagnosticReport | undefined => {
    const found = reportFor(session, path);
    const known = held.known.get(path);
    const unconfirmed = held.unconfirmed.delete(path);
    if (found === undefined) {
      if (known === undefined) return undefined;
      if (unconfirmed && !disk.complete) {
        // It may not have been read yet.
        held.unconfirmed.add(path);
        return undefined;
      }
      held.known.delete(path);
      return { kind: "full", uri: uriOf(store.state.workspace, path), version: null, items: [] };
    }
    const { uri, version, resultId, items } = found;
    held.known.set(path, resultId);
    if (known !== resultId) return { kind: "full", uri, version, resultId, items: [...items] };
    return unconfirmed ? { kind: "unchanged", uri, version, resultId } : undefined;
  };

  /** Publishes diagnostics to a client that doesn't pull. */
  const publish = (start: number): void => {
    for (const path of unpublished) {
      if (clock.now() - start > SLICE) return;
      unpublished.delete(path);
      const found = reportFor(session, path);
      const version = found?.version ?? null;
      const before = published.get(path);
      const now = `${found?.resultId ?? "gone"} ${version ?? "stored"}`;
      if (before === now) continue;
      // A file that is not open is published only once it has diagnostics.
      const quiet = version === null && (found === undefined || found.items.length === 0);
      if (quiet && (before === undefined || before.startsWith("gone"))) continue;
      published.set(path, quiet ? "gone" : now);
      const diagnostics = {
        uri: found?.uri ?? uriOf(store.state.workspace, path),
        ...(version === null ? {} : { version }),
        diagnostics: [...(found?.items ?? [])],
      };
      sendOptional(connection.sendDiagnostics(diagnostics));
    }
  };

  const release = (held: HeldRequest): void => {
    held.open = false;
    requests.delete(held);
  };

  return {
    markChanged,
    hold: (partial, previous, answer) => {
      const { open, stored, configs } = store.state.workspace;
      const held: HeldRequest = {
        partial,
        known: new Map(previous),
        unconfirmed: new Set(previous.keys()),
        waiting: new Set([...open.keys(), ...stored.keys(), ...configs.keys()]),
        gathered: new Map(),
        answer,
        open: true,
      };
      requests.add(held);
      markChanged([]);
      return held;
    },
    release,
    forgetOpen: (path) => {
      for (const held of requests) held.known.set(path, "closed");
    },
    end: () => {
      for (const held of [...requests]) {
        release(held);
        held.answer({ items: [] });
      }
    },
  };
}

/** A `workspace/diagnostic` request that is held open (long polling). */
interface HeldRequest {
  /** Where partial results go; undefined where the client takes none. */
  readonly partial: PartialResults | undefined;
  /** The result id that the client has of each file. */
  readonly known: Map<string, string>;
  /** Files that the client named and that this request has not reported yet. */
  readonly unconfirmed: Set<string>;
  /** Files that may have a different report. */
  readonly waiting: Set<string>;
  /** The reports for the answer, where the client takes no partial results. */
  readonly gathered: Map<string, WorkspaceDocumentDiagnosticReport>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
  open: boolean;
}

/** Sends a part of the result ahead of the answer. */
interface PartialResults {
  report(part: { items: WorkspaceDocumentDiagnosticReport[] }): void;
}
