/*
 * rules/: one file per rule. `index.ts` lists them, and nothing else names one.
 *
 * The scope says what a rule sees: a block (cached on it), a draft, a draft and all others (`workspace`), or the
 * findings of the other rules (`findings`, run last). Rules know nothing about suppression, baselines or reports.
 */

import type { Block, Draft } from "../draft/draft.ts";
import type { Report, Severity } from "../draft/finding.ts";
import type { Sensitivity } from "../missing/sensitivity.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import type { Sensitivity as RepeatsSensitivity } from "../repeats/signals.ts";
import type { Span } from "../text/span.ts";

/** An option of a rule; it is its own schema, and the settings and the documentation are derived from it. */
export interface OptionSpec {
  readonly type: "integer";
  readonly default: number;
  readonly minimum: number;
  readonly maximum: number;
  readonly description: string;
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;

/** The values of a rule's options, one for each spec. */
export type OptionsOf<S extends OptionSpecs> = Readonly<Record<keyof S, number>>;

/** A draft for the documentation: Markdown, with ⟦ ⟧ around what is flagged. */
export interface Example {
  readonly text: string;
  /** What it shows, if that is not obvious. */
  readonly note?: string;
}

/** What findings are about, in plain words. Lists of what is left group by it, in this order. */
export const KINDS = {
  conflict: "Merge conflicts",
  lost: "Lost words",
  credit: "Missing sources",
  repeat: "Repeated passages",
  leftover: "Leftovers",
  doubled: "Doubled words",
  extra: "Words too many",
  empty: "Empty links and sections",
  mark: "Open quotation marks and brackets",
  stet: "Stets without effect",
} as const;

interface RuleFacts<S extends OptionSpecs> {
  /** Kebab-case; the diagnostic's code, and the name in settings and stet comments. */
  readonly id: string;
  readonly kind: keyof typeof KINDS;
  /**
   * Rules of one family share what they find, and a finding may move from one to another as they improve. A stet that
   * names one of them covers all.
   */
  readonly stetFamily?: string;
  /** One line: what it flags. */
  readonly summary: string;
  readonly docs: {
    /** A few sentences in Markdown: why it matters, what it leaves alone. */
    readonly description: string;
    readonly flagged: readonly Example[];
    readonly fine: readonly Example[];
  };
  readonly severity: Severity;
  /** It depends on English grammar, so it runs only on English text. */
  readonly english: boolean;
  readonly options: S;
  /** It is less certain: dropped if another rule reports the same words, unless that rule relates distant blocks. */
  readonly yields?: true;
  /**
   * Its findings can be accepted phrases: a name, a title or a doubled word that is correct in every draft of
   * a project. Never for findings of missing or leftover words.
   */
  readonly acceptable?: true;
  /** It judges a place by the draft around it, so it does not run on a notebook's cell or a commit message. */
  readonly needsDraft?: true;
  /** It reports merge conflict markers, on which all other rules are silent. */
  readonly readsConflicts?: true;
}

/** What every rule gets besides the text. `placeholder` marks missing words in fixes. */
export interface RuleContext {
  readonly placeholder: string;
  readonly sensitivity: Sensitivity;
  readonly repeatsSensitivity: RepeatsSensitivity;
}

/** Checks one block; offsets in its reports are UTF-16 units of the block's source. Results are memoized per block. */
export interface BlockRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "block";
  check(block: Block, options: OptionsOf<S>, context: RuleContext): readonly Report[];
}

/**
 * How a rule learns from all drafts of a folder what one of them does not show: that something is not a mistake, but
 * the way the site is made. Reports of a topic name it (`Report.topics`).
 */
export interface AcrossDrafts<S extends OptionSpecs = OptionSpecs> {
  /**
   * The topics that seem to be mistakes in a draft, each once, whether or not their reports are suppressed there. The name
   * of one is the same in all drafts, and short, because it is stored for each draft.
   */
  topics(draft: Draft, options: OptionsOf<S>): readonly string[];
  /** Whether a topic of so many drafts of a folder is intended. It is not reported then. */
  isIntended(drafts: number): boolean;
}

/** Checks a whole draft; offsets are UTF-16 units of its text. */
export interface DraftRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "draft";
  check(draft: Draft, options: OptionsOf<S>, context: RuleContext): readonly Report[];
  readonly acrossDrafts?: AcrossDrafts<S>;
  /**
   * It relates blocks that may be far apart, so each run costs as much as the draft, and waits for a pause in typing.
   */
  readonly distant?: true;
}

/** A draft, and the index of the drafts it is compared with. */
export interface DraftAmongOthers {
  readonly uri: string;
  readonly index: RepeatIndex;
  /** Reads one of the drafts again; undefined if it can't be read. */
  readonly readDraft: (uri: string) => Draft | undefined;
  /** A draft's name in messages. */
  readonly getName: (uri: string) => string;
  /** The sensitivity for repeats; the default if absent. */
  readonly sensitivity?: RepeatsSensitivity;
}

/**
 * Compares a draft with others, outside of `lint`; offsets are the draft's, those of related places the other draft's.
 * A passage in more drafts than its option `maxDrafts` is not reported, so the index need not record its places.
 */
export interface WorkspaceRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "workspace";
  /** The drafts that `check` reads besides the draft itself. If there are none, it reports nothing. Reads none. */
  partners(
    draft: Omit<DraftAmongOthers, "readDraft" | "getName">,
    options: OptionsOf<S>,
  ): readonly string[];
  check(draft: DraftAmongOthers, options: OptionsOf<S>): readonly Report[];
}

/** A comment in a draft that suppresses findings; offsets are the draft's. */
export interface SuppressionComment extends Span {
  /** The ids that it names, as written; empty for all rules. */
  readonly rules: readonly string[];
  /** It applies to the whole draft (`stet-file`). */
  readonly wholeFile: boolean;
  /** It is meant for the whole draft but is not at its top, so it has no effect. */
  readonly late: boolean;
  /** It has suppressed a finding. */
  readonly used: boolean;
}

export interface SuppressedDraft {
  readonly draft: Draft;
  readonly comments: readonly SuppressionComment[];
  readonly ruleIds: readonly string[];
  /** Whether a rule's findings in the draft are complete; false if it is off or needs other drafts. */
  readonly isComplete: (ruleId: string) => boolean;
  /** Whether no other draft may have a passage that a stet for all rules is for. */
  readonly isCompared: boolean;
}

/** Checks the suppressions, after all other rules; offsets are the draft's. */
export interface FindingsRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "findings";
  check(suppressed: SuppressedDraft, options: OptionsOf<S>): readonly Report[];
}

export type Rule<S extends OptionSpecs = OptionSpecs> =
  BlockRule<S> | DraftRule<S> | WorkspaceRule<S> | FindingsRule<S>;

/** Keeps the option types of a rule's `check` bound to its `options`. */
export function blockRule<const S extends OptionSpecs>(rule: BlockRule<S>): BlockRule {
  return rule;
}

/** Like `blockRule`, for a rule of scope “draft”. */
export function draftRule<const S extends OptionSpecs>(rule: DraftRule<S>): DraftRule {
  return rule;
}

/** Like `blockRule`, for a rule of scope “workspace”. */
export function workspaceRule<const S extends OptionSpecs>(rule: WorkspaceRule<S>): WorkspaceRule {
  return rule;
}

/** Like `blockRule`, for a rule of scope “findings”. */
export function findingsRule<const S extends OptionSpecs>(rule: FindingsRule<S>): FindingsRule {
  return rule;
}
