import type {
  CodeAction,
  CodeActionParams,
  Connection,
  InitializeResult,
  WorkspaceEdit,
} from "vscode-languageserver";
import {
  CodeActionKind,
  DidChangeConfigurationNotification,
  LSPErrorCodes,
  ResponseError,
  ShowDocumentRequest,
  TextDocumentSyncKind,
} from "vscode-languageserver";
import { acceptPhrase, addStet, CONFIG_NAME } from "../core/config.ts";
import { edited, opened } from "../core/document.ts";
import { lineIndex } from "../core/lines.ts";
import { keyOf, parentOf, pathOf } from "../core/places.ts";
import { isSwitchedOff } from "../core/suppress.ts";
import * as state from "../core/workspace.ts";
import { RULES } from "../rules/index.ts";
import type { Doing, Offer, Other } from "./actions.ts";
import { draftEdit, fileEdit, FIX_ALL, GO_TO, offers, toCodeAction } from "./actions.ts";
import { clientOf } from "./client.ts";
import type { Host } from "./host.ts";
import type { Judgement } from "./judge.ts";
import { reportOf } from "./judge.ts";
import {
  ancestorUri,
  judgementOf,
  linesOf,
  loadConfigsFor,
  loadEditorConfigs,
  newSession,
  openReport,
  readText,
} from "./session.ts";
import { toDiagnostic } from "./to-protocol.ts";

