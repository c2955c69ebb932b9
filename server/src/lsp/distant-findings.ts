import { lintDistant } from "../engine/lint.ts";
import { draftOf, type OpenDocument } from "../project/document.ts";
import type { DraftConfig } from "../project/workspace.ts";
import { wordCount } from "../repeats/sequence.ts";
import { RULES } from "../rules/index.ts";
import type { OpenWithin, OtherDrafts } from "./other-drafts-state.ts";
import { isSameConfig } from "./state.ts";

/** What relates distant blocks of a draft of more words is found at a pause; up to here it takes a third of a millisecond. */
export const LONG_DRAFT = 10_000;

/**
 * What relates distant blocks of a long open draft; undefined for one that is not long, of which it is found with
 * everything else. Found in this version where it must be, or where nothing was found in an earlier one.
 */
export function distantFindings(
  others: OtherDrafts,
  path: string,
  document: OpenDocument,
  config: DraftConfig,
  mustBeCurrent: boolean,
): OpenWithin | undefined {
  const draft = draftOf(document, config.format);
  if (wordCount(draft) <= LONG_DRAFT) {
    others.within.delete(path);
    return undefined;
  }
  const known = others.within.get(path);
  const isKnown = known?.document === document && isSameConfig(known.config, config);
  if (isKnown && (known.isCurrent || !mustBeCurrent)) return known;
  const findings = lintDistant(draft, RULES, config.settings);
  const found = { document, config, findings, isCurrent: true };
  others.within.set(path, found);
  return found;
}
