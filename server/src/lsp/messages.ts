import type { Connection, ShowMessageParams } from "vscode-languageserver";
import {
  MessageType,
  ShowMessageNotification,
  ErrorCodes,
  LSPErrorCodes,
  ResponseError,
} from "./protocol-library.ts";

/** Ignores the failure of a message that the client need not support. */
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

/** The error for a request whose draft has changed. */
export function modified(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.ContentModified, "The draft has been changed since.");
}

/** The error for a request that the client cancelled. */
export function cancelled(): ResponseError<undefined> {
  return new ResponseError(LSPErrorCodes.RequestCancelled, "Asked for no more.");
}

/** The error for a command with invalid arguments. */
export function invalidArguments(command: string): ResponseError<undefined> {
  return new ResponseError(
    ErrorCodes.InvalidParams,
    `The arguments of “${command}” are not those that it takes.`,
  );
}
