import path from "node:path";
import { type Identifiable, type KnownFindings, countRemaining } from "../engine/known-findings.ts";
import { nodeFiles } from "../host/node/files.ts";
import { readFileBounded } from "../host/node/read-file.ts";
import {
  type Baseline,
  listedDrafts,
  listedFor,
  nameIn,
  newBaseline,
  renamesIn,
} from "../project/baselines.ts";
import { MAX_BYTES } from "../project/read-limits.ts";
import { RULES } from "../rules/index.ts";
import type { Listed } from "../settings/baseline-file.ts";
import { decodeConfig } from "../settings/config/read.ts";
import type { OtherDrafts } from "./changed.ts";
import type { Input } from "./inputs.ts";
import { fileOfPath, isWholeFolder, pathOfFile, shownPath } from "./paths.ts";
import { type Problem, unreadNamed } from "./problems.ts";
import { counted } from "./report.ts";

/** A draft, by the path of its file, and its nearest baseline. */
type Draft = Pick<Input, "file" | "baseline">;

/** A baseline, and the findings in the drafts that follow it. */
interface Use {
  readonly baseline: Baseline;
  readonly drafts: Map<string, readonly Identifiable[]>;
}

/** What baselines list for drafts, and which of it is still found. */
export class BaselineUse {
  readonly #cwd: string;
  readonly #named: Baseline | undefined;
  /** By the paths of the baselines: standard input reads its file's baseline again. */
  readonly #uses = new Map<string, Use>();
  /** The names under which renamed drafts are listed. */
  readonly #renames = new Map<string, string>();

  /** `named` is the baseline of `--baseline`, which all drafts follow. */
  constructor(cwd: string, named: Baseline | undefined) {
    this.#cwd = cwd;
    this.#named = named;
  }

  #findBaseline({ baseline }: Draft): Baseline | undefined {
    return this.#named ?? baseline;
  }

  /** The folder whose drafts follow a baseline. A named baseline may be anywhere. */
  #findFolder(baseline: Baseline): string {
    return baseline === this.#named ? this.#cwd : path.dirname(fileOfPath(baseline.path));
  }

  /** Notes all findings of a draft. */
  add(draft: Draft, findings: readonly Identifiable[]): void {
    const baseline = this.#findBaseline(draft);
    if (baseline === undefined) return;
    const use = this.#uses.get(baseline.path) ?? { baseline, drafts: new Map() };
    use.drafts.set(pathOfFile(draft.file), findings);
    this.#uses.set(baseline.path, use);
  }

  /** Whether any of the drafts has a baseline. */
  get isAny(): boolean {
    return this.#uses.size > 0;
  }

  /** Finds out which drafts were renamed, once all were added. Asks `others` if one may have been. */
  async settle(others: OtherDrafts): Promise<void> {
    for (const { baseline, drafts: given } of this.#uses.values()) {
      let renames = await renamesIn(baseline, given, nodeFiles);
      if (renames.size > 0) {
        const listed = listedDrafts(baseline.listed);
        const more = await others(
          this.#findFolder(baseline),
          (input) =>
            this.#findBaseline(input)?.path === baseline.path &&
            !listed.has(nameIn(baseline, pathOfFile(input.file))),
        );
        const checked = more.map(
          ({ input, report }) => [pathOfFile(input.file), report.findings] as const,
        );
        renames = await renamesIn(baseline, new Map([...checked, ...given]), nodeFiles);
      }
      for (const [draft, name] of renames) this.#renames.set(draft, name);
    }
  }

  /** What is listed for a draft, or for the one that it was renamed from; undefined if it has no baseline. */
  listedFor(draft: Draft): KnownFindings | undefined {
    const baseline = this.#findBaseline(draft);
    return baseline && listedFor(baseline, this.listedName(baseline, pathOfFile(draft.file)));
  }

  /** The name under which a baseline lists the draft of a path, perhaps its former name. */
  listedName(baseline: Baseline, draft: string): string {
    return this.#renames.get(draft) ?? nameIn(baseline, draft);
  }

  /** The baseline entries that are still found, by current draft names. Entries of unknown rules count as found. */
  stillFound(baseline: Baseline): Listed {
    const { listed } = baseline;
    const isForeign = (key: string): boolean =>
      !RULES.some(({ id }) => key.slice(key.lastIndexOf(" ") + 1).startsWith(`${id}/`));
    const all = new Map([...listed].filter(([key]) => isForeign(key)));
    for (const [draft, findings] of this.#uses.get(baseline.path)?.drafts ?? []) {
      const known = listedFor(baseline, this.listedName(baseline, draft));
      for (const [kind, count] of countRemaining(findings, known, RULES)) {
        all.set(`${nameIn(baseline, draft)} ${kind}`, count);
      }
    }
    return all;
  }

  /** How many listed findings are no longer found. */
  countGone(baseline: Baseline): number {
    return countListed(baseline.listed) - countListed(this.stillFound(baseline));
  }

  /** Problems for listed findings that are gone, in baselines whose whole folder was checked. */
  gone(paths: readonly string[]): Problem[] {
    return [...this.#uses.values()].flatMap(({ baseline }): Problem[] => {
      if (!isWholeFolder(this.#cwd, paths, this.#findFolder(baseline))) return [];
      const gone = this.countGone(baseline);
      if (gone === 0) return [];
      const [is, it] = gone === 1 ? ["is", "it"] : ["are", "them"];
      const message = `Of ${counted(countListed(baseline.listed), "finding")} ${gone.toLocaleString("en-US")} ${is} gone from the drafts: “galley baseline --update” takes ${it} out.`;
      return [{ path: shownPath(this.#cwd, fileOfPath(baseline.path)), message, fatal: false }];
    });
  }
}

/** How many findings are listed. */
export function countListed(listed: Listed): number {
  return [...listed.values()].reduce((sum, count) => sum + count, 0);
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
  return { problem: unreadNamed(given, read.unread, "baseline", MAX_BYTES.baseline) };
}
