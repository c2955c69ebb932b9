import type { Position, Range } from "vscode-languageserver";
import type { Finding, Fix } from "../../draft/finding.ts";
import { toRange } from "../to-protocol.ts";
import { findingsAt } from "./findings-at.ts";
import type { JudgedDraft } from "./judged-draft.ts";

/** The fix that deletes the very copy that a finding is about; undefined where that can't be done cleanly. */
export function ownDeletion({ fixes, start, end }: Finding): Fix | undefined {
  return fixes?.find(
    ({ kind, uri, edits }) =>
      kind === "repeat" &&
      uri === undefined &&
      edits.length > 0 &&
      edits.every((edit) => edit.newText === "" && edit.start < end && edit.end > start),
  );
}

/** The same for the finding whose range this is. */
export function copyDeletion(judged: JudgedDraft, range: Range): Fix | undefined {
  for (const finding of findingsAt(judged, range)) {
    const { start, end } = toRange(judged.lines, finding);
    // The range may be of an earlier version: what only overlaps it is another passage.
    if (!isSamePosition(start, range.start) || !isSamePosition(end, range.end)) continue;
    const fix = ownDeletion(finding);
    if (fix !== undefined) return fix;
  }
  return undefined;
}

function isSamePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
