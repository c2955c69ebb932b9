import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";
import type { OpenDocument } from "../project/document.ts";
import { canHoldDrafts, isConfig, isExtended, toUri } from "../project/workspace.ts";
import { type DraftState, STATE_CHANGED } from "../protocol.ts";
import { BASELINE_NAME } from "../settings/baseline-file.ts";
import { basename, dirname } from "../text/path.ts";
import { hasWork } from "./comparison.ts";
import type { ShownDraft } from "./linted.ts";
import { sendOptional } from "./messages.ts";
import { lintedWhileTyping, otherDraft, storedDraft } from "./open-drafts.ts";
import { CodeLensRefreshRequest } from "./messages.ts";
import type { Session } from "./session.ts";
import { isReady, isServed } from "./state.ts";
import { draftState } from "./status.ts";
import { configReport, draftReport, type FileReport, newReport } from "./to-protocol.ts";

/** The most files in one message: the client handles a message in one go. */
const CHUNK = 50;

/** The longest time, in milliseconds, before yielding to waiting messages. */
const SLICE = 4;

/**
 * Sends the diagnostics of all files, as answers to held requests or by publishing. Asks a client that pulls to fetch
 * open documents again if their last answer no longer holds.
 */
export class Reports {
  readonly #session: Session;
  readonly #requests = new Set<HeldRequest>();
  /** Files to publish, and the last published result of each. */
  readonly #unpublished = new Set<string>();
  readonly #published = new Map<string, string>();
  /** For open documents: the last answer to the client, its last state, and which of these may no longer hold. */
  readonly #answers = new Map<string, Answer>();
  readonly #states = new Map<string, Set<string>>();
  readonly #doubtful = new Set<string>();
  #isOutdated = false;

  constructor(session: Session) {
    this.#session = session;
  }

