import type { Edit } from "../text/edits.ts";
import { shifted, type Span } from "../text/span.ts";
import type { Wording } from "../text/wording.ts";

export type Severity = "error" | "warning" | "information" | "hint";

/** From the gravest to the least grave. */
export const SEVERITIES: readonly Severity[] = ["error", "warning", "information", "hint"];

/** Whether `a` is at least as grave as `b`. */
export function atLeast(a: Severity, b: Severity): boolean {
  return SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b);
}

/**
 * Something an editor can choose to do about a finding. A safe fix removes no word that is nowhere else, and never
 * makes a hole look clean. Only safe fixes are applied without being chosen one by one.
 */
export interface Fix {
  readonly title: Wording;
  readonly safe: boolean;
  /**
   * `repeat`: it deletes a copy of a passage; “fix all” leaves it out unless repeats are requested. `placeholder`: its
   * edits are exactly the places where words are missing.
   */
  readonly kind?: "repeat" | "placeholder";
  /** Certainly what is wanted, though it is not safe: the fix made without a menu. */
  readonly preferred?: true;
  /** Its edits, and whether it is safe, are worked out on demand, by reading the draft again. */
  readonly lazy?: true;
  readonly edits: readonly Edit[];
  /** The draft that the edits are for, if it is another one. */
  readonly uri?: string;
  /** For each edit, what the cursor should select of its `newText`, in units of that text: one after the other. */
  readonly stops?: readonly Span[];
}

/** Another place that the finding refers to; in the same draft unless `uri` is given. */
export interface Related extends Span {
  readonly uri?: string;
  readonly message: Wording;
}

/** A rule's own odds that a place is a mistake, and the odds at which it is reported at each severity. */
export interface Odds {
  /** Log-odds, by the words alone. */
  readonly score: number;
  /** The minimum scores for certain, likely and possible: the rule's severity, information, and hint. */
  readonly steps: readonly [certain: number, likely: number, possible: number];
  /** How likely it is that a name or a phrase is lost, from 0 to 1: these are seldom lost alone. */
  readonly phrase?: number;
  /** It says nothing about other places in the draft, nor they about it. */
  readonly byItself?: true;
  /** If merely possible, it is reported only if an earlier version of the draft has the words. */
  readonly needsProof?: true;
  /** Its only sign is a space before a mark, after a word that needs nothing after it. */
  readonly isMereSpace?: true;
}

/** What a rule says about a place. */
export interface Report extends Span {
  /** In an editor's words: what is wrong, why it matters if that is not obvious, what to do. */
  readonly message: Wording;
  /** How sure the rule is, if less than its severity says. */
  readonly severity?: Severity;
  /** Instead of a severity: how likely it is. The rest of the draft decides whether it is reported; see evidence.ts. */
  readonly odds?: Odds;
  readonly related?: readonly Related[];
  readonly fixes?: readonly Fix[];
  /** For an opening mark without a partner: the text from there on in which the partner may still be written. */
  readonly openSpan?: Span;
  /** The passage can go without loss, so editors grey it out. */
  readonly unnecessary?: boolean;
  /** It is about the draft as a whole, which is contained in the related one. */
  readonly wholeDraft?: boolean;
  /** Its topic. If the drafts of a folder have many findings of one topic, it is a hint. See `AcrossDrafts`. */
  readonly topics?: readonly string[];
}

/** A report with its rule's name, and the severity from the settings. */
export interface Finding extends Report {
  readonly rule: string;
  readonly severity: Severity;
  /** It represents this many that are not listed. */
  readonly rest?: number;
  /** It is reported only if an earlier version of the draft has the words. */
  readonly isUnproven?: boolean;
}

/** Whether it is about a passage that is in the draft a second time. */
export function isRepeat({ related, fixes }: Finding): boolean {
  return related?.[0]?.uri === undefined && fixes?.some(({ kind }) => kind === "repeat") === true;
}

/** A report moved by `by` UTF-16 units, with everything in it that refers to the same draft. */
export function shiftedReport<T extends Report>(report: T, by: number): T {
  return by === 0 ? report : movedReport(report, (span) => shifted(span, by));
}

/** A report in which `move` has moved every span that refers to the same draft. */
export function movedReport<T extends Report>(report: T, move: <S extends Span>(span: S) => S): T {
  const { openSpan, related, fixes } = report;
  return {
    ...move(report),
    ...(openSpan && { openSpan: move(openSpan) }),
    ...(related && {
      related: related.map((place) => (place.uri === undefined ? move(place) : place)),
    }),
    ...(fixes && {
      fixes: fixes.map((fix) =>
        fix.uri === undefined ? { ...fix, edits: fix.edits.map(move) } : fix,
      ),
    }),
  };
}
