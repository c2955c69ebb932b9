/*
 * What is taken of the protocol's library but for its types. Bundled, each file that imports a value of it copies all
 * of its 600 names for itself; eighteen did, at each start.
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
