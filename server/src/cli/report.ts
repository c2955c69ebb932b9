import { SEVERITIES, type Severity } from "../draft/finding.ts";
import { kindOfRule } from "../rules/index.ts";
import { KINDS } from "../rules/rule.ts";
import type { FileKind } from "../settings/include-kind.ts";
import type { Skipped } from "../settings/skipped.ts";
import { sayIsolated } from "../text/excerpt.ts";
import { countedAs, type Translations, type Wording, wording } from "../text/wording.ts";
import type { ReportedFinding } from "./reported.ts";

/** The result of a check, in the order of the output. `Text`: see `ReportedFinding`. */
export interface Report<Text = string> {
  readonly files: readonly FileReport<Text>[];
  readonly problems: readonly {
    readonly path: string;
    readonly message: string;
    /** It kept Galley from doing what it was asked: the exit code is 2. */
    readonly fatal: boolean;
  }[];
  /** Files that were not checked, sorted by path; undefined without `--show-skipped`. */
  readonly skipped: readonly Skipped[] | undefined;
  /** How many possible drafts were not checked. */
  readonly unchecked: number;
  /** The kind of each file that is read only if a pattern requests it. */
  readonly unasked?: readonly FileKind[];
  /** How many files would be drafts if `include` did not name others. */
  readonly notIncluded?: number;
  /** The fixes that were made. */
  readonly fixes: readonly MadeFix[];
  /** How many fixes the next `--fix` would make; 0 if no reporter wants to know. */
  readonly fixable: number;
  /** What it would change, as a unified diff that is safe to print; only with `--fix-dry-run`. */
  readonly patch?: string | undefined;
  /** The number of hints that were left out. */
  readonly hiddenHints: number;
  /** How many findings were left out because a baseline lists them. */
  readonly listed: number;
  /** Whether a baseline applies to any of the drafts, and which; undefined: none. */
  readonly hasBaseline?: boolean | undefined;
  /** What it was compared with, if it contains only what is new. */
  readonly since?: string | undefined;
  /** With `--restore`, lost words that are elsewhere are listed, or also put back; undefined: not searched. */
  readonly lostWords?: "listed" | "put back" | undefined;
  /** With `--restore`, a draft with lost words is in no git repository. */
  readonly lacksGit?: boolean;
  /** The number of passages that are in so many drafts that they count as boilerplate. */
  readonly boilerplate: number;
  readonly seconds: number;
}

/** A fix that was made. */
export interface MadeFix {
  readonly path: string;
  /** Counted from 0, in the text before the fix. */
  readonly line: number;
  readonly rule: string;
  /** What was removed and added, shortened. */
  readonly what: Wording;
}

export interface FileReport<Text = string> {
  readonly path: string;
  readonly words: number;
  readonly findings: readonly ReportedFinding<Text>[];
}

/** A report in a language, by default English. */
export function sayReport(report: Report<Wording>, translations?: Translations): Report {
  const said = (words: Wording): string => sayIsolated(words, translations);
  const sayFinding = (finding: ReportedFinding<Wording>): ReportedFinding => {
    const { message, related, fixes, restored, ...rest } = finding;
    return {
      ...rest,
      message: said(message),
      related: related.map((one) => ({ ...one, message: said(one.message) })),
      fixes: fixes.map((fix) => ({ ...fix, title: said(fix.title) })),
      ...(restored === undefined ? {} : { restored: restored.map(said) }),
    };
  };
  const files = report.files.map((file) => ({ ...file, findings: file.findings.map(sayFinding) }));
  return { ...report, files };
}

/** Whether a finding is about lost words. */
export function isLoss({ rule }: ReportedFinding<unknown>): boolean {
  return kindOfRule(rule) === KINDS.lost;
}

export function countFindings(report: Report<unknown>, severity?: Severity): number {
  let count = 0;
  for (const file of report.files) {
    for (const finding of file.findings) {
      if (severity === undefined || finding.severity === severity) count++;
    }
  }
  return count;
}

/** How many of each severity: “1 error, 2 warnings, 3 other findings, 1 hint”; undefined if there are none. */
export function countsInWords(report: Report<unknown>): Wording | undefined {
  const of = (severity: Severity): number => countFindings(report, severity);
  const isFirst = of("error") + of("warning") === 0;
  const information = isFirst
    ? countedAs(of("information"), wording("1 finding"), (n) => wording("{0} findings", n))
    : countedAs(of("information"), wording("1 other finding"), (n) =>
        wording("{0} other findings", n),
      );
  const inWords: Readonly<Record<Severity, Wording>> = {
    error: countedAs(of("error"), wording("1 error"), (n) => wording("{0} errors", n)),
    warning: countedAs(of("warning"), wording("1 warning"), (n) => wording("{0} warnings", n)),
    information,
    hint: countedAs(of("hint"), wording("1 hint"), (n) => wording("{0} hints", n)),
  };
  const [first, ...others] = SEVERITIES.filter((severity) => of(severity) > 0);
  return (
    first && others.reduce((said, next) => wording("{0}, {1}", said, inWords[next]), inWords[first])
  );
}

export function countWords(report: Report<unknown>): number {
  return report.files.reduce((sum, file) => sum + file.words, 0);
}

/** “1 warning”, “2 warnings”, “1,200 words”. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en-US")} ${count === 1 ? one : many}`;
}

/** The notes on files that were not checked. Files that nobody named are worth one only if there are no drafts. */
export function uncheckedNotes(report: Report<unknown>): Wording[] {
  const { files, skipped, unchecked, unasked = [], notIncluded = 0 } = report;
  if (skipped !== undefined) return [];
  const names = new Map(
    (files.length === 0 ? unasked : []).map(({ pattern, name }) => [pattern, name]),
  );
  const asking = [...names].map(([pattern, name]) => {
    const include = `"include": ["${pattern}"]`;
    return countedAs(
      unasked.filter((one) => one.pattern === pattern).length,
      wording("1 {0} file was not read: {1} in .galley.json reads such files.", name, include),
      (n) =>
        wording("{0} {1} files were not read: {2} in .galley.json reads them.", n, name, include),
    );
  });
  if (files.length === 0 && notIncluded > 0) {
    asking.push(
      countedAs(
        notIncluded,
        wording("1 file that would be a draft is outside “include”: --show-skipped names it."),
        (n) =>
          wording(
            "{0} files that would be drafts are outside “include”: --show-skipped names them.",
            n,
          ),
      ),
    );
  }
  if (unchecked === 0) return asking;
  const left = countedAs(
    unchecked,
    wording("1 file was not checked: --show-skipped says why."),
    (n) => wording("{0} files were not checked: --show-skipped says why.", n),
  );
  return [...asking, left];
}

/** The note that `--restore` asked no git for lost words, if there are any. */
export function restoreNotes({ lacksGit = false }: Report<unknown>): Wording[] {
  return lacksGit
    ? [wording("There is no git repository here, so --restore asked other drafts alone.")]
    : [];
}
