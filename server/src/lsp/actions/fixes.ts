import type { Position, Range } from "vscode-languageserver";
import { newAllowance } from "../../deletion/allowance.ts";
import type { Finding, Fix } from "../../draft/finding.ts";
import { safeFixes } from "../../engine/fix.ts";
import { restorations } from "../../repeats/restore.ts";
import { type LintedDraft, findingsAt } from "../linted.ts";
import { CodeActionKind } from "../messages.ts";
import { toRange } from "../to-protocol.ts";
import { type ActionCandidate, quickFix } from "./candidate.ts";
import { type Wording, wording } from "../../text/wording.ts";

/** The code action kind that applies all safe fixes of a draft; editors can run it on save. */
export const FIX_ALL = `${CodeActionKind.SourceFixAll}.galley`;

export function fixCandidates(
  { draft, findings }: LintedDraft,
  finding: Finding,
  isClosest: boolean,
  fromElsewhere: readonly Fix[] = [],
  allowance = newAllowance(),
): ActionCandidate<Wording>[] {
  const inDraft = restorations(draft, findings, finding, allowance);
  const known = new Set(inDraft.map(({ edits }) => JSON.stringify(edits)));
  const others = fromElsewhere.filter(({ edits }) => !known.has(JSON.stringify(edits)));
  const fixes = [...inDraft, ...others, ...(finding.fixes ?? [])].filter(
    // A fix that would damage the text has no edits.
    ({ edits }) => edits.length > 0,
  );
  return fixes.map((fix, index) => {
    const preferred = isClosest && index === 0 && mayBeMadeUnseen(fix);
    return quickFix(finding, fix.title, { fix }, preferred);
  });
}

/** Whether editors may apply it with a key, without a menu: never if it deletes a passage, however safe that is. */
function mayBeMadeUnseen(fix: Fix): boolean {
  const takesPassage = fix.lazy === true || fix.kind === "repeat";
  return !takesPassage && (fix.safe || fix.preferred === true);
}

/** The safe fixes of findings, except those of hints, and of repeats unless requested. */
export function allSafeFixes(
  { draft, findings }: Findings,
  fixesRepeats: boolean,
): ReturnType<typeof safeFixes> {
  const fixes = safeFixes(
    findings.filter(({ severity }) => severity !== "hint"),
    (fix) => fixesRepeats || fix.kind !== "repeat",
    draft,
  );
  // A fix that would damage the text has no edits.
  return fixes.filter(({ edits }) => edits.length > 0);
}

/** A draft, and some or all of its findings. */
export type Findings = Pick<LintedDraft, "draft" | "findings">;

/** All safe fixes of a draft as one action, except those of hints; none if there is nothing to fix. */
export function fixAllCandidates(
  linted: LintedDraft,
  fixesRepeats: boolean,
): ActionCandidate<Wording>[] {
  const edits = allSafeFixes(linted, fixesRepeats).flatMap((fix) => fix.edits);
  if (edits.length === 0) return [];
  return [
    {
      title: wording("Make every safe correction in this draft"),
      kind: FIX_ALL,
      preferred: false,
      finding: undefined,
      effect: { fix: { edits } },
    },
  ];
}

/** The fix that deletes exactly the copy that a finding is about; undefined if that can't be done cleanly. */
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
export function copyDeletion(linted: LintedDraft, range: Range): Fix | undefined {
  for (const finding of findingsAt(linted, range)) {
    const { start, end } = toRange(linted.lines, finding);
    // The range may be from an earlier version. What merely overlaps it is another passage.
    if (!isSamePosition(start, range.start) || !isSamePosition(end, range.end)) continue;
    const fix = ownDeletion(finding);
    if (fix !== undefined) return fix;
  }
  return undefined;
}

function isSamePosition(one: Position, other: Position): boolean {
  return one.line === other.line && one.character === other.character;
}
