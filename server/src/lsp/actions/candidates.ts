import type { Range } from "vscode-languageserver";
import type { Finding, Fix } from "../../draft/finding.ts";
import { isHole } from "../../repeats/restore.ts";
import { CodeActionKind } from "../protocol-library.ts";
import { findingsAt, type JudgedDraft, type OtherDraft } from "../judgement.ts";
import { FIX_ALL, fixAllCandidates, fixCandidates } from "./fixes.ts";
import { menuEntries, distinct, withDistinctTitles } from "./menu.ts";
import type { ActionCandidate } from "./payload.ts";
import { placeCandidates } from "./places.ts";
import { suppressionCandidates } from "./suppress.ts";
import type { ActionSupport } from "../client.ts";

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
    if (!support.chooseStet) {
      for (const finding of touched) found.push(...suppressionCandidates(judged, finding));
    }
    found.push(...menuEntries(judged, range, touched[0], support));
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

function wants(only: readonly string[] | undefined, kind: string): boolean {
  return only === undefined || only.some((one) => kind === one || kind.startsWith(`${one}.`));
}
