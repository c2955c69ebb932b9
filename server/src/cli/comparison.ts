import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  highestMaxDrafts,
  inFamilies,
  withElsewhere,
} from "../project/elsewhere.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { keepLast } from "../draft/incremental/memoize.ts";
import { RepeatIndex } from "../repeats/index.ts";
import { readDraft, type Readable } from "./check-file.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { toRange, toReported, type ReportedFixes } from "./reported.ts";
import type { Wording } from "../text/wording.ts";

/** A draft that was checked on its own, before the comparison. */
export interface Checked extends Readable {
  readonly report: FileReport<Wording>;
}

/** The reports of drafts that share a passage, by the reports they replace: names may repeat for standard input. */
export type Compared = Map<FileReport<Wording>, FileReport<Wording>>;

/** How many drafts are cached during the comparison. Those that share passages come one after another. */
const MAX_DRAFTS = 30;

/** The index to which each draft is added, by path, once it is checked. */
export function indexFor(inputs: readonly Input[]): RepeatIndex {
  return new RepeatIndex(highestMaxDrafts(inputs.map(({ resolved }) => resolved.settings)));
}

/** Compares drafts that are all in the index, or `some` of them, reading only those that may have findings. */
export function compare(
  drafts: readonly Checked[],
  index: RepeatIndex,
  reportedFixes: ReportedFixes,
  some?: ReadonlySet<string>,
): Compared {
  const reports: Compared = new Map();
  for (const { readable, draft, findings, readDraft } of comparisons(drafts, index, some)) {
    const { input, report } = readable;
    const { added, isObsolete } = elsewhereResult(draft, input.resolved.settings, findings);
    const reported = toReported(draft, added, {
      reportedFixes,
      elsewhere: (other, start, end) => {
        const its = readDraft(other);
        return its === undefined ? undefined : toRange(linesOfDraft(its), start, end);
      },
    });
    const whole = withElsewhere(report.findings, { added: reported, isObsolete });
    reports.set(report, { ...report, findings: whole });
  }
  return reports;
}

/** A draft for which the comparison has findings. */
export interface Comparison<D extends Readable> {
  readonly readable: D;
  readonly draft: Draft;
  /** Its findings, before suppression. */
  readonly findings: readonly Finding[];
  /** Reads another draft, by its path in messages. */
  readonly readDraft: (path: string) => Draft | undefined;
}

/**
 * Compares drafts one by one, only `some` of them if they are named. Those that share passages are adjacent, so each is
 * read about once.
 */
export function* comparisons<D extends Readable>(
  drafts: readonly D[],
  index: RepeatIndex,
  some?: ReadonlySet<string>,
): Generator<Comparison<D>, void> {
  if (index.maxDrafts === 0 || drafts.length < 2) return;
  const byPath = new Map(drafts.map((draft) => [draft.input.shown, draft]));
  const read = keepLast(MAX_DRAFTS, String, (path: string) => {
    const readable = byPath.get(path);
    return { draft: readable && readAgain(readable) };
  });
  const readDraft = (path: string): Draft | undefined => read(path).draft;
  const waiting = new Set(some ?? byPath.keys());
  for (const path of inFamilies(waiting, (one) => index.comparedWith(one))) {
    waiting.delete(path);
    const readable = byPath.get(path);
    if (readable === undefined) continue;
    const setting = elsewhereSetting(readable.input.resolved.settings);
    if (setting === undefined) continue;
    const findings = elsewhereFindings(path, index, readDraft, setting, (other) => other);
    const draft = findings.length === 0 ? undefined : readDraft(path);
    if (draft !== undefined) yield { readable, draft, findings, readDraft };
  }
}

/** A draft as it is on disk, or with these bytes; undefined if it can’t be read. */
export function readAgain(readable: Readable): Draft | undefined {
  const read = readDraft(readable);
  return "draft" in read ? read.draft : undefined;
}
