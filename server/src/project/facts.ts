import { formatOf, type FormatId } from "../formats/registry.ts";
import { isWordlike, tokensOf } from "../language/tokens.ts";
import type { Fingerprints } from "../repeats/fingerprints.ts";
import { fingerprintsOf } from "../repeats/fingerprints.ts";
import type { Block, Draft } from "../draft/draft.ts";
import { holdsProse } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { lint } from "../engine/lint.ts";
import type { Settings } from "../settings/settings.ts";
import { RULES } from "../rules/index.ts";

/**
 * All that is kept of a draft that nobody looks at: small enough for tens of thousands of them, and
 * fit to be sent between threads. Where its text is needed it is read again.
 */
export interface DraftFacts {
  /** What the rules found that need no other draft; offsets are the draft's, in UTF-16 units. */
  readonly findings: readonly Finding[];
  readonly words: number;
}

/** What is kept of a draft that stands on disk. */
export interface StoredFacts extends DraftFacts {
  /** The starts of its lines, in UTF-16 units. */
  readonly lines: Uint32Array;
  readonly prints: Fingerprints;
}

/** Reads and judges a text for those who keep it closed. Never throws; pure, so it may run on any thread. */
export function storedFacts(text: string, format: FormatId, settings: Settings): StoredFacts {
  const draft = formatOf(format).parse(text);
  const { findings, words } = factsOf(draft, settings);
  return {
    findings: findings.map(withoutFixes),
    words,
    lines: Uint32Array.from(linesOfDraft(draft)),
    prints: fingerprintsOf(draft),
  };
}

/** A finding as it is kept: what can be done about it is worked out when its draft is open. */
export function withoutFixes(finding: Finding): Finding {
  const lean: Finding & { fixes?: unknown } = { ...finding };
  delete lean.fixes;
  return lean;
}

/** Reads and judges a text from nothing. Never throws; pure, so it may run on any thread. */
export function checkText(text: string, format: FormatId, settings: Settings): DraftFacts {
  return factsOf(formatOf(format).parse(text), settings);
}

/** The facts about a draft that has been read. */
export function factsOf(draft: Draft, settings: Settings): DraftFacts {
  return { findings: lint(draft, RULES, settings), words: countWords(draft) };
}

/** How many words a draft's prose has: words, numbers, and what stands for one. */
export function countWords(draft: Draft): number {
  let words = 0;
  for (const block of draft.blocks) words += wordsIn(block);
  return words;
}

function wordsIn(block: Block): number {
  if (!holdsProse(block)) return 0;
  const { kinds, count } = tokensOf(block);
  let words = 0;
  for (let index = 0; index < count; index++) if (isWordlike(kinds[index])) words++;
  return words;
}
