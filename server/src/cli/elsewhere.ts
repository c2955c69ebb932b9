import { decode } from "../text/decode.ts";
import type { Draft } from "../draft/draft.ts";
import { elsewhereFindings, elsewhereSetting } from "../project/elsewhere.ts";
import { linesOfDraft } from "../draft/incremental/draft-lines.ts";
import { applySuppressions } from "../engine/suppression/suppress.ts";
import { MOST_BYTES } from "../project/most-bytes.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { formatOf } from "../formats/registry.ts";
import { RepeatIndex } from "../repeats/index.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { type Range, rangeOf, tell, type Told } from "./told.ts";
import { RULES } from "../rules/index.ts";

/** A draft that was checked by itself, and what is known of its passages. */
export interface Checked {
  readonly input: Input;
  readonly report: FileReport;
}

export interface Compared {
  /** By path: what is told of the drafts that share a passage with another. */
  readonly reports: ReadonlyMap<string, FileReport>;
  /** How many passages stand in so many drafts that they are meant to. */
  readonly boilerplate: number;
}

/** The rules that judge what was suppressed. */
const FINDINGS_RULES: ReadonlySet<string> = new Set(
  RULES.filter(({ scope }) => scope === "findings").map(({ id }) => id),
);

/** So many drafts are kept while they are compared; drafts that share passages are often neighbours. */
const MOST_KEPT = 300;

/** The index in which each draft is put, by its path, as soon as it is checked. */
export function indexFor(inputs: readonly Input[]): RepeatIndex {
  let most = 0;
  for (const settings of new Set(inputs.map(({ resolved }) => resolved.settings))) {
    most = Math.max(most, elsewhereSetting(settings)?.maxDrafts ?? 0);
  }
  return new RepeatIndex(most);
}

/** Compares drafts with each other, which are all in the index. Those that share a passage are read again. */
export function compare(
  drafts: readonly Checked[],
  index: RepeatIndex,
  withFixes: boolean,
): Compared {
  const reports = new Map<string, FileReport>();
  if (index.maxDrafts === 0 || drafts.length < 2) return { reports, boilerplate: 0 };
  const byPath = new Map(drafts.map((draft) => [draft.input.shown, draft]));

  const kept = new Map<string, Draft | undefined>();
  const draftOf = (path: string): Draft | undefined => {
    if (kept.has(path)) return kept.get(path);
    const input = byPath.get(path)?.input;
    const draft = input && readAgain(input);
    if (kept.size >= MOST_KEPT) kept.delete([...kept.keys()][0] ?? "");
    kept.set(path, draft);
    return draft;
  };

  drafts.forEach(({ input, report }) => {
    const path = input.shown;
    const setting = elsewhereSetting(input.resolved.settings);
    if (setting === undefined) return;
    const found = elsewhereFindings(path, index, draftOf, setting, (other) => other);
    if (found.length === 0) return;
    const draft = draftOf(path);
    if (draft === undefined) return;
    const { remaining: left, comments } = applySuppressions(
      draft,
      RULES,
      input.resolved.settings,
      found,
    );
    const told = tell(draft, left, {
      withFixes,
      elsewhere: (other, start, end) => {
        const its = draftOf(other);
        return its === undefined ? undefined : rangeOf(linesOfDraft(its), start, end);
      },
    });
    const lines = linesOfDraft(draft);
    const used = comments.filter((comment) => comment.used);
    const inUse = new Set(used.map(({ start, end }) => keyOf(rangeOf(lines, start, end))));
    // Judged before the comparison, when nothing was known of what these comments suppress.
    const own = report.findings.filter(
      ({ rule, range }) => !FINDINGS_RULES.has(rule) || !inUse.has(keyOf(range)),
    );
    reports.set(path, { ...report, findings: [...own, ...told].sort(byRange) });
  });
  return { reports, boilerplate: index.leftOut() };
}

function readAgain({ file, format }: Input): Draft | undefined {
  const read = readFileBounded(file, MOST_BYTES.draft);
  const text = "unread" in read ? undefined : decode(read.bytes);
  return text === undefined ? undefined : formatOf(format).parse(text);
}

function keyOf({ start, end }: Range): string {
  return [start.line, start.character, end.line, end.character].join(":");
}

/** The order of `byPlace`, by lines and characters. */
function byRange(a: Told, b: Told): number {
  return (
    a.range.start.line - b.range.start.line ||
    a.range.start.character - b.range.start.character ||
    a.range.end.line - b.range.end.line ||
    a.range.end.character - b.range.end.character ||
    (a.rule < b.rule ? -1 : 1)
  );
}
