import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { SERVER_REPORT, type ServerReport } from "../../server/src/protocol.ts";
import { logWords } from "./log-words.ts";

/** Shows the log, and says in it what whoever is asked for help asks first. */
export async function showLog(
  client: BaseLanguageClient,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  // The log itself may be what is looked at.
  const isDraft = document !== undefined && document.uri.scheme !== "output";
  const params = isDraft ? { uri: client.code2ProtocolConverter.asUri(document.uri) } : {};
  log.show();
  const report = client.isRunning()
    ? await client.sendRequest<ServerReport>(SERVER_REPORT, params).catch(() => undefined)
    : undefined;
  for (const line of logWords(report, `VS Code ${vscode.version}`)) log.info(line);
}
