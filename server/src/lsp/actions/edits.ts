import type {
  SnippetTextEdit,
  TextDocumentEdit,
  TextEdit,
  WorkspaceEdit,
} from "vscode-languageserver";
import { toKey, toPath } from "../../project/places.ts";
import { CONFIG_NAME } from "../../settings/config/config.ts";
import { decodeConfig } from "../../settings/config/read.ts";
import { applyEdits, type Edit, followedBy } from "../../text/edits.ts";
import { lineIndex } from "../../text/lines.ts";
import type { Span } from "../../text/span.ts";
import type { ActionSupport } from "../client.ts";
import { readText } from "../files.ts";
import type { LintedDraft, OtherDraft } from "../linted.ts";
import { modified } from "../messages.ts";
import { isUnchanged, otherDraft } from "../open-drafts.ts";
import type { Session } from "../session.ts";
import { toRange, toTextEdit } from "../to-protocol.ts";
import type { ActionEffect, ConfigChange } from "./candidate.ts";
import { configPlace } from "./config-places.ts";

/** The workspace edit of one document, bound to its version if the client supports that. */
export function draftEdit(
  { uri, version, lines }: OtherDraft,
  edits: readonly Edit[],
  support: ActionSupport,
  stops: readonly Span[] = [],
): WorkspaceEdit {
  const plain = edits.map((edit) => toTextEdit(lines, edit));
  if (!support.documentChanges) return { changes: { [uri]: plain } };
  const rich = edits.map((edit, index): TextEdit | SnippetTextEdit => {
    const stop = stops[index];
    if (!support.snippets || stop === undefined) return toTextEdit(lines, edit);
    const value = snippet(edit.newText, stop, index + 1);
    return { range: toRange(lines, edit), snippet: { kind: "snippet", value } };
  });
  const change: TextDocumentEdit = { textDocument: { uri, version }, edits: rich };
  return { documentChanges: [change] };
}

/** The text as an LSP snippet, with the span as the tab stop of this number. */
function snippet(text: string, select: Span, number: number): string {
  const plain = (part: string): string => part.replace(/[\\$}]/g, "\\$&");
  const leading = plain(text.slice(0, select.start));
  const chosen = plain(text.slice(select.start, select.end));
  return `${leading}\${${number}:${chosen}}${plain(text.slice(select.end))}`;
}

/**
 * The edit of an action; undefined if there is none.
 * @throws ResponseError ContentModified if the text it was computed for has changed.
 */
export async function editFor(
  session: Session,
  linted: LintedDraft,
  effect: ActionEffect,
): Promise<WorkspaceEdit | undefined> {
  if ("command" in effect) return undefined;
  if ("config" in effect) return configEdit(session, linted.uri, [effect.config]);
  const { uri: name, edits, stops } = effect.fix;
  const path = toPath(toKey(linted.uri));
  if (name !== undefined && !(await isUnchanged(session, path, name))) throw modified();
  const target = name === undefined ? linted : otherDraft(session, name);
  return target && draftEdit(target, edits, session.client.actions, stops);
}

/** The edit that makes changes, one after the other, in the config file of a document, or creates the file. */
export async function configEdit(
  session: Session,
  documentUri: string,
  changes: readonly ConfigChange[],
): Promise<WorkspaceEdit | undefined> {
  const { workspace, client } = session;
  const place = configPlace(workspace, client.actions, documentUri);
  if (place === undefined) return undefined;
  const { uri, folder } = place;
  const open = workspace.open.get(`${folder}/${CONFIG_NAME}`);
  const text = open?.text ?? (await readText(session, uri, decodeConfig));
  let edits: readonly Edit[] = [];
  for (const change of changes) {
    const before = edits.length === 0 ? text : applyEdits(text ?? "", edits);
    edits = followedBy(edits, change(before, folder), text ?? "");
  }
  if (edits.length === 0) return undefined;
  if (text !== undefined) {
    const target = { uri, lines: lineIndex(text), version: open?.version ?? null };
    return draftEdit(target, edits, client.actions);
  }
  if (!client.actions.createFile) return undefined;
  const start = { line: 0, character: 0 };
  return {
    documentChanges: [
      // Never over a file that was created meanwhile.
      { kind: "create", uri, options: { overwrite: false, ignoreIfExists: false } },
      {
        textDocument: { uri, version: null },
        edits: edits.map(({ newText }) => ({ range: { start, end: start }, newText })),
      },
    ],
  };
}
