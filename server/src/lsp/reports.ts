import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { HeldRequest, Partial } from "./held-request.ts";
import { fileReport } from "./judgements.ts";
import { offer, type Session } from "./session.ts";
import { uriOf } from "../project/workspace.ts";

/** So many files at most in one message: a client works through it without a pause. */
const CHUNK = 50;

/** Longest time, in milliseconds, before waiting messages are let through. */
const SLICE = 4;

/**
 * Holds a request open: all there is to say is streamed, then what changes, until the client cancels.
 * A client that can't be streamed to is answered as soon as there is something to say.
 */
export function hold(
  session: Session,
  partial: Partial | undefined,
  previous: ReadonlyMap<string, string>,
  answer: (report: WorkspaceDiagnosticReport) => void,
): HeldRequest {
  const held: HeldRequest = {
    partial,
    known: new Map(previous),
    unconfirmed: new Set(previous.keys()),
    waiting: new Set(),
    gathered: new Map(),
    answer,
    open: true,
  };
  session.held.add(held);
  const { open, stored, configs } = session.workspace;
  for (const path of [...open.keys(), ...stored.keys(), ...configs.keys()]) held.waiting.add(path);
  announce(session, []);
  return held;
}

export function release(session: Session, held: HeldRequest): void {
  held.open = false;
  session.held.delete(held);
}

/** Has every held request look at files that may be different. */
export function announce(session: Session, paths: Iterable<string>): void {
  for (const path of paths) {
    for (const held of session.held) held.waiting.add(path);
    if (session.client.pushes) session.toPush.add(path);
  }
  if (session.reporting) return;
  session.reporting = true;
  void report(session);
}

async function report(session: Session): Promise<void> {
  const { clock } = session.host;
  await session.ready;
  do {
    await clock.turn();
    const start = clock.now();
    for (const held of session.held) stream(session, held, start);
    publish(session, start);
  } while (hasMore(session));
  session.reporting = false;
}

function hasMore(session: Session): boolean {
  const { complete } = session.disk;
  const settled = isSettled(session);
  if (session.toPush.size > 0) return true;
  return [...session.held].some(
    ({ waiting, unconfirmed, gathered }) =>
      waiting.size > 0 || (complete && unconfirmed.size > 0) || (settled && gathered.size > 0),
  );
}

/** Whether every draft was looked at, and compared with the others. */
function isSettled({ disk, others }: Session): boolean {
  const waiting = others.waiting.size + others.unread.size;
  return disk.complete && waiting === 0 && !others.comparing;
}

/** Sends a chunk of what there is to say. */
function stream(session: Session, held: HeldRequest, start: number): void {
  const { clock } = session.host;
  const items: WorkspaceDocumentDiagnosticReport[] = [];
  // Files that are gone can be told from those not met yet once all have been looked at.
  if (session.disk.complete && held.waiting.size === 0) {
    for (const path of held.unconfirmed) held.waiting.add(path);
  }
  for (const path of held.waiting) {
    if (items.length >= CHUNK || clock.now() - start > SLICE) break;
    held.waiting.delete(path);
    const item = itemFor(session, held, path);
    if (item !== undefined) items.push(item);
  }
  if (held.partial === undefined) {
    for (const item of items) held.gathered.set(item.uri, item);
  } else if (items.length > 0) {
    held.partial.report({ items });
  }
  if (held.waiting.size === 0 && held.gathered.size > 0 && isSettled(session)) {
    release(session, held);
    held.answer({ items: [...held.gathered.values()] });
  }
}

function itemFor(
  session: Session,
  held: HeldRequest,
  path: string,
): WorkspaceDocumentDiagnosticReport | undefined {
  const found = fileReport(session, path);
  const known = held.known.get(path);
  const unconfirmed = held.unconfirmed.delete(path);
  if (found === undefined) {
    if (known === undefined) return undefined;
    if (unconfirmed && !session.disk.complete) {
      // It may just not have been read yet.
      held.unconfirmed.add(path);
      return undefined;
    }
    held.known.delete(path);
    return { kind: "full", uri: uriOf(session.workspace, path), version: null, items: [] };
  }
  const { uri, version, resultId, items } = found;
  held.known.set(path, resultId);
  if (known !== resultId) return { kind: "full", uri, version, resultId, items: [...items] };
  return unconfirmed ? { kind: "unchanged", uri, version, resultId } : undefined;
}

/** Publishes to a client that asks for nothing. */
function publish(session: Session, start: number): void {
  for (const path of session.toPush) {
    if (session.host.clock.now() - start > SLICE) return;
    session.toPush.delete(path);
    const found = fileReport(session, path);
    const version = found?.version ?? null;
    const before = session.published.get(path);
    const now = `${found?.resultId ?? "gone"} ${version ?? "stored"}`;
    if (before === now) continue;
    // Of a file that nobody looks at there is nothing to say until something is found in it.
    const quiet = version === null && (found === undefined || found.items.length === 0);
    if (quiet && (before === undefined || before.startsWith("gone"))) continue;
    session.published.set(path, quiet ? "gone" : now);
    const diagnostics = {
      uri: found?.uri ?? uriOf(session.workspace, path),
      ...(version === null ? {} : { version }),
      diagnostics: [...(found?.items ?? [])],
    };
    offer(session.connection.sendDiagnostics(diagnostics));
  }
}
