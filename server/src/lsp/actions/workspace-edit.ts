import type {
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import type { Edit } from "../../text/edits.ts";
import type { Lines } from "../../text/lines.ts";
import type { Span } from "../../text/span.ts";
import { toRange, toTextEdit } from "../to-protocol.ts";
import type { ActionSupport } from "./support.ts";

/** The document version that an edit is for, and its lines, by which offsets become positions. */
export interface EditTarget {
  readonly lines: Lines;
  /** null for a document that is not open. */
  readonly version: number | null;
}

/** The workspace edit of one document, bound to its version where the client supports that. */
export function draftEdit(
  uri: string,
  target: EditTarget,
  edits: readonly Edit[],
  support: ActionSupport,
  stops: readonly Span[] = [],
): WorkspaceEdit {
  const plain = edits.map((edit) => toTextEdit(target.lines, edit));
  if (!support.documentChanges) return { changes: { [uri]: plain } };
  const rich = edits.map((edit, index): TextEdit | SnippetTextEdit => {
    const stop = stops[index];
    if (!support.snippets || stop === undefined) return toTextEdit(target.lines, edit);
    const value = snippet(edit.newText, stop, index + 1);
    return { range: toRange(target.lines, edit), snippet: { kind: "snippet", value } };
  });
  const change: TextDocumentEdit = { textDocument: { uri, version: target.version }, edits: rich };
  return { documentChanges: [change] };
}

/** The edit that changes a config file, or creates it; an existing file that could not be read is not overwritten. */
export function fileEdit(
  uri: string,
  before: EditTarget | undefined,
  edits: readonly Edit[],
  support: ActionSupport,
): WorkspaceEdit | undefined {
  if (before !== undefined) return draftEdit(uri, before, edits, support);
  if (!support.documentChanges || !support.createFile) return undefined;
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri, version: null },
        edits: edits.map(({ newText }) => ({ range: { start, end: start }, newText })),
      },
    ],
  };
}

/** The text as an LSP snippet with the span as a stop of that number: of equal numbers, one would follow the other. */
function snippet(text: string, select: Span, number: number): string {
  const plain = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  const before = plain(text.slice(0, select.start));
  const chosen = plain(text.slice(select.start, select.end));
  return `${before}\${${number}:${chosen}}${plain(text.slice(select.end))}`;
}
