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
