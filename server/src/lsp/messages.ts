import type { Connection, ShowMessageParams } from "vscode-languageserver";
import { MessageType, ShowMessageNotification } from "./protocol-library.ts";

/** Ignores a failure of a message that the client need not support. */
export function sendOptional(sent: Promise<unknown>): void {
  void sent.catch(() => undefined);
}

/** Returns a function that shows each message to the user at most once. */
export function messageOnce(connection: Connection): (message: string) => void {
  const shown = new Set<string>();
  return (message) => {
    if (shown.has(message)) return;
    shown.add(message);
    const params: ShowMessageParams = { type: MessageType.Warning, message };
    sendOptional(connection.sendNotification(ShowMessageNotification.type, params));
  };
}
