import path from "node:path";
import { goneFindings, partFindings } from "../engine/known-findings.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { type Baseline, newBaseline } from "../project/baselines.ts";
import { readFailureText } from "../project/read-failure.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { RULES } from "../rules/index.ts";
import { ruleOfEntry } from "../settings/baseline-file.ts";
import { decodeConfig } from "../settings/config/read.ts";
import { fileOfPath, isWholeFolder, pathOfFile, shownPath } from "./paths.ts";
import type { Problem } from "./problems.ts";
import type { FileReport } from "./report.ts";
import { counted } from "./report.ts";

/** The baseline of each draft, and which of its entries match a finding. */
export class BaselineUse {
  readonly #named: Baseline | undefined;
  readonly #byReport = new Map<FileReport, Baseline>();
  readonly #matched = new Map<Baseline, Set<string>>();

  /** `named` is the baseline of `--baseline`, which all drafts obey. */
  constructor(named: Baseline | undefined) {
    this.#named = named;
  }

  baselineFor(nearest: Baseline | undefined): Baseline | undefined {
    return this.#named ?? nearest;
  }

  /** Notes the nearest baseline of a draft, by its report. */
  add(report: FileReport, nearest: Baseline | undefined): void {
    const baseline = this.baselineFor(nearest);
    if (baseline !== undefined) this.#byReport.set(report, baseline);
  }

  /** A draft's report without what its baseline lists. `compared`: the report after the comparison, with all findings. */
  unlisted(report: FileReport, compared: FileReport): FileReport {
    const baseline = this.#byReport.get(report);
    if (baseline === undefined) return compared;
    const { fresh, matched } = partFindings(compared.findings, baseline.known, RULES);
    const all = this.#matched.get(baseline) ?? new Set();
    this.#matched.set(baseline, all);
    for (const entry of matched) all.add(entry);
    return { ...compared, findings: fresh };
  }

  /** Problems for the entries that stand for no finding, of baselines whose whole folder was checked. */
  gone(cwd: string, paths: readonly string[]): Problem[] {
    return [...this.#matched].flatMap(([baseline, matched]): Problem[] => {
      const file = fileOfPath(baseline.path);
      const folder = baseline === this.#named ? cwd : path.dirname(file);
      if (!isWholeFolder(cwd, paths, folder)) return [];
      const gone = goneEntries(baseline, matched);
      if (gone.length === 0) return [];
      const message = `${counted(gone.length, "entry", "entries")} of ${baseline.known.size.toLocaleString("en-US")} ${gone.length === 1 ? "is" : "are"} gone from the drafts: “galley baseline --update” takes ${gone.length === 1 ? "it" : "them"} out.`;
      return [{ path: shownPath(cwd, file), message, fatal: false }];
    });
  }
}

/** The entries that stand for no finding any more. Those of rules that this version does not know may. */
export function goneEntries({ known }: Baseline, matched: ReadonlySet<string>): string[] {
  return goneFindings(known, matched).filter((entry) => {
    const rule = ruleOfEntry(entry);
    return RULES.some(({ id }) => id === rule);
  });
}

/** Reads a baseline file, by its path from the current folder. */
export function readBaselineFile(
  cwd: string,
  given: string,
): { readonly baseline: Baseline } | { readonly problem: Problem } {
  const file = path.resolve(cwd, given);
  const read = readFileBounded(file, MAX_BYTES.baseline);
  if (!("unread" in read))
    return { baseline: newBaseline(pathOfFile(file), decodeConfig(read.bytes)) };
  const message =
    read.unread === "gone"
      ? "There is no such baseline."
      : readFailureText(read.unread, MAX_BYTES.baseline);
  return { problem: { path: given, message, fatal: true } };
}
