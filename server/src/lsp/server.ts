import type {
  CodeAction,
  CodeActionParams,
  Connection,
  ConnectionOptions,
  InitializeResult,
  WorkspaceEdit,
} from "vscode-languageserver";
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  LSPErrorCodes,
  ResponseError,
  ShowDocumentRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { CONFIG_NAME, plainName } from "../settings/config/config.ts";
import type { Edit } from "../text/edits.ts";
import { acceptPhrase, addStet, turnOff } from "../settings/config/edits.ts";
import { edited, opened } from "../project/document.ts";
import { lineIndex } from "../text/lines.ts";
import { isWithin, keyOf, nameOf, parentOf, pathOf, schemeOf } from "../project/places.ts";
import { skipReasonText } from "../settings/skipped.ts";
import { isSwitchedOff } from "../engine/suppression/suppress.ts";
import * as state from "../project/workspace.ts";
import { RULES } from "../rules/index.ts";
import type { Doing, Offer } from "./actions.ts";
import { draftEdit, fileEdit, FIX_ALL, offers, toCodeAction } from "./actions.ts";
import { DRAFT_STATE, type DraftState, GO_TO, PASSAGE, RULE_NAMES, SETTLED } from "../protocol.ts";
import { clientOf } from "./client.ts";
import { type ConfigPlace, configPlaces, inEachPlace } from "./config-places.ts";
import { dropStrangers, heard, scan } from "./disk.ts";
import type { Disposable, Host } from "../project/host.ts";
import {
  compareAllAgain,
  compareSoon,
  followEdit,
  isUnchanged,
  pauseFor,
  takePrints,
} from "./other-drafts.ts";
import { lifecycle } from "./lifecycle.ts";
import { passageText } from "./passage.ts";
import { announce, hold, release } from "./reports.ts";
import type { Judgement } from "./judge.ts";
import { reportOf } from "./judge.ts";
import { beginReading, takeRules } from "../project/rule-files.ts";
import {
  loadConfigsFor,
  loadEditorConfigs,
  newSession,
  offer,
  track,
  readConfigText,
} from "./session.ts";
import { whenSettled } from "./settled.ts";
import { otherDraft } from "./judgements.ts";
import { fileReport } from "./judgements.ts";
import { judgementOf } from "./judgements.ts";
import { treatedAnew } from "./judgements.ts";
import { noteTreatment } from "./judgements.ts";
import { toDiagnostic } from "./to-protocol.ts";

/** Milliseconds in which news of files are gathered: a branch switch comes in thousands. */
const GATHER = 10;

/** Makes the connection to the client, with the options that are handed in. */
export type Connect = (options: ConnectionOptions) => Connection;

