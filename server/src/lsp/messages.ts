import type { Connection, ShowMessageParams } from "vscode-languageserver";
import {
  ErrorCodes,
  LSPErrorCodes,
  MessageType,
  ResponseError,
  ShowMessageNotification,
} from "vscode-languageserver";

/*
 * The values we use from the protocol's library; types come from the library itself. When bundled, each file that
 * imports a value from it copies all its 600 names. Eighteen files did so, at each start.
 */
export {
  CodeActionKind,
  CodeActionTriggerKind,
  CodeLensRefreshRequest,
  DiagnosticSeverity,
  DiagnosticTag,
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  ErrorCodes,
  LSPErrorCodes,
  MarkupKind,
  MessageType,
  ResponseError,
  ShowDocumentRequest,
  ShowMessageNotification,
  TextDocumentSaveReason,
  TextDocumentSyncKind,
} from "vscode-languageserver";

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
