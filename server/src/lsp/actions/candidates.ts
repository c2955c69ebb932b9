import type { Range } from "vscode-languageserver";
import { CodeActionKind } from "vscode-languageserver";
import type { Finding, Fix } from "../../draft/finding.ts";
import { isHole } from "../../repeats/restore.ts";
import { FIX_ALL, fixAllCandidates, fixCandidates } from "./fixes.ts";
import type { JudgedDraft, OtherDraft } from "./judged-draft.ts";
import type { ActionCandidate } from "./payload.ts";
import { placeCandidates } from "./places.ts";
import { suppressionCandidates } from "./suppress.ts";
import type { ActionSupport } from "./support.ts";
import { distinct, withDistinctTitles } from "./titles.ts";

/** The actions for the findings that `range` selects, the closest fit first. */
export function candidatesAt(
  judged: JudgedDraft,
  range: Range,
  only: readonly string[] | undefined,
  support: ActionSupport,
  fixesRepeats: boolean,
  other: (name: string) => OtherDraft | undefined,
  restored: Restored = new Map(),
): ActionCandidate[] {
  const found: ActionCandidate[] = [];
  if (wants(only, CodeActionKind.QuickFix)) {
    const touched = findingsAt(judged, range);
    for (const finding of touched) {
      found.push(...fixCandidates(judged, finding, finding === touched[0], restored.get(finding)));
    }
    if (support.showDocument || support.compare) {
      for (const finding of touched) {
        found.push(...placeCandidates(judged, finding, support, other));
      }
    }
    for (const finding of touched) found.push(...suppressionCandidates(judged, finding));
  }
  // Only on an explicit request for this kind: otherwise every line would show a light bulb.
  if (only !== undefined && wants(only, FIX_ALL)) {
    found.push(...fixAllCandidates(judged, fixesRepeats));
  }
  return withDistinctTitles(distinct(found), judged.lines);
}

/** Fixes that put back lost words from elsewhere, by the findings that tell of them. */
export type Restored = ReadonlyMap<Finding, readonly Fix[]>;

/** The findings of lost words that a range selects. */
export function holesAt(
  judged: JudgedDraft,
  range: Range,
  only: readonly string[] | undefined,
): Finding[] {
  return wants(only, CodeActionKind.QuickFix) ? findingsAt(judged, range).filter(isHole) : [];
}

/**
 * The findings that a range selects. The list of problems and “go to next problem” select exactly the
 * span of a finding: then only that one. Otherwise all that it overlaps, the closest fit first.
 */
function findingsAt(judged: JudgedDraft, range: Range): Finding[] {
  const { lines, draft } = judged;
  const offset = ({ line, character }: Range["start"]): number =>
    Math.min((lines[line] ?? draft.text.length) + character, draft.text.length);
  const start = offset(range.start);
  const end = offset(range.end);
  const exact = judged.findings.filter((one) => one.start === start && one.end === end);
  if (exact.length > 0) return exact;
  // An empty range (a cursor) matches the words before and after it; a selection only those inside.
  const touched = judged.findings.filter((one) =>
    start === end || one.start === one.end
      ? one.start <= end && start <= one.end
      : one.start < end && start < one.end,
  );
  const misfit = (one: Finding): number => Math.abs(one.start - start) + Math.abs(one.end - end);
  return touched.sort((a, b) => misfit(a) - misfit(b));
}

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}
