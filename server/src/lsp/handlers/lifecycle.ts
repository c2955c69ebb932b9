import type { InitializeResult } from "vscode-languageserver";
import { DELETE_COPY, GO_TO } from "../../protocol.ts";
import { FIX_ALL } from "../actions/fixes.ts";
import { type Client, toClient } from "../client.ts";
import { filesChanged } from "../disk.ts";
import { CodeActionKind, TextDocumentSyncKind } from "../messages.ts";
import type { Session } from "../session.ts";

/** The lifecycle of the session, and changes around its documents: settings, files and folders. */
export function handleLifecycle(session: Session): void {
  const { connection, store, disk } = session;

  connection.onInitialize((params) => {
    const client = toClient(params);
    store.dispatch({ type: "connected", client });
    return initializeResult(client);
  });

  connection.onInitialized(() => {
    store.dispatch({ type: "initialized" });
  });

  connection.onShutdown(async () => {
    store.dispatch({ type: "stopped" });
    await (await disk.cache)?.save();
  });

  connection.onDidChangeConfiguration(({ settings }: { settings: unknown }) => {
    store.dispatch({ type: "configuration-changed", settings });
  });

  connection.onDidChangeWatchedFiles(({ changes }) => {
    filesChanged(
      session,
      changes.map(({ uri }) => uri),
    );
  });

  // The library registers for the notification, which it can only do after `initialized`.
  void store
    .until(({ phase }) => phase !== "new" && phase !== "connected")
    .then(() => {
      if (!store.state.client.changesFolders) return;
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        store.dispatch({
          type: "folders-changed",
          added: added.map(({ uri }) => uri),
          removed: removed.map(({ uri }) => uri),
        });
      });
    });
}

function initializeResult(client: Client): InitializeResult {
  return {
    capabilities: {
      textDocumentSync: {
        openClose: true,
        change: TextDocumentSyncKind.Incremental,
        willSave: true,
        save: true,
      },
      diagnosticProvider: {
        identifier: "galley",
        // A client that supports it gets a refresh when another draft changes the result.
        interFileDependencies: !client.refreshes,
        workspaceDiagnostics: true,
      },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: client.resolvesEdits,
      },
      hoverProvider: true,
      ...(client.showsCodeLens ? { codeLensProvider: {} } : {}),
      executeCommandProvider: { commands: [GO_TO, DELETE_COPY] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: "Galley" },
  };
}
