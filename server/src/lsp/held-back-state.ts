import { draftOf, lastEditsOf, type OpenDocument } from "../project/document.ts";
import { offsetAt } from "../text/lines.ts";
import type { Event } from "./events.ts";
import { type HeldBack, heldBackAfter } from "./held-back.ts";
import { holdsBack, type ServerState } from "./state.ts";

/** What is held back after an edit, which made `after` of the document. */
export function heldBackByEdit(
  state: ServerState,
  { path, changes, shown, at }: Extract<Event, { readonly type: "edited" }>,
  after: OpenDocument,
): HeldBack | undefined {
  if (changes.length === 0) return state.heldBack;
  const edits = lastEditsOf(after);
  // Where the whole text was replaced, nothing tells where the caret is.
  if (edits === undefined || !holdsBack(state)) return undefined;
  return heldBackAfter(state.heldBack, { type: "edited", path, edits, shown, at });
}

/** What is held back once the caret is known to be at another place. */
export function heldBackByCaret(
  { heldBack, workspace, draftConfigs }: ServerState,
  { path, version, position }: Extract<Event, { readonly type: "caret-moved" }>,
): HeldBack | undefined {
  const document = workspace.open.get(path);
  if (position === undefined || document === undefined || path !== heldBack?.path) {
    const caret = position && 0;
    return heldBackAfter(heldBack, { type: "caret moved", path, caret, draft: undefined });
  }
  if (version !== undefined && version !== document.version) return heldBack;
  const format = draftConfigs.get(path)?.format;
  const draft = format && draftOf(document, format);
  const caret = offsetAt(document.lines, document.text, position);
  return heldBackAfter(heldBack, { type: "caret moved", path, caret, draft });
}
