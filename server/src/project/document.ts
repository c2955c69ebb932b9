import type { Draft } from "../draft/draft.ts";
import { joinEdits, type Edit } from "../text/edits.ts";
import { type LineIndex, lineIndex, offsetAt, type Position, updatedLines } from "../text/lines.ts";
import { cacheLines } from "../draft/incremental/draft-lines.ts";
import { objectCache } from "../draft/incremental/memoize.ts";
import { hasComments, withoutComments } from "./snippets.ts";
import { getFormat, type FormatId } from "../formats/registry.ts";

/** A document that the client has open: an immutable value; an edit returns a new one. */
export interface OpenDocument {
  /** As the client spells it. */
  readonly uri: string;
  readonly languageId: string;
  readonly version: number;
  readonly text: string;
  readonly lines: LineIndex;
}

/** A change, as in `textDocument/didChange`. */
export interface ContentChange {
  readonly range?: { readonly start: Position; readonly end: Position };
  readonly text: string;
}

export function opened(
  uri: string,
  languageId: string,
  version: number,
  text: string,
): OpenDocument {
  return { uri, languageId, version, text, lines: lineIndex(text) };
}

/** The document after a client's changes. Each is relative to the text after the one before it. */
export function edited(
  document: OpenDocument,
  version: number,
  changes: readonly ContentChange[],
): OpenDocument {
  let { text, lines } = document;
  let whole: Edit | undefined;
  const edits: Edit[] = [];
  let isKnown = true;
  for (const { range, text: newText } of changes) {
    if (range === undefined) {
      text = newText;
      lines = lineIndex(text);
      isKnown = false;
      continue;
    }
    const from = offsetAt(lines, text, range.start);
    const to = offsetAt(lines, text, range.end);
    const change = { start: Math.min(from, to), end: Math.max(from, to), newText };
    text = text.slice(0, change.start) + newText + text.slice(change.end);
    lines = updatedLines(lines, text, change);
    whole = joinEdits(whole, change, text);
    edits.push(change);
  }
  const after = { uri: document.uri, languageId: document.languageId, version, text, lines };
  const parsed = parses.get(document);
  if (parsed !== undefined) parses.set(after, { ...parsed, isCurrent: false });
  if (isKnown) {
    lastEdits.set(after, whole !== undefined && edits.length > MAX_EDITS ? [whole] : edits);
  }
  return after;
}

/** Of many edits at once, only their combined edit is kept, so that moving along with them stays cheap. */
const MAX_EDITS = 100;

/**
 * The edits that made the document from the previous version, each in UTF-16 offsets of the text after the one before
 * it, or one edit that combines very many; undefined if the whole text was replaced.
 */
export function getLastEdits(document: OpenDocument): readonly Edit[] | undefined {
  return lastEdits.get(document);
}

/** The document's draft. It reuses unchanged blocks of the last draft that was requested. */
export function toDraft(document: OpenDocument, format: FormatId): Draft {
  const parsed = parses.get(document);
  const previous = parsed?.draft.format.id === format ? parsed.draft : undefined;
  if (previous !== undefined && parsed?.isCurrent === true) return previous;
  const { languageId, text, lines } = document;
  const written = hasComments(languageId) ? withoutComments(text) : text;
  const draft = getFormat(format).parse(written, previous);
  parses.set(document, { draft, isCurrent: true });
  cacheLines(draft, lines);
  return draft;
}

/** The last draft of this document, or of an earlier version. */
const parses = objectCache<OpenDocument, { readonly draft: Draft; readonly isCurrent: boolean }>();
const lastEdits = objectCache<OpenDocument, readonly Edit[]>();
