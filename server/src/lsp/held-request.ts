import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";

/** A `workspace/diagnostic` request that is held open (long polling). */
export interface HeldRequest {
  /** Where partial results go; undefined where the client takes none. */
  readonly partial: PartialResults | undefined;
  /** The result id that the client has of each file. */
  readonly known: Map<string, string>;
  /** Files that the client named and that this request has not reported yet. */
  readonly unconfirmed: Set<string>;
  /** Files that may have a different report. */
  readonly waiting: Set<string>;
  /** The reports for the answer, where the client takes no partial results. */
  readonly gathered: Map<string, WorkspaceDocumentDiagnosticReport>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
  open: boolean;
}

/** Sends a part of the result ahead of the answer. */
export interface PartialResults {
  report(part: { items: WorkspaceDocumentDiagnosticReport[] }): void;
}
