import { type Allowance, newAllowance } from "../deletion/allowance.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { lint } from "../engine/lint.ts";
import { restoreHoles } from "../engine/restore-all.ts";
import type { Git } from "../host/node/git.ts";
import { newGoneFiles, readDraftVersions, type ReadGone } from "../host/node/git-history.ts";
import { elsewhereSetting } from "../project/elsewhere.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { eachWordingOnce, restorationsFrom, type RestoreSource } from "../repeats/restore.ts";
import { RULES } from "../rules/index.ts";
import { readAgain } from "./comparison.ts";
import type { Readable } from "./check-file.ts";
import type { Input } from "./inputs.ts";
import { pathOfFile } from "./paths.ts";
import type { FileReport } from "./report.ts";
import { toReported } from "./reported.ts";
import { type Argument, type Wording, wording } from "../text/wording.ts";

/** Finds other drafts that may have what a draft has lost. */
type FindSimilar = (input: Input) => readonly Input[];

/** Finds the drafts that seem to share a passage with a draft, the likeliest first. */
export function similarDrafts(checked: readonly Readable[], index: RepeatIndex): FindSimilar {
  const inputs = new Map(checked.map(({ input }) => [input.shown, input]));
  return ({ shown, resolved }) => {
    const setting = elsewhereSetting(resolved.settings);
    const partners = setting && index.comparedWith(shown, setting.maxDrafts);
    return (partners ?? []).flatMap((partner) => inputs.get(partner) ?? []);
  };
}

/**
 * A draft's report, with fixes for lost words from other drafts and from the newest version in git that has them. A
 * hint that git confirms is a warning, as in editors, and what needs its proof is left out without.
 */
export async function withLostWords(
  report: FileReport<Wording>,
  readable: Readable,
  findSimilar: FindSimilar,
  findVersions: FindVersions,
): Promise<FileReport<Wording>> {
  const hasHoles = report.findings.some(({ hole }) => hole !== undefined);
  const draft = hasHoles ? readAgain(readable) : undefined;
  if (draft === undefined) return report;
  const { input } = readable;
  const versions = await findVersions(input);
  const others = findSimilar(input).flatMap((other) => sourceFrom(other) ?? []);
  const allowance = newAllowance();
  const holes = report.findings.flatMap(({ hole }) => hole ?? []);
  // This is what --fix puts back, so it is safe.
  const put = new Map(restoreHoles(draft, holes, versions).map((fix) => [fix.finding, fix]));
  const { rules } = input.resolved.settings;
  const findings = report.findings.map((finding) => {
    const { hole } = finding;
    if (hole === undefined) return finding;
    const restored = put.get(hole);
    const inGit = restored
      ? [{ ...restored, safe: true }]
      : fixesFromVersions(draft, hole, versions, allowance);
    const all = eachWordingOnce([
      ...inGit,
      ...others.flatMap((other) => restorationsFrom(draft, hole, other, allowance)),
    ]);
    if (all.length === 0) return finding;
    const offers = toReported(draft, [{ ...hole, fixes: all }], { reportedFixes: "all" });
    const fixes = offers.flatMap((offer) => offer.fixes);
    const isInGit = inGit.length > 0;
    const isLoud = isInGit && rules.get(finding.rule)?.severity !== "hint";
    return {
      ...finding,
      ...(isLoud && finding.severity === "hint"
        ? ({ severity: "warning", isUnproven: false } as const)
        : {}),
      fixes: [...fixes, ...finding.fixes],
      restored: fixes.map(({ title }) => title),
      isInGit,
    };
  });
  return { ...report, findings };
}

/** Finds what git has for a draft. */
export type FindVersions = (input: Input) => Promise<readonly RestoreSource[]>;

/** Looks up each draft once. */
export function newHistories(git: Git): FindVersions {
  const known = new Map<Input, Promise<readonly RestoreSource[]>>();
  const readGone = newGoneFiles(git);
  return (input) => {
    const versions = known.get(input) ?? earlierVersions(input, git, readGone);
    known.set(input, versions);
    return versions;
  };
}

/** What restores the words from the newest version that has any. */
function fixesFromVersions(
  draft: Draft,
  hole: Finding,
  versions: readonly RestoreSource[],
  allowance: Allowance,
): readonly Fix[] {
  for (const version of versions) {
    const fixes = restorationsFrom(draft, hole, version, allowance);
    if (fixes.length > 0) return fixes;
  }
  return [];
}

async function earlierVersions(
  input: Input,
  git: Git,
  readGone: ReadGone,
): Promise<readonly RestoreSource[]> {
  const versions = (await readDraftVersions(git, pathOfFile(input.file), readGone)) ?? [];
  return versions.flatMap(({ commit, day, bytes }) => {
    const earlier = readAgain({ input, bytes });
    return earlier
      ? [toSource(earlier, input, wording("the version of {0}", `${day} (${commit})`))]
      : [];
  });
}

function sourceFrom(input: Input): RestoreSource | undefined {
  const draft = readAgain({ input });
  return draft && toSource(draft, input, input.shown);
}

function toSource(draft: Draft, input: Input, name: Argument): RestoreSource {
  return { draft, name, findings: () => lint(draft, RULES, input.resolved.settings) };
}
