import type {
  WorkspaceDiagnosticReport,
  WorkspaceDocumentDiagnosticReport,
} from "vscode-languageserver";

/** A request for the workspace's diagnostics that is held open. */
export interface HeldRequest {
  /** Streams to the client, where it can be. */
  readonly partial: PartialResults | undefined;
  /** The result id that the client has of each file; what is not here it has not heard of. */
  readonly known: Map<string, string>;
  /** Files that the client named, of which nothing was said on this request yet. */
  readonly unconfirmed: Set<string>;
  /** Files to be looked at for something to say. */
  readonly waiting: Set<string>;
  /** What is to be said in the answer, where there is no other way. */
  readonly gathered: Map<string, WorkspaceDocumentDiagnosticReport>;
  readonly answer: (report: WorkspaceDiagnosticReport) => void;
  open: boolean;
}

/** Sends a part of the answer before the answer. */
export interface PartialResults {
  report(part: { items: WorkspaceDocumentDiagnosticReport[] }): void;
}
