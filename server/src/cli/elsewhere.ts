import { decode } from "../text/decode.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding } from "../draft/finding.ts";
import {
  elsewhereFindings,
  elsewhereResult,
  elsewhereSetting,
  highestMaxDrafts,
} from "../project/elsewhere.ts";
import { recentDrafts } from "../project/recent-drafts.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { formatOf } from "../formats/registry.ts";
import { RepeatIndex } from "../repeats/index.ts";
import { offsetAt } from "../text/lines.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { rangeOf, toReported, type ReportedFinding } from "./reported.ts";

/** A draft that was checked by itself, before the comparison. */
export interface Checked {
  readonly input: Input;
  readonly report: FileReport;
}

export interface Compared {
  /** The reports of the drafts that share a passage with another, by those they replace: standard input may have the name of a file. */
  readonly reports: ReadonlyMap<FileReport, FileReport>;
  /** The number of passages in so many drafts that they count as boilerplate. */
  readonly boilerplate: number;
}

/** Drafts in the cache during the comparison; drafts that share passages are often neighbours. */
const MAX_DRAFTS = 300;

/** The index to which each draft is added, by its path, once it is checked. */
export function indexFor(inputs: readonly Input[]): RepeatIndex {
  return new RepeatIndex(highestMaxDrafts(inputs.map(({ resolved }) => resolved.settings)));
}

/** Compares drafts that are all in the index. Only those that share a passage are read again. */
export function compare(
  drafts: readonly Checked[],
  index: RepeatIndex,
  withFixes: boolean,
): Compared {
  const reports = new Map<FileReport, FileReport>();
  const byInput = new Map(drafts.map(({ input, report }) => [input, report]));
  for (const { input, draft, found, draftOf } of comparisons([...byInput.keys()], index)) {
    const report = byInput.get(input);
    if (report === undefined) continue;
    const { added, isObsolete } = elsewhereResult(draft, input.resolved.settings, found);
    const reported = toReported(draft, added, {
      withFixes,
      elsewhere: (other, start, end) => {
        const its = draftOf(other);
        return its === undefined ? undefined : rangeOf(linesOfDraft(its), start, end);
      },
    });
    const lines = linesOfDraft(draft);
    const own = report.findings.filter(({ rule, range }) => {
      const start = offsetAt(lines, draft.text, range.start);
      return !isObsolete({ rule, start, end: offsetAt(lines, draft.text, range.end) });
    });
    reports.set(report, { ...report, findings: [...own, ...reported].sort(byRange) });
  }
  return { reports, boilerplate: index.leftOut() };
}

/** A draft of which the comparison says something. */
export interface Comparison {
  readonly input: Input;
  readonly draft: Draft;
  /** What it says, before anything is suppressed. */
  readonly found: readonly Finding[];
  /** Reads another draft, by its path in messages. */
  readonly draftOf: (path: string) => Draft | undefined;
}

/** The comparison of drafts that are all in the index, one by one. */
export function* comparisons(
  inputs: readonly Input[],
  index: RepeatIndex,
): Generator<Comparison, void> {
  if (index.maxDrafts === 0 || inputs.length < 2) return;
  const byPath = new Map(inputs.map((input) => [input.shown, input]));
  const recent = recentDrafts(MAX_DRAFTS);
  const draftOf = (path: string): Draft | undefined => {
    const known = recent.get(path);
    if (known !== undefined) return known.draft;
    const input = byPath.get(path);
    const draft = input && readAgain(input);
    recent.set(path, draft);
    return draft;
  };
  for (const input of inputs) {
    const path = input.shown;
    const setting = elsewhereSetting(input.resolved.settings);
    if (setting === undefined) continue;
    const found = elsewhereFindings(path, index, draftOf, setting, (other) => other);
    const draft = found.length === 0 ? undefined : draftOf(path);
    if (draft !== undefined) yield { input, draft, found, draftOf };
  }
}

function readAgain({ file, format }: Input): Draft | undefined {
  const read = readFileBounded(file, MAX_BYTES.draft);
  const text = "unread" in read ? undefined : decode(read.bytes);
  return text === undefined ? undefined : formatOf(format).parse(text);
}

/** The same order as `byPlace`, by lines and characters. */
function byRange(a: ReportedFinding, b: ReportedFinding): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    (a.rule < b.rule ? -1 : 1)
  );
}