/** Answers a client until it goes. Whatever differs between places it runs in is in `host`. */
export function startServer(connection: Connection, host: Host): void {
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
    const folders = session.client.folders.map((uri) => pathOf(keyOf(uri)));
    session.workspace = state.withFolders(session.workspace, folders, new Map());
    return {
      capabilities: {
        textDocumentSync: { openClose: true, change: TextDocumentSyncKind.Incremental },
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
    if (session.client.registersConfiguration) {
      void connection.client.register(DidChangeConfigurationNotification.type, {
        section: ["galley", "files.exclude", "search.exclude"],
      });
    }
    void loadEditorConfigs(session).then(() => {
      start();
    });
  });

  connection.onDidChangeConfiguration(async ({ settings }: { settings: unknown }) => {
    if (!session.client.configures && typeof settings === "object" && settings !== null) {
      const galley = (settings as Record<string, unknown>)["galley"] ?? settings;
      session.client = { ...session.client, settings: galley };
    }
    if (await loadEditorConfigs(session)) recheckOpen();
  });

  connection.onDidOpenTextDocument(({ textDocument }) => {
    const { uri, languageId, version, text } = textDocument;
    const path = pathOf(keyOf(uri));
    session.workspace = state.withOpen(
      session.workspace,
      path,
      opened(uri, languageId, version, text),
    );
    opening.set(path, loadConfigsFor(session, uri, path));
    push(path);
  });

  connection.onDidChangeTextDocument(({ textDocument, contentChanges }) => {
    const path = pathOf(keyOf(textDocument.uri));
    const before = session.workspace.open.get(path);
    if (before === undefined) return;
    const after = edited(before, textDocument.version, contentChanges);
    session.workspace = state.withOpen(session.workspace, path, after);
    push(path);
  });

  connection.onDidCloseTextDocument(({ textDocument }) => {
    const path = pathOf(keyOf(textDocument.uri));
    session.workspace = state.withClosed(session.workspace, path);
    session.judgements.delete(path);
    opening.delete(path);
    if (session.client.pushes) {
      void connection.sendDiagnostics({ uri: textDocument.uri, diagnostics: [] });
    }
  });

  connection.languages.diagnostics.on(async (params, token) => {
    const { uri } = params.textDocument;
    const path = pathOf(keyOf(uri));
    await settled(path);
    if (token.isCancellationRequested) throw cancelled();
    const report = openReport(session, path) ?? reportOf(uri, null, []);
    return report.resultId === params.previousResultId
      ? { kind: "unchanged", resultId: report.resultId }
      : { kind: "full", resultId: report.resultId, items: [...report.items] };
  });

  connection.onCodeAction(async (params, token) => {
    const path = pathOf(keyOf(params.textDocument.uri));
    await settled(path);
    if (token.isCancellationRequested) throw cancelled();
    const judged = judgementOf(session, path);
    if (judged === undefined) return null;
    return codeActions(judged, params);
  });

  connection.onCodeActionResolve(async (action) => {
    const data = action.data as ActionData | undefined;
    if (data === undefined) return action;
    const path = pathOf(keyOf(data.uri));
    const judged = judgementOf(session, path);
    if (judged?.version !== data.version) {
      throw new ResponseError(LSPErrorCodes.ContentModified, "The draft has been changed since.");
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

  connection.onRequest("galley/draftState", async ({ uri }: { uri: string }) => {
    const path = pathOf(keyOf(uri));
    await settled(path);
    return draftState(judgementOf(session, path));
  });

  connection.onRequest("galley/rules", () => RULES.map(({ id, summary }) => ({ id, summary })));

  /**
   * Waits until a document can be judged, and until the edits that wait behind a request are read: a
   * request that was overtaken answers for the newest version.
   */
  async function settled(path: string): Promise<void> {
    await session.ready;
    await opening.get(path);
    for (;;) {
      const version = session.workspace.open.get(path)?.version;
      await host.clock.turn();
      if (session.workspace.open.get(path)?.version === version) return;
    }
  }

  const pushing = new Set<string>();

  /** Sends the diagnostics of a document's newest version to a client that asks for none. */
  function push(path: string): void {
    if (!session.client.pushes || pushing.has(path)) return;
    pushing.add(path);
    void settled(path).then(() => {
      pushing.delete(path);
      const report = openReport(session, path);
      if (report === undefined) return;
      void connection.sendDiagnostics({
        uri: report.uri,
        ...(report.version === null ? {} : { version: report.version }),
        diagnostics: [...report.items],
      });
    });
  }

  /** After a change of what holds for drafts. */
  function recheckOpen(): void {
    for (const path of session.workspace.open.keys()) push(path);
    if (session.client.pulls && session.client.refreshes)
      void connection.languages.diagnostics.refresh();
  }

  async function codeActions(judged: Judgement, params: CodeActionParams): Promise<CodeAction[]> {
    const found = offers(
      judged,
      params.range,
      params.context.only,
      session.client.actions,
      session.options.fixesRepeats,
      (uri) => otherOf(uri),
    );
    return Promise.all(
      found.map(async (offer) => {
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
    const place = { uri, lines, linesOf: (other: string) => linesOf(session, other) };
    return [toDiagnostic(offer.finding, place, session.client.display)];
  }

  async function editOf(judged: Judgement, doing: Doing): Promise<WorkspaceEdit | undefined> {
    const support = session.client.actions;
    switch (doing.type) {
      case "fix": {
        const { uri, edits, select } = doing.fix;
        if (uri === undefined) return draftEdit(judged.uri, judged, edits, support, select);
        const other = otherOf(uri);
        return other === undefined ? undefined : draftEdit(uri, other, edits, support, select);
      }
      case "edits":
        return draftEdit(judged.uri, judged, doing.edits, support);
      case "stet":
        return configEdit(judged, (text) => addStet(text, doing.entry));
      case "accept":
        return configEdit(judged, (text) => acceptPhrase(text, doing.phrase));
      case "command":
        return undefined;
    }
  }

  /** A change to the config file that holds for a draft, or the making of one at the workspace folder's top. */
  async function configEdit(
    judged: Judgement,
    change: (text: string | undefined) => ReturnType<typeof acceptPhrase>,
  ): Promise<WorkspaceEdit | undefined> {
    const path = pathOf(keyOf(judged.uri));
    const { configPath } = state.resolve(session.workspace, path);
    const top = state.folderOf(session.workspace, path) ?? parentOf(path);
    const configFolder = configPath === undefined ? top : parentOf(configPath);
    const uri = `${ancestorUri(judged.uri, path, configFolder)}/${CONFIG_NAME}`;
    const open = session.workspace.open.get(`${configFolder}/${CONFIG_NAME}`);
    const text = open?.text ?? (await readText(session, uri));
    const before = text && { lines: lineIndex(text), version: open?.version ?? null };
    return fileEdit(uri, before === "" ? undefined : before, change(text), session.client.actions);
  }

  function otherOf(uri: string): Other | undefined {
    const lines = linesOf(session, uri);
    const version = session.workspace.open.get(pathOf(keyOf(uri)))?.version ?? null;
    return lines === undefined ? undefined : { lines, version };
  }

  connection.onShutdown(() => undefined);
  connection.listen();
}

/** What the client shows of a draft's state, and counts in words. */
function draftState(judged: Judgement | undefined): object {
  const counts = { error: 0, warning: 0, information: 0, hint: 0 };
  if (judged === undefined) return { state: "no draft", counts };
  for (const { severity } of judged.findings) counts[severity]++;
  return { state: isSwitchedOff(judged.draft) ? "off" : "on", counts };
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

function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Asked for no more.");
}
