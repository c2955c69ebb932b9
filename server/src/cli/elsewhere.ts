import { readFileSync } from "node:fs";
import { decode } from "../core/decode.ts";
import type { Draft } from "../core/draft.ts";
import { elsewhereFindings, elsewhereSetting } from "../core/elsewhere.ts";
import { lineIndex } from "../core/lines.ts";
import { lint } from "../core/lint.ts";
import { formatOf } from "../formats/index.ts";
import type { Fingerprints } from "../repeats/fingerprints.ts";
import { RepeatIndex } from "../repeats/index.ts";
import type { Input } from "./inputs.ts";
import type { FileReport } from "./report.ts";
import { rangeOf, tell } from "./told.ts";

/** A draft that was checked by itself, and what is known of its passages. */
export interface Checked {
  readonly input: Input;
  readonly report: FileReport;
  readonly fingerprints: Fingerprints;
}

export interface Compared {
  /** By path: what is told of the drafts that share a passage with another. */
  readonly reports: ReadonlyMap<string, FileReport>;
  /** How many passages stand in so many drafts that they are meant to. */
  readonly boilerplate: number;
}

/** So many drafts are kept while they are compared; drafts that share passages are often neighbours. */
const MOST_KEPT = 100;

/** Compares drafts with each other. Those that share a passage are read again. */
export function compare(drafts: readonly Checked[]): Compared {
  const reports = new Map<string, FileReport>();
  const settings = drafts.map(({ input }) => elsewhereSetting(input.resolved.settings));
  const most = Math.max(0, ...settings.map((setting) => setting?.maxDrafts ?? 0));
  if (most === 0 || drafts.length < 2) return { reports, boilerplate: 0 };
  const index = new RepeatIndex(most);
  const byPath = new Map(drafts.map((draft) => [draft.input.shown, draft]));
  for (const [path, { fingerprints }] of byPath) index.replace(path, undefined, fingerprints);

  const kept = new Map<string, Draft | undefined>();
  const draftOf = (path: string): Draft | undefined => {
    if (kept.has(path)) return kept.get(path);
    const input = byPath.get(path)?.input;
    const draft = input && readAgain(input);
    if (kept.size >= MOST_KEPT) kept.delete([...kept.keys()][0] ?? "");
    kept.set(path, draft);
    return draft;
  };

  drafts.forEach(({ input, report }, at) => {
    const path = input.shown;
    const setting = settings[at];
    if (setting === undefined) return;
    const shares =
      index.copiesOf(path).length > 0 || index.partnersOf(path, setting.maxDrafts).length > 0;
    if (!shares) return;
    const found = elsewhereFindings(path, index, draftOf, setting, (other) => other);
    const draft = draftOf(path);
    if (found.length === 0 || draft === undefined) return;
    const all = lint(draft, input.resolved.settings, { elsewhere: found });
    const told = tell(draft.text, all, (other, start, end) => {
      const text = draftOf(other)?.text;
      return text === undefined ? undefined : rangeOf(lineIndex(text), start, end);
    });
    reports.set(path, { ...report, findings: told });
  });
  return { reports, boilerplate: index.leftOut(most) };
}

function readAgain({ file, format }: Input): Draft | undefined {
  try {
    const text = decode(readFileSync(file));
    return text === undefined ? undefined : formatOf(format).parse(text);
  } catch {
    return undefined;
  }
}
