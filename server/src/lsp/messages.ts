import type { Connection, ShowMessageParams } from "vscode-languageserver";
import { MessageType, ShowMessageNotification } from "vscode-languageserver";

/** Sends what a client may refuse: then it does without, and nothing breaks. */
export function sendOptional(sent: Promise<unknown>): void {
  void sent.catch(() => undefined);
}

/** Says each message to the user once, however often it is true. */
export function messageOnce(connection: Connection): (message: string) => void {
  const shown = new Set<string>();
  return (message) => {
    if (shown.has(message)) return;
    shown.add(message);
    const params: ShowMessageParams = { type: MessageType.Warning, message };
    sendOptional(connection.sendNotification(ShowMessageNotification.type, params));
  };
}
