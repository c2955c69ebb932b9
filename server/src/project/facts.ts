import { getFormat, type FormatId } from "../formats/registry.ts";
import { isWordlike, getTokens } from "../language/tokens.ts";
import { type Fingerprints, fingerprint } from "../repeats/fingerprints.ts";
import { type Block, type Draft, holdsProse } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { lint, type LintOptions } from "../engine/lint.ts";
import { findTopics, type RuleTopic } from "../engine/topics.ts";
import { passageDigests } from "../engine/suppression/suppress.ts";
import type { Settings } from "../settings/settings.ts";
import { RULES } from "../rules/index.ts";

/**
 * What is stored about a draft that is not open: small enough for tens of thousands of drafts, and plain data that can
 * be sent between threads. When the text is needed, the draft is read again.
 */
export interface DraftFacts {
  /** The findings of rules that need no other draft. Offsets are in UTF-16 units. */
  readonly findings: readonly Finding[];
  readonly words: number;
  /** What the draft contributes to the totals of its folder. */
  readonly topics: readonly RuleTopic[];
}

/** The facts about a draft on disk. */
export interface StoredFacts extends DraftFacts {
  readonly findings: readonly DigestedFinding[];
  /** The offsets of its line starts, in UTF-16 units. */
  readonly lines: Uint32Array;
  readonly prints: Fingerprints;
}

/** A finding with the digest of its passage, which identifies it in other versions. */
export interface DigestedFinding extends Finding {
  readonly digest: string;
}

/** The findings of a draft with the digests of their passages. */
export function withDigests<F extends Finding>(
  draft: Draft,
  findings: readonly F[],
): (F & DigestedFinding)[] {
  if (findings.length === 0) return [];
  const getDigest = passageDigests(draft);
  return findings.map((finding) => ({ digest: getDigest(finding), ...finding }));
}

/** Parses and checks the text of a draft that is not open. Pure and never throws, so it may run on any thread. */
export function storedFacts(text: string, format: FormatId, settings: Settings): StoredFacts {
  const draft = getFormat(format).parse(text);
  // Baselines list what is unproven, too.
  const { findings, words, topics } = extractFacts(draft, settings, { includesUnproven: true });
  return {
    findings: withDigests(draft, findings.map(withoutFixes)),
    words,
    topics,
    lines: Uint32Array.from(linesOfDraft(draft)),
    prints: fingerprint(draft),
  };
}

/** A finding as stored, without what only an open draft needs: its fixes, and what is held back while typing. */
function withoutFixes(finding: Finding): Finding {
  // Deleting properties from a copy would make V8 store it as a hash table.
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- named to be left out
  const { fixes, openSpan, ...lean } = finding;
  return lean;
}

export function extractFacts(
  draft: Draft,
  settings: Settings,
  options?: Pick<LintOptions, "includesUnproven" | "isCompared">,
): DraftFacts {
  return {
    findings: lint(draft, RULES, settings, options),
    words: countWords(draft),
    topics: findTopics(draft, RULES, settings),
  };
}

/** The words in a draft's prose: words, numbers, and masks that count as one. */
export function countWords(draft: Draft): number {
  let words = 0;
  for (const block of draft.blocks) words += wordsIn(block);
  return words;
}

function wordsIn(block: Block): number {
  if (!holdsProse(block)) return 0;
  const { kinds, count } = getTokens(block);
  let words = 0;
  for (let index = 0; index < count; index++) if (isWordlike(kinds[index])) words++;
  return words;
}
