import type { InitializeResult } from "vscode-languageserver";
import { CodeActionKind, TextDocumentSyncKind } from "vscode-languageserver";
import { GO_TO } from "../../protocol.ts";
import { FIX_ALL } from "../actions/fixes.ts";
import { type Client, clientOf } from "../client.ts";
import type { Services } from "../services.ts";

/** The beginning and the end of a session. */
export function handleLifecycle({ connection, store, session }: Services): void {
  connection.onInitialize((params) => {
    const client = clientOf(params);
    store.dispatch({ type: "connected", client });
    return initializeResult(client);
  });

  connection.onInitialized(() => {
    store.dispatch({ type: "initialized" });
  });

  connection.onShutdown(async () => {
    store.dispatch({ type: "stopped" });
    await session.disk.cache?.save();
  });
}

function initializeResult(client: Client): InitializeResult {
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
        interFileDependencies: !client.refreshes,
        workspaceDiagnostics: true,
      },
      codeActionProvider: {
        codeActionKinds: [CodeActionKind.QuickFix, FIX_ALL],
        resolveProvider: client.resolvesEdits,
      },
      executeCommandProvider: { commands: [GO_TO] },
      workspace: { workspaceFolders: { supported: true, changeNotifications: true } },
    },
    serverInfo: { name: "Galley" },
  };
}