/** Answers a client until it goes. Whatever differs between places it runs in is in `host`. */
export function startServer(connect: Connect, host: Host): void {
  const life = lifecycle();
  const connection = connect({ messageStrategy: life.strategy });
  life.attach(connection);
  const session = newSession(
    connection,
    host,
    clientOf({ capabilities: {}, workspaceFolders: null }),
  );
  let start = (): void => undefined;
  session.ready = new Promise((resolve) => {
    start = resolve;
  });
  /** What each open document is waiting for before it can be judged: its config files. */
  const opening = new Map<string, Promise<void>>();

  connection.onInitialize((params): InitializeResult => {
    session.client = clientOf(params);
    const { folders, display } = session.client;
    session.workspace = state.withFolders(session.workspace, folders);
    session.workspace = state.withPages(session.workspace, display.docsBase);
    return {
      capabilities: {
        textDocumentSync: {
          openClose: true,
          change: TextDocumentSyncKind.Incremental,
          save: true,
        },
        diagnosticProvider: {
          identifier: "galley",
          // A client that takes a refresh is told when another draft's change matters here.
          interFileDependencies: !session.client.refreshes,
          workspaceDiagnostics: true,
        },
        codeActionProvider: {
          codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
          resolveProvider: session.client.resolvesEdits,
        },
        executeCommandProvider: { commands: [GO_TO] },
        workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
      },
      serverInfo: { name: "Galley" },
    };
  });

  connection.onInitialized(() => {
    const { client } = session;
    if (client.registersConfiguration) {
      const section = ["galley", "files.exclude", "search.exclude"];
      offer(connection.client.register(DidChangeConfigurationNotification.type, { section }));
    }
    if (client.registersWatchers) {
      // Everything, because a folder that comes or goes has no name to tell it by.
      const watchers = [{ globPattern: "**/*" }];
      offer(connection.client.register(DidChangeWatchedFilesNotification.type, { watchers }));
    }
    if (client.changesFolders) {
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        track(
          session,
          changeFolders(
            added.map(({ uri }) => uri),
            removed.map(({ uri }) => uri),
          ),
        );
      });
    }
    track(session, begin());
  });

  /** Starts judging, once the settings are known. */
  async function begin(): Promise<void> {
    const { cacheDirectory } = session.client;
    const [cache] = await Promise.all([
      cacheDirectory === undefined ? undefined : host.openCache?.(cacheDirectory),
      loadEditorConfigs(session),
    ]);
    session.disk.cache = cache;
    start();
    const { folders } = session.workspace;
    session.disk.complete = folders.length === 0 || !session.options.checksWorkspace;
    watch(folders);
    scan(session, folders, false, changed);
    changed([]);
  }

  /**
   * What to do when drafts are different, or gone. Open drafts for which other settings hold now are
   * different too, whoever learned of these settings.
   */
  function changed(paths: Iterable<string>): void {
    const anew = treatedAnew(session);
    if (anew.length > 0) refresh();
    const all = new Set([...paths, ...anew]);
    for (const path of all) takePrints(session, path);
    announce(session, all);
    compareSoon(session, (compared) => {
      announce(session, compared);
      if (compared.some((path) => session.workspace.open.has(path))) refresh();
    });
  }

  const watching = new Map<string, Disposable>();

  /** Watches folders where the client does not. */
  function watch(folders: readonly string[]): void {
    if (session.client.registersWatchers || host.watch === undefined) return;
    for (const [folder, watcher] of watching) {
      if (folders.includes(folder)) continue;
      watcher.dispose();
      watching.delete(folder);
    }
    for (const folder of folders) {
      const uri = keyOf(folder);
      if (watching.has(folder) || !host.reads(schemeOf(uri))) continue;
      watching.set(folder, host.watch(uri, filesChanged));
    }
  }

  async function changeFolders(
    added: readonly string[],
    removed: readonly string[],
  ): Promise<void> {
    const gone = new Set(removed.map(keyOf));
    const before = session.workspace.folders.map((folder) =>
      state.uriOf(session.workspace, folder),
    );
    const after = [...before.filter((uri) => !gone.has(keyOf(uri))), ...added];
    session.workspace = state.withFolders(session.workspace, after);
    forgetIgnores();
    watch(session.workspace.folders);
    const { open } = session.workspace;
    await Promise.all([
      session.ready,
      loadEditorConfigs(session),
      ...[...open].map(([path, { uri }]) => loadConfigsFor(session, uri, path)),
    ]);
    dropStrangers(session, changed);
    // A folder that was part of another may have other settings now.
    scan(session, session.workspace.folders, false, changed);
    compareAllAgain(session);
    checkedAnew();
  }

  /** Forgets the ignore files that stand in no folder of the workspace; a walk reads those that count all the same. */
  function forgetIgnores(): void {
    const { ignores } = session.workspace;
    const gone = [...ignores.keys()].filter(
      (folder) => state.folderOf(session.workspace, folder) === undefined,
    );
    const forgotten = gone.map((folder) => [folder, undefined] as const);
    takeRules(session, beginReading(session), new Map(), new Map(forgotten));
  }

  const pendingFiles = new Set<string>();

  /** Takes in what is heard of files, many at once where many come. */
  function filesChanged(uris: readonly string[]): void {
    const isFirst = pendingFiles.size === 0;
    for (const uri of uris) pendingFiles.add(pathOf(keyOf(uri)));
    if (isFirst) track(session, takeInFiles());
  }

  async function takeInFiles(): Promise<void> {
    await session.ready;
    await passed(GATHER);
    const paths = new Set(pendingFiles);
    pendingFiles.clear();
    await rulesChanged(heard(session, paths, changed));
  }

  function passed(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      host.clock.after(milliseconds, resolve);
    });
  }

  /** Reads config files and .gitignore files again, and looks again at all that they hold for. */
  async function rulesChanged(folders: ReadonlySet<string>): Promise<void> {
    if (folders.size === 0) return;
    const reading = beginReading(session);
    const configs = new Map<string, string | undefined>();
    for (const folder of folders) {
      const path = `${folder}/${CONFIG_NAME}`;
      configs.set(path, await readConfigText(session, keyOf(path)));
    }
    takeRules(session, reading, configs, new Map());
    changed([...configs.keys()]);
    const tops = session.workspace.folders;
    const within = [...folders].flatMap((folder) =>
      state.folderOf(session.workspace, folder) === undefined
        ? tops.filter((top) => isWithin(top, folder))
        : [folder],
    );
    scan(session, within, false, changed);
  }

  connection.onDidChangeWatchedFiles(({ changes }) => {
    filesChanged(changes.map(({ uri }) => uri));
  });

  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    if (!session.client.configures && typeof settings === "object" && settings !== null) {
      const galley = (settings as Record<string, unknown>)["galley"] ?? settings;
      session.client = { ...session.client, settings: galley };
    }
    track(session, changeSettings());
  });

  async function changeSettings(): Promise<void> {
    await session.ready;
    if (!(await loadEditorConfigs(session))) return;
    dropStrangers(session, changed);
    scan(session, session.workspace.folders, false, changed);
    checkedAnew();
  }

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = pathOf(keyOf(uri));
    const document = opened(uri, languageId, version, text);
    // Opened anew, whatever was known of it: the language may be another.
    session.workspace = state.withOpen(state.withClosed(session.workspace, path), path, document);
    const known = Promise.all([session.ready, loadConfigsFor(session, uri, path)]);
    opening.set(
      path,
      known.then(() => {
        noteTreatment(session, path);
      }),
    );
    textChanged(path);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const path = pathOf(keyOf(textDocument.uri));
    const before = session.workspace.open.get(path);
    if (before === undefined) return;
    const after = edited(before, textDocument.version, contentChanges);
    followEdit(session, path, after);
    session.workspace = state.withOpen(session.workspace, path, after);
    textChanged(path);
  });

  connection.onDidSaveTextDocument(({ textDocument }) => {
    const path = pathOf(keyOf(textDocument.uri));
    const before = session.workspace;
    session.workspace = state.withSaved(before, path);
    if (session.workspace === before) return;
    changed([path]);
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    const path = pathOf(keyOf(textDocument.uri));
    session.workspace = state.withClosed(session.workspace, path);
    session.judgements.delete(path);
    session.treated.delete(path);
    opening.delete(path);
    // What the client has of it is from the open text.
    for (const held of session.held) held.known.set(path, "closed");
    textChanged(path);
  });

  const later = new Set<string>();

  /** A document was opened, edited or closed. */
  function textChanged(path: string): void {
    session.heardAt = host.clock.now();
    push(path);
    // A client that pulls has the news already: the view of the workspace and other drafts follow.
    if (later.has(path)) return;
    later.add(path);
    track(
      session,
      Promise.all([passed(pauseFor(session, path)), opening.get(path)]).then(() => {
        later.delete(path);
        changed([path]);
        if (nameOf(path) === CONFIG_NAME) {
          // It holds for drafts as it stands in the editor.
          scan(session, [parentOf(path)], false, changed);
        }
      }),
    );
  }

  connection.languages.diagnostics.on(async (params, token) => {
    const { uri } = params.textDocument;
    const path = pathOf(keyOf(uri));
    await settled(path);
    if (token.isCancellationRequested) throw cancelled();
    const report = fileReport(session, path) ?? reportOf(uri, null, []);
    return report.resultId === params.previousResultId
      ? { kind: "unchanged", resultId: report.resultId }
      : { kind: "full", resultId: report.resultId, items: [...report.items] };
  });

  connection.languages.diagnostics.onWorkspace(
    ({ previousResultIds }, token, _workDone, partial) =>
      new Promise((resolve) => {
        const previous = previousResultIds.map(
          ({ uri, value }) => [pathOf(keyOf(uri)), value] as const,
        );
        const held = hold(session, partial, new Map(previous), resolve);
        token.onCancellationRequested(() => {
          release(session, held);
          resolve({ items: [] });
        });
      }),
  );

  connection.onCodeAction(async (params, token) => {
    const path = pathOf(keyOf(params.textDocument.uri));
    await settled(path);
    if (token.isCancellationRequested) throw cancelled();
    const judged = judgementOf(session, path);
    if (judged === undefined) return null;
    return codeActions(judged, params);
  });

  connection.onCodeActionResolve(async (action) => {
    const data: unknown = action.data;
    if (!isActionData(data)) return action;
    const path = pathOf(keyOf(data.uri));
    const judged = judgementOf(session, path);
    if (judged?.version !== data.version) {
      throw modified();
    }
    const edit = await editOf(judged, data.doing);
    return edit === undefined ? action : { ...action, edit };
  });

  connection.onExecuteCommand(async ({ command, arguments: args }) => {
    const place: unknown = args?.[0];
    if (command !== GO_TO || !isPlace(place)) return;
    await connection.sendRequest(ShowDocumentRequest.type, {
      uri: place.uri,
      selection: place.range,
      takeFocus: true,
    });
  });

  connection.onRequest(DRAFT_STATE, async ({ uri }: { uri: string }) => {
    const path = pathOf(keyOf(uri));
    await settled(path);
    const why = state.whyNoDraft(session.workspace, path);
    const found = draftState(judgementOf(session, path));
    return why === undefined ? found : { ...found, why: skipReasonText(why) };
  });

  connection.onRequest(PASSAGE, async (place: unknown) => {
    await session.ready;
    return passageText(session, place);
  });

  connection.onRequest(SETTLED, () => whenSettled(session));

  connection.onRequest(RULE_NAMES, () => RULES.map(({ id, summary }) => ({ id, summary })));

  /**
   * Waits until a document can be judged, and until the edits that wait behind a request are read: a
   * request that was overtaken answers for the newest version.
   */
  async function settled(path: string): Promise<void> {
    session.heardAt = host.clock.now();
    await session.ready;
    await opening.get(path);
    for (;;) {
      const version = session.workspace.open.get(path)?.version;
      await host.clock.turn();
      if (session.workspace.open.get(path)?.version === version) return;
    }
  }

  /** Sends the diagnostics of a document's newest version to a client that asks for none. */
  function push(path: string): void {
    if (!session.client.pushes) return;
    void settled(path).then(() => {
      announce(session, [path]);
    });
  }

  /** After a change of what is checked at all: of open documents and config files there is no list but these. */
  function checkedAnew(): void {
    changed([...session.workspace.open.keys(), ...session.workspace.configs.keys()]);
  }

  /** Has the client ask again for the documents it has open. */
  function refresh(): void {
    const { pulls, refreshes } = session.client;
    if (pulls && refreshes) offer(connection.languages.diagnostics.refresh());
  }

  async function codeActions(judged: Judgement, params: CodeActionParams): Promise<CodeAction[]> {
    const found = offers(
      judged,
      params.range,
      params.context.only,
      session.client.actions,
      session.options.fixesRepeats,
      (name) => otherDraft(session, name),
    );
    const places = configPlaces(session, judged.uri);
    const possible = found
      .flatMap((offer) => inEachPlace(offer, places))
      .filter(({ doing }) => !isConfiguring(doing) || canWriteConfig(judged, doing, places));
    return Promise.all(
      possible.map(async (offer) => {
        const action = toCodeAction(offer, diagnosticsOf(judged, offer));
        if (offer.doing.type === "command") return action;
        if (session.client.resolvesEdits) {
          const data: ActionData = {
            uri: judged.uri,
            version: judged.document.version,
            doing: offer.doing,
          };
          return { ...action, data };
        }
        const edit = await editOf(judged, offer.doing);
        return edit === undefined ? action : { ...action, edit };
      }),
    );
  }

  function diagnosticsOf(judged: Judgement, offer: Offer): CodeAction["diagnostics"] & object {
    if (offer.finding === undefined) return [];
    const { uri, lines } = judged;
    const place = { uri, lines, other: (name: string) => otherDraft(session, name) };
    return [toDiagnostic(offer.finding, place, session.client.display)];
  }

  async function editOf(judged: Judgement, doing: Doing): Promise<WorkspaceEdit | undefined> {
    const support = session.client.actions;
    switch (doing.type) {
      case "fix": {
        const { uri: name, edits, select } = doing.fix;
        const path = pathOf(keyOf(judged.uri));
        if (name !== undefined && !(await isUnchanged(session, path, name))) throw modified();
        const target = name === undefined ? judged : otherDraft(session, name);
        return target && draftEdit(target.uri, target, edits, support, select);
      }
      case "edits":
        return draftEdit(judged.uri, judged, doing.edits, support);
      case "stet":
      case "accept":
      case "turn-off":
        return configEdit(judged, doing);
      case "command":
        return undefined;
    }
  }

  /** Whether it can be written exactly into the config file that is meant. */
  function canWriteConfig(
    judged: Judgement,
    doing: Configuring,
    places: readonly ConfigPlace[],
  ): boolean {
    const place = placeOf(doing, places);
    if (place === undefined) return false;
    const text = state.configText(session.workspace, `${place.folder}/${CONFIG_NAME}`);
    const path = pathOf(keyOf(judged.uri));
    return configChange(doing, text, draftName(path, place.folder)).length > 0;
  }

  /** A change to a config file in which a draft's findings can be let stand, or the making of it. */
  async function configEdit(
    judged: Judgement,
    doing: Configuring,
  ): Promise<WorkspaceEdit | undefined> {
    const path = pathOf(keyOf(judged.uri));
    const place = placeOf(doing, configPlaces(session, judged.uri));
    if (place === undefined) return undefined;
    const { uri, folder: configFolder } = place;
    const open = session.workspace.open.get(`${configFolder}/${CONFIG_NAME}`);
    const text = open?.text ?? (await readConfigText(session, uri));
    const edits = configChange(doing, text, draftName(path, configFolder));
    if (edits.length === 0) return undefined;
    const before =
      text === undefined ? undefined : { lines: lineIndex(text), version: open?.version ?? null };
    return fileEdit(uri, before, edits, session.client.actions);
  }

  connection.onShutdown(async () => {
    for (const watcher of watching.values()) watcher.dispose();
    for (const held of [...session.held]) {
      release(session, held);
      held.answer({ items: [] });
    }
    session.disk.generation++;
    session.disk.checker?.dispose();
    await session.disk.cache?.save();
  });

  connection.listen();
}

