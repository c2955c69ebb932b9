import type { Block, Draft } from "../draft/draft.ts";
import type { Report, Severity } from "../draft/finding.ts";
import type { Sensitivity } from "../missing/sensitivity.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import type { Sensitivity as RepeatsSensitivity } from "../repeats/signals.ts";
import type { Span } from "../text/span.ts";

/** An option of a rule, as it stands in settings, schema and documentation. */
export type OptionSpec =
  | {
      readonly type: "integer";
      readonly default: number;
      readonly minimum?: number;
      readonly maximum?: number;
      readonly description: string;
    }
  | { readonly type: "boolean"; readonly default: boolean; readonly description: string }
  | { readonly type: "string"; readonly default: string; readonly description: string }
  | {
      readonly type: "enum";
      readonly values: readonly string[];
      readonly default: string;
      readonly description: string;
    }
  | {
      readonly type: "strings";
      readonly default: readonly string[];
      readonly description: string;
    };

export type OptionSpecs = Readonly<Record<string, OptionSpec>>;
export type OptionValue = number | boolean | string | readonly string[];

/** The values that a rule's options have: one for each of its specs. */
export type OptionsOf<S extends OptionSpecs> = {
  readonly [K in keyof S]: S[K] extends { readonly type: "integer" }
    ? number
    : S[K] extends { readonly type: "boolean" }
      ? boolean
      : S[K] extends { readonly type: "strings" }
        ? readonly string[]
        : S[K] extends { readonly type: "string" | "enum" }
          ? string
          : OptionValue;
};

/** A draft for the documentation: Markdown, with ⟦ ⟧ around what is flagged. */
export interface Example {
  readonly text: string;
  /** What it shows, where the text does not say it. */
  readonly note?: string;
}

interface RuleFacts<S extends OptionSpecs> {
  /** Kebab-case; the diagnostic's code, and the name in settings and stet comments. */
  readonly id: string;
  /** Ids under which it was known, alone or with others; they still mean it wherever a rule is named. */
  readonly formerIds?: readonly string[];
  /** One line: what it flags. */
  readonly summary: string;
  readonly docs: {
    /** A few sentences in Markdown: why it matters, what it leaves alone. */
    readonly description: string;
    readonly flagged: readonly Example[];
    readonly fine: readonly Example[];
  };
  readonly severity: Severity;
  /** It judges grammar, so it is only asked about English. */
  readonly english: boolean;
  readonly options: S;
  /** It only guesses: where another rule says something of the same few words, that is enough. */
  readonly yields?: true;
  /**
   * What it marks may be a name, a title or a doubled word that is right in every draft of a project, so
   * that it can be accepted there. Never for what only looks as if something were missing or left over.
   */
  readonly acceptable?: true;
  /** It speaks of the marks of merge conflicts, of which all other rules say nothing. */
  readonly readsConflicts?: true;
}

/** What every rule is told besides the text. `placeholder` is what stands for lost words in fixes. */
export interface RuleContext {
  readonly placeholder: string;
  readonly sensitivity: Sensitivity;
  readonly repeatsSensitivity: RepeatsSensitivity;
}

/** Sees one block; offsets in its reports count from the start of the block's source. Its results are kept with the block. */
export interface BlockRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "block";
  check(block: Block, options: OptionsOf<S>, context: RuleContext): readonly Report[];
}

/** Sees a whole draft; offsets are the draft's. */
export interface DraftRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "draft";
  check(draft: Draft, options: OptionsOf<S>, context: RuleContext): readonly Report[];
}

/** A draft beside the others that it is compared with, as the index of their passages knows them. */
export interface DraftAmongOthers {
  readonly uri: string;
  readonly index: RepeatIndex;
  /** Reads one of the drafts again; undefined where it can't be read. */
  readonly draftOf: (uri: string) => Draft | undefined;
  /** How messages call a draft. */
  readonly nameOf: (uri: string) => string;
  /** How readily repeats are told; as by default where it is not given. */
  readonly sensitivity?: RepeatsSensitivity;
}

/** Compares a draft with others, once `lint` is through with each by itself; offsets are the draft's, related ones those of the other. */
export interface WorkspaceRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "workspace";
  /** A passage that stands in more drafts than this is of no interest: the index need not know where. */
  maxDrafts(options: OptionsOf<S>): number;
  check(draft: DraftAmongOthers, options: OptionsOf<S>): readonly Report[];
}

/** A comment in a draft that suppresses findings; offsets are the draft's. */
export interface SuppressionComment extends Span {
  /** The ids that it names, as they are written; none: it is for every rule. */
  readonly rules: readonly string[];
  /** It is meant for the draft as a whole. */
  readonly wholeFile: boolean;
  /** It is meant for the draft as a whole and stands below its top, so that it has no effect. */
  readonly late: boolean;
  /** It has suppressed a finding. */
  readonly used: boolean;
}

/** A draft all of whose findings are known, and what was done about them. */
export interface SuppressedDraft {
  readonly draft: Draft;
  readonly comments: readonly SuppressionComment[];
  /** The ids of all rules there are. */
  readonly ruleIds: readonly string[];
  /** The ids of the rules that a former id means; empty for any other. */
  readonly rulesFormerly: (id: string) => readonly string[];
  /** Whether all that a rule may find in the draft is known; not so where it is off, or needs other drafts. */
  readonly wasAsked: (ruleId: string) => boolean;
}

/** Sees what was suppressed of what all other rules have found; offsets are the draft's. */
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

/** As `blockRule`, for a rule that sees the whole draft. */
export function draftRule<const S extends OptionSpecs>(rule: DraftRule<S>): DraftRule {
  return rule;
}

/** As `blockRule`, for a rule that compares drafts with each other. */
export function workspaceRule<const S extends OptionSpecs>(rule: WorkspaceRule<S>): WorkspaceRule {
  return rule;
}

/** As `blockRule`, for a rule that sees what was suppressed. */
export function findingsRule<const S extends OptionSpecs>(rule: FindingsRule<S>): FindingsRule {
  return rule;
}