  /** Marks files whose diagnostics may have changed. */
  markChanged(paths: Iterable<string>): void {
    const { state } = this.#session.store;
    for (const path of paths) {
      for (const held of this.#requests) held.waiting.add(path);
      if (!state.client.pulls) this.#unpublished.add(path);
      if (this.#answers.has(path) || this.#states.has(path)) this.#doubtful.add(path);
    }
    // Nothing is reported before the settings are known; then every file is marked.
    if (isReady(state)) this.#queue();
  }

  /**
   * Holds a request open: streams all reports, then the changed ones, until the client cancels. A client without
   * partial results gets its answer at the first change.
   */
  hold(
    partial: PartialResults | undefined,
    previous: ReadonlyMap<string, string>,
    answer: (report: WorkspaceDiagnosticReport) => void,
  ): HeldRequest {
    const { open, stored, configs } = this.#session.workspace;
    const held: HeldRequest = {
      partial,
      known: new Map(previous),
      unconfirmed: new Set(previous.keys()),
      waiting: new Set([...open.keys(), ...stored.keys(), ...configs.keys()]),
      gathered: new Map(),
      answer,
    };
    this.#requests.add(held);
    this.markChanged([]);
    return held;
  }

  release(held: HeldRequest): void {
    this.#requests.delete(held);
  }

  /** The diagnostics of a document that the client asks for. */
  answer(path: string): FileReport | undefined {
    const report = reportFor(this.#session, path);
    const document = this.#session.workspace.open.get(path);
    if (document !== undefined) this.#answers.set(path, { document, resultId: report?.resultId });
    return report;
  }

  /** What else a client shows about an open document. If that changes later, the client is notified. */
  state(path: string): DraftState {
    const state = this.#stateNow(path);
    if (!this.#session.workspace.open.has(path)) return state;
    // The status bar may have asked before, and Ready to Publish after a change.
    const answered = this.#states.get(path) ?? new Set();
    this.#states.set(path, answered.add(JSON.stringify(state)));
    return state;
  }

  #stateNow(path: string): DraftState {
    return draftState(this.#session, path, lintedWhileTyping(this.#session, path)?.shown);
  }

  /** Asks the client to fetch again what it shows about its open documents. */
  refresh(): void {
    const { client, connection } = this.#session;
    if (client.pulls && client.refreshes) sendOptional(connection.languages.diagnostics.refresh());
    if (client.refreshesCodeLens) sendOptional(connection.sendRequest(CodeLensRefreshRequest.type));
  }

  /** Marks a closed document: the client's report of it is about the open text. */
  forgetOpen(path: string): void {
    this.#answers.delete(path);
    this.#states.delete(path);
    for (const held of this.#requests) held.known.set(path, "closed");
  }

  /** Answers all held requests with an empty report. */
  end(): void {
    for (const held of this.#requests) held.answer({ items: [] });
    this.#requests.clear();
  }

  #queue(): void {
    const run = (): void => {
      this.#report();
    };
    this.#session.queue.add({ kind: "report", name: "report", run });
  }

  /** Sends reports for one time slice, and queues itself for the rest. */
  #report(): void {
    const start = this.#session.host.clock.now();
    for (const held of this.#requests) this.#stream(held, start);
    this.#publish(start);
    this.#refreshOutdated(start);
    const { disk } = this.#session;
    const isLeft = ({ waiting, unconfirmed, gathered }: HeldRequest): boolean =>
      waiting.size > 0 ||
      (disk.complete && unconfirmed.size > 0) ||
      (this.#isSettled() && gathered.size > 0);
    const isMarked = this.#unpublished.size + this.#doubtful.size > 0;
    if (isMarked || [...this.#requests].some(isLeft)) this.#queue();
  }

  #refreshOutdated(start: number): void {
    for (const path of this.#doubtful) {
      if (this.#isOver(start)) return;
      this.#doubtful.delete(path);
      this.#notifyState(path);
      if (this.#holds(path)) continue;
      // From now on the client will ask for it.
      this.#answers.delete(path);
      this.#isOutdated = true;
    }
    if (!this.#isOutdated) return;
    this.#isOutdated = false;
    this.refresh();
  }

  /** Asks the client to fetch a document's state again if it changed. Its list may be back to what it was by then. */
  #notifyState(path: string): void {
    const { connection, workspace } = this.#session;
    const answered = this.#states.get(path);
    if (answered === undefined) return;
    const now = JSON.stringify(this.#stateNow(path));
    if ([...answered].every((state) => state === now)) return;
    this.#states.delete(path);
    sendOptional(connection.sendNotification(STATE_CHANGED, { uri: toUri(workspace, path) }));
  }

  /** Whether the last answer about an open document holds, or the client will ask for its current version. */
  #holds(path: string): boolean {
    const last = this.#answers.get(path);
    if (last === undefined || last.document !== this.#session.workspace.open.get(path)) return true;
    return last.resultId === reportFor(this.#session, path)?.resultId;
  }

  /** Whether every draft has been checked and compared with the others. */
  #isSettled(): boolean {
    const { disk, cross } = this.#session;
    return disk.complete && !hasWork(this.#session) && !cross.comparing;
  }

  #isOver(start: number): boolean {
    return this.#session.host.clock.now() - start > SLICE;
  }

  #stream(held: HeldRequest, start: number): void {
    const items: WorkspaceDocumentDiagnosticReport[] = [];
    // Only after all drafts were checked can a file without a report count as deleted.
    if (this.#session.disk.complete && held.waiting.size === 0) {
      for (const path of held.unconfirmed) held.waiting.add(path);
    }
    for (const path of held.waiting) {
      if (items.length >= CHUNK || this.#isOver(start)) break;
      held.waiting.delete(path);
      const item = this.#itemFor(held, path);
      if (item !== undefined) items.push(item);
    }
    if (held.partial === undefined) {
      for (const item of items) held.gathered.set(item.uri, item);
    } else if (items.length > 0) {
      held.partial.report({ items });
    }
    if (held.waiting.size === 0 && held.gathered.size > 0 && this.#isSettled()) {
      this.release(held);
      held.answer({ items: [...held.gathered.values()] });
    }
  }

  #itemFor(held: HeldRequest, path: string): WorkspaceDocumentDiagnosticReport | undefined {
    const { disk, workspace } = this.#session;
    const report = reportFor(this.#session, path);
    const known = held.known.get(path);
    const unconfirmed = held.unconfirmed.delete(path);
    if (report === undefined) {
      if (known === undefined) return undefined;
      if (unconfirmed && !disk.complete) {
        // It may not have been read yet.
        held.unconfirmed.add(path);
        return undefined;
      }
      held.known.delete(path);
      return { kind: "full", uri: toUri(workspace, path), version: null, items: [] };
    }
    const { uri, version, resultId, items } = report;
    held.known.set(path, resultId);
    if (known !== resultId) return { kind: "full", uri, version, resultId, items: [...items] };
    return unconfirmed ? { kind: "unchanged", uri, version, resultId } : undefined;
  }

  /** Publishes diagnostics to a client that doesn't pull. */
  #publish(start: number): void {
    const { connection, store, workspace } = this.#session;
    for (const path of this.#unpublished) {
      if (this.#isOver(start)) return;
      this.#unpublished.delete(path);
      // It is marked again once its config files are read.
      if (store.state.loading.has(path)) continue;
      const report = reportFor(this.#session, path);
      const version = report?.version ?? null;
      const last = this.#published.get(path);
      const now = `${report?.resultId ?? "gone"} ${version ?? "stored"}`;
      if (last === now) continue;
      // A file that is not open is published only if it has diagnostics.
      const quiet = version === null && (report === undefined || report.items.length === 0);
      if (quiet && (last === undefined || last.startsWith("gone"))) continue;
      this.#published.set(path, quiet ? "gone" : now);
      // The version is the same, but its code lenses changed, and no edit would make the client ask for them.
      if (version !== null && last?.endsWith(` ${version}`) === true) this.#isOutdated = true;
      const diagnostics = {
        uri: report?.uri ?? toUri(workspace, path),
        ...(version === null ? {} : { version }),
        diagnostics: [...(report?.items ?? [])],
      };
      sendOptional(connection.sendDiagnostics(diagnostics));
    }
  }
}

/** What the client was last told about an open document. */
interface Answer {
  readonly document: OpenDocument;
  readonly resultId: string | undefined;
}

/** A `workspace/diagnostic` request that is held open (long polling). */
interface HeldRequest {
  /** Where partial results go; undefined if the client takes none. */
  readonly partial: PartialResults | undefined;
  /** The result id that the client has for each file. */
  readonly known: Map<string, string>;
  /** Files that the client named and that this request has not reported yet. */
  readonly unconfirmed: Set<string>;
  readonly waiting: Set<string>;
  /** The reports for the answer, if the client takes no partial results. */
  readonly gathered: Map<string, WorkspaceDocumentDiagnosticReport>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
}

/** Sends part of the result ahead of the answer. */
interface PartialResults {
  report(part: { items: WorkspaceDocumentDiagnosticReport[] }): void;
}

/** The diagnostics of any file; undefined if it has no report. */
function reportFor(session: Session, path: string): FileReport | undefined {
  const { workspace, options, client } = session;
  const document = workspace.open.get(path);
  const isRules = isConfig(workspace, path);
  if (basename(path) === BASELINE_NAME || (isRules && document === undefined)) {
    return storedConfigReport(session, path);
  }
  if (document === undefined) {
    const stored = storedDraft(session, path);
    return stored && reportOn(session, stored);
  }
  const { uri, version } = document;
  if (isRules && isServed(workspace, uri)) {
    const node = workspace.tree.nodes.get(path);
    return node && configReport(uri, version, node, client.display);
  }
  const shown = lintedWhileTyping(session, path)?.shown;
  if (shown !== undefined) {
    return session.drafts.get(path)?.report([shown], () => reportOn(session, shown));
  }
  return options.checksWorkspace && !isRules ? undefined : newReport(uri, version, []);
}

function reportOn(session: Session, draft: ShownDraft): FileReport {
  return draftReport(draft, (name) => otherDraft(session, name), session.client.display);
}

function storedConfigReport(
  { workspace, options, client }: Session,
  path: string,
): FileReport | undefined {
  // Like drafts, config files outside the workspace folders are not reported.
  const isThere = canHoldDrafts(workspace, dirname(path)) || isExtended(workspace, path);
  const isChecked = options.checksWorkspace && isThere;
  const files = basename(path) === BASELINE_NAME ? workspace.baselines : workspace.tree.nodes;
  const node = isChecked ? files.get(path) : undefined;
  const found = node && configReport(toUri(workspace, path), null, node, client.display);
  // A config file without problems has no report.
  return found?.items.length === 0 ? undefined : found;
}
