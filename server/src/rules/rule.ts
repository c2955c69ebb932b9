import type { Block, Draft } from "../draft/draft.ts";
import type { Report, Severity } from "../draft/finding.ts";
import type { Sensitivity } from "../missing/sensitivity.ts";

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
}

/** What every rule is told besides the text. `placeholder` is what stands for lost words in fixes. */
export interface RuleContext {
  readonly placeholder: string;
  readonly sensitivity: Sensitivity;
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

/** Judged outside `lint`, by the one who knows all drafts or all findings; the rule's file gives its facts. */
export interface OuterRule<S extends OptionSpecs = OptionSpecs> extends RuleFacts<S> {
  readonly scope: "workspace" | "findings";
}

export type Rule<S extends OptionSpecs = OptionSpecs> = BlockRule<S> | DraftRule<S> | OuterRule<S>;

/** Keeps the option types of a rule's `check` bound to its `options`. */
export function blockRule<const S extends OptionSpecs>(rule: BlockRule<S>): BlockRule {
  return rule;
}

/** As `blockRule`, for a rule that sees the whole draft. */
export function draftRule<const S extends OptionSpecs>(rule: DraftRule<S>): DraftRule {
  return rule;
}

/** As `blockRule`, for a rule that is judged outside `lint`. */
export function outerRule<const S extends OptionSpecs>(rule: OuterRule<S>): OuterRule {
  return rule;
}
