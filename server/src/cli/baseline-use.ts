import path from "node:path";
import { type Identifiable, type KnownFindings, stillFound } from "../engine/known-findings.ts";
import { nodeFiles } from "../host/node/files.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import { type Baseline, listedFor, nameIn, newBaseline, renamesIn } from "../project/baselines.ts";
import { readFailureText } from "../project/read-failure.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import { RULES } from "../rules/index.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { OtherDrafts } from "./changed.ts";
import type { Input } from "./inputs.ts";
import { fileOfPath, isWholeFolder, pathOfFile, shownPath } from "./paths.ts";
import type { Problem } from "./problems.ts";
import { counted } from "./report.ts";

/** A draft, by the path of its file, and its nearest baseline. */
type Draft = Pick<Input, "file" | "baseline">;

type Listed = Map<string, Map<string, number>>;

/** What baselines list for drafts, and what of it is still found. */
export class BaselineUse {
  readonly #cwd: string;
  readonly #named: Baseline | undefined;
  readonly #drafts = new Map<Baseline, Map<string, readonly Identifiable[]>>();
  readonly #renames = new Map<Baseline, ReadonlyMap<string, string>>();

  /** `named` is the baseline of `--baseline`, which all drafts obey. */
  constructor(cwd: string, named: Baseline | undefined) {
    this.#cwd = cwd;
    this.#named = named;
  }

  #baselineOf({ baseline }: Draft): Baseline | undefined {
    return this.#named ?? baseline;
  }

  /** Notes all that is found in a draft. */
  add(draft: Draft, findings: readonly Identifiable[]): void {
    const baseline = this.#baselineOf(draft);
    if (baseline === undefined) return;
    const drafts = this.#drafts.get(baseline) ?? new Map<string, readonly Identifiable[]>();
    this.#drafts.set(baseline, drafts.set(nameOf(baseline, draft), findings));
  }

  /** Finds out which of the drafts were renamed, once all were added. `others` are asked where one may have been. */
  async settle(others: OtherDrafts): Promise<void> {
    for (const [baseline, given] of this.#drafts) {
      const renames = await renamesIn(baseline, given, nodeFiles);
      const isNew = (input: Input): boolean =>
        this.#baselineOf(input)?.path === baseline.path &&
        !baseline.listed.has(nameOf(baseline, input));
      const folder = path.dirname(fileOfPath(baseline.path));
      const more = renames.size === 0 ? [] : await others(folder, isNew);
      const named = more.map(
        ({ input, report }) => [nameOf(baseline, input), report.findings] as const,
      );
      const all = new Map([...named, ...given]);
      this.#renames.set(
        baseline,
        named.length === 0 ? renames : await renamesIn(baseline, all, nodeFiles),
      );
    }
  }

  /** What is listed for a draft, or for the one that it was renamed from; undefined where it has no baseline. */
  listedFor(draft: Draft): KnownFindings | undefined {
    const baseline = this.#baselineOf(draft);
    if (baseline === undefined) return undefined;
    const name = nameOf(baseline, draft);
    return listedFor(baseline, this.#renames.get(baseline)?.get(name) ?? name);
  }

  /** What of a baseline is still found: under the names by which it lists drafts, or under those that they have now. */
  found(baseline: Baseline, names: "listed" | "present"): Listed {
    const all: Listed = new Map();
    for (const [name, findings] of this.#drafts.get(baseline) ?? []) {
      for (const listed of [this.#renames.get(baseline)?.get(name) ?? name, ""]) {
        const kinds = stillFound(findings, baseline.listed.get(listed) ?? new Map(), RULES);
        if (kinds.size > 0) addHighest(all, names === "listed" ? listed : name, kinds);
      }
    }
    return all;
  }

  /** How many findings are listed and not found any more. */
  countGone(baseline: Baseline): number {
    const { listed } = baseline;
    const found = this.found(baseline, "listed");
    return countListed(listed) - countListed(foreignIn(listed)) - countListed(found);
  }

  /** Problems for what is listed and not found, of baselines whose whole folder was checked. */
  gone(paths: readonly string[]): Problem[] {
    return [...this.#drafts.keys()].flatMap((baseline): Problem[] => {
      const file = fileOfPath(baseline.path);
      if (!isWholeFolder(this.#cwd, paths, path.dirname(file))) return [];
      const gone = this.countGone(baseline);
      if (gone === 0) return [];
      const [is, it] = gone === 1 ? ["is", "it"] : ["are", "them"];
      const message = `Of ${counted(countListed(baseline.listed), "finding")} ${gone.toLocaleString("en-US")} ${is} gone from the drafts: “galley baseline --update” takes ${it} out.`;
      return [{ path: shownPath(this.#cwd, file), message, fatal: false }];
    });
  }
}

function nameOf(baseline: Baseline, { file }: Pick<Draft, "file">): string {
  return nameIn(baseline, pathOfFile(file));
}

/** Adds what is known of a draft; of a kind that is there already the higher number holds. */
export function addHighest(all: Listed, name: string, kinds: ReadonlyMap<string, number>): void {
  const its = all.get(name) ?? new Map<string, number>();
  for (const [kind, count] of kinds) its.set(kind, Math.max(count, its.get(kind) ?? 0));
  all.set(name, its);
}

/** How many findings are listed. */
export function countListed(listed: Baseline["listed"]): number {
  return [...listed.values()].reduce(
    (sum, kinds) => [...kinds.values()].reduce((all, count) => all + count, sum),
    0,
  );
}

/** What is listed of rules that this version does not know: it may be found by another. */
export function foreignIn(listed: Baseline["listed"]): Baseline["listed"] {
  const isForeign = ([kind]: [string, number]): boolean =>
    !RULES.some(({ id }) => kind.startsWith(`${id}/`));
  return new Map([...listed].map(([name, kinds]) => [name, new Map([...kinds].filter(isForeign))]));
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
