import type { Edit } from "../text/edits.ts";
import type { Span } from "../text/span.ts";
import type { Wording } from "../text/wording.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** From the gravest to the least. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Whether `a` is at least as grave as `b`. */
export function atLeast(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b);
}

/**
 * Something an editor can choose to do about a finding.
 * A safe fix loses no word that stands nowhere else and never makes a hole look clean;
 * only safe fixes are applied without being asked for one by one.
 */
export interface Fix {
  readonly title: Wording;
  readonly safe: boolean;
  /**
   * `repeat`: it deletes a copy of a passage; fixing all at once leaves it out unless repeats are asked for.
   * `placeholder`: its edits are the very places where words are missing.
   */
  readonly kind?: "repeat" | "placeholder";
  /** Surely what is meant, though it is not safe: the one that is made without a menu. */
  readonly preferred?: true;
  /** Its edits, and whether it is safe, are worked out when they are looked at, by reading the draft again. */
  readonly lazy?: true;
  readonly edits: readonly Edit[];
  /** The draft the edits are for, where it is another one. */
  readonly uri?: string;
  /** For each edit, what the cursor should select of its `newText`, in units of that: one after the other. */
  readonly stops?: readonly Span[];
}

/** Another place that the finding speaks of; in the same draft unless `uri` is given. */
export interface Related extends Span {
  readonly uri?: string;
  readonly message: Wording;
}

/** A rule's own odds that a place is a mistake, and the odds at which it is reported at each severity. */
export interface Odds {
  /** Log-odds, by the words alone. */
  readonly score: number;
  /** The least scores that are certain, likely, possible: reported at the rule's severity, as information, as a hint. */
  readonly steps: readonly [certain: number, likely: number, possible: number];
  /** It says nothing of other places in the draft, nor do they of it. */
  readonly byItself?: true;
}

/** What a rule says of a place. */
export interface Report extends Span {
  /** In an editor's words: what is wrong, why it matters where that is not plain, what to do. */
  readonly message: Wording;
  /** How sure the rule is, where it is less sure than its severity says. */
  readonly severity?: Severity;
  /** Instead of a severity: how likely it is. Whether it is reported depends on the rest of the draft; see evidence.ts. */
  readonly odds?: Odds;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** Of an opening mark without a partner: the text, from it on, in which the partner may still be written. */
  readonly openSpan?: Span;
  /** The passage can go without loss: editors grey it. */
  readonly unnecessary?: boolean;
  /** It is about the draft as a whole, which stands in the related one. */
  readonly wholeDraft?: boolean;
  /** What it is one of: where the drafts of a folder have many of one of these topics, it is a hint. See `AcrossDrafts`. */
  readonly topics?: readonly string[];
}

/** A report with its rule's name, and the severity that the settings give it. */
export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
  /** It stands for so many that are not listed. */
  readonly rest?: number;
}

/** Whether it is about a passage that stands in the draft once more. */
export function isRepeat({ related, fixes }: Finding): boolean {
  return related?.[0]?.uri === undefined && fixes?.some(({ kind }) => kind === "repeat") === true;
}