/** What the client shows of a draft's state, and counts in words. */
function draftState(judged: Judgement | undefined): DraftState {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  if (judged === undefined) return { state: "no draft", counts };
  for (const { severity } of judged.findings) counts[severity]++;
  return { state: isSwitchedOff(judged.draft) ? "off" : "on", counts };
}

/** What is done by writing to the config file. */
type Configuring = Extract<Doing, { readonly type: "stet" | "accept" | "turn-off" }>;

function isConfiguring(doing: Doing): doing is Configuring {
  return doing.type === "stet" || doing.type === "accept" || doing.type === "turn-off";
}

/** Where it is written: in the folder that it names, where there is a choice. */
function placeOf({ folder }: Configuring, places: readonly ConfigPlace[]): ConfigPlace | undefined {
  return places.find((one) => folder === undefined || one.folder === folder);
}

/** The edits of a config file's text that do it; none where it can't be done exactly. */
function configChange(doing: Configuring, text: string | undefined, draft: string): Edit[] {
  switch (doing.type) {
    case "stet":
      return addStet(text, doing.entry);
    case "accept":
      return acceptPhrase(text, doing.phrase);
    case "turn-off":
      return turnOff(text, draft, doing.rule);
  }
}

/** A draft's name from a config file's folder. */
function draftName(path: string, folder: string): string {
  return plainName(path).slice(plainName(folder).length + 1);
}

/** Whether what came back with an action is what was sent with it. */
function isActionData(data: unknown): data is ActionData {
  if (typeof data !== "object" || data === null) return false;
  const { uri, version, doing } = data as Partial<Record<keyof ActionData, unknown>>;
  if (typeof uri !== "string" || typeof version !== "number") return false;
  return typeof doing === "object" && doing !== null && "type" in doing;
}

/** What an action carries until it is chosen. */
interface ActionData {
  readonly uri: string;
  readonly version: number;
  readonly doing: Doing;
}

interface Place {
  readonly uri: string;
  readonly range: CodeActionParams["range"];
}

function isPlace(value: unknown): value is Place {
  return (
    typeof value === "object" &&
    value !== null &&
    typeof (value as Partial<Place>).uri === "string" &&
    typeof (value as Partial<Place>).range === "object"
  );
}

function modified(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.ContentModified, "The draft has been changed since.");
}

function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Asked for no more.");
}
