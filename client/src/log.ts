import * as vscode from "vscode";
import type { BaseLanguageClient } from "vscode-languageclient";
import { SERVER_REPORT, type ServerReport } from "../../server/src/protocol.ts";

/** Shows the log with the facts that anyone who helps asks for first. */
export async function showLog(
  client: BaseLanguageClient,
  log: vscode.LogOutputChannel,
): Promise<void> {
  const document = vscode.window.activeTextEditor?.document;
  // The log itself may be the active document.
  const isDraft = document !== undefined && document.uri.scheme !== "output";
  const params = isDraft ? { uri: client.code2ProtocolConverter.asUri(document.uri) } : {};
  log.show();
  const report = client.isRunning()
    ? await client.sendRequest<ServerReport>(SERVER_REPORT, params).catch(() => undefined)
    : undefined;
  for (const line of logWords(report, `VS Code ${vscode.version}`)) log.info(line);
}

/**
 * The text for the log, the shortest part last, because a log is shown from its end. `report` is undefined if the
 * server doesn't answer.
 */
export function logWords(report: ServerReport | undefined, editor: string): string[] {
  if (report === undefined) return [`The server does not answer (${editor}).`];
  const { version, drafts, open, checked, milliseconds, config } = report;
  const seconds = (milliseconds / 1000).toFixed(1);
  const where = config.uri === undefined ? "no folder is open" : `for ${config.uri}`;
  const source = config.file === undefined ? "without a .galley.json" : `with ${config.file}`;
  const settings = JSON.stringify(config.settings, undefined, 2);
  return [
    `Settings in force (${where}), ${source}:\n${settings}`,
    `${counted(drafts, "draft")} in the workspace, ${counted(open, "document")} open; ${counted(checked, "draft")} checked in ${seconds} seconds since the start`,
    `Galley ${version}, ${editor}`,
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
