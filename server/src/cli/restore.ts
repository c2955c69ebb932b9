import { type Allowance, newAllowance } from "../deletion/allowance.ts";
import type { Draft } from "../draft/draft.ts";
import type { Finding, Fix } from "../draft/finding.ts";
import { lint } from "../engine/lint.ts";
import { restoreOnce } from "../engine/restore-all.ts";
import type { Git } from "../host/node/git.ts";
import { readDraftVersions } from "../host/node/git-history.ts";
import { elsewhereSetting } from "../project/elsewhere.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import {
  eachWordingOnce,
  isHole,
  restorationsFrom,
  type RestoreSource,
} from "../repeats/restore.ts";
import { RULES } from "../rules/index.ts";
import { type Checked, readAgain } from "./comparison.ts";
import { type FixedDraft, withFixes } from "./fixes.ts";
import type { Input } from "./inputs.ts";
import { pathOfFile } from "./paths.ts";
import type { FileReport } from "./report.ts";
import { toReported } from "./reported.ts";
import { type Argument, type Wording, wording } from "../text/wording.ts";

/** The drafts that seem to share a passage with each draft, the likeliest first. Drafts without findings have none. */
export function similarDrafts(
  checked: readonly Checked[],
  index: RepeatIndex,
): ReadonlyMap<string, readonly Input[]> {
  const inputs = new Map(checked.map(({ input }) => [input.shown, input]));
  return new Map(
    checked.map(({ input, report }): [string, readonly Input[]] => {
      const setting = elsewhereSetting(input.resolved.settings);
      if (setting === undefined || report.findings.length === 0) return [input.shown, []];
      const partners = index.comparedWith(input.shown, setting.maxDrafts);
      return [input.shown, partners.flatMap((partner) => inputs.get(partner) ?? [])];
    }),
  );
}

/**
 * A draft's report, with fixes for lost words from other drafts and from the newest version in git that has them. A
 * hint that git confirms is a warning, as in editors.
 */
export async function withLostWords(
  report: FileReport<Wording>,
  input: Input,
  similar: readonly Input[],
  git: Git,
): Promise<FileReport<Wording>> {
  if (report.findings.length === 0) return report;
  const draft = readAgain({ input });
  const holes = draft === undefined ? [] : lintAgain(draft, input).filter(isHole);
  if (draft === undefined || holes.length === 0) return report;
  const versions = await earlierVersions(input, draft, git);
  const others = similar.flatMap((other) => sourceFrom(other) ?? []);
  const allowance = newAllowance();
  const { rules } = input.resolved.settings;
  const inGitPlaces = new Set<string>();
  const restorable = holes.flatMap((hole): Finding[] => {
    const inGit = fixesFromVersions(draft, hole, versions, allowance);
    const fixes = eachWordingOnce([
      ...inGit,
      ...others.flatMap((other) => restorationsFrom(draft, hole, other, allowance)),
    ]);
    if (inGit.length > 0) inGitPlaces.add(toPlace(hole));
    const isLoud = inGit.length > 0 && rules.get(hole.rule)?.severity !== "hint";
    return fixes.length === 0 ? [] : [{ ...hole, severity: isLoud ? "warning" : "hint", fixes }];
  });
  const offers = new Map(
    toReported(draft, restorable, { reportedFixes: "all" }).map((one) => [toPlace(one), one]),
  );
  return {
    ...report,
    findings: report.findings.map((finding) => {
      const offer = offers.get(toPlace(finding));
      if (offer === undefined) return finding;
      const { fixes } = offer;
      const restored = fixes.map(({ title }) => title);
      const severity = finding.severity === "hint" ? offer.severity : finding.severity;
      const isInGit = inGitPlaces.has(toPlace(finding));
      return { ...finding, severity, fixes: [...fixes, ...finding.fixes], restored, isInGit };
    }),
  };
}

/** What git has for drafts with lost words; each is looked up once. */
export function newHistories(git: Git): (input: Input) => Promise<readonly RestoreSource[]> {
  const known = new Map<Input, Promise<readonly RestoreSource[]>>();
  return (input) => {
    const before = known.get(input);
    if (before !== undefined) return before;
    const draft = readAgain({ input });
    const hasHoles = draft !== undefined && lintAgain(draft, input).some(isHole);
    const versions = hasHoles ? earlierVersions(input, draft, git) : Promise.resolve([]);
    known.set(input, versions);
    return versions;
  };
}

/** A draft's bytes with the lost words that earlier versions still have; undefined if that is nothing. */
export function withRestored(
  { path: shown, findings }: FileReport<Wording>,
  bytes: Uint8Array,
  input: Input,
  versions: readonly RestoreSource[],
): FixedDraft | undefined {
  const draft = versions.length === 0 ? undefined : readAgain({ input, bytes });
  if (draft === undefined) return undefined;
  const holes = lintAgain(draft, input).filter(isHole);
  const places = new Set(findings.map(toPlace));
  const chosen = holes.filter((hole) => places.has(toPlace(hole)));
  return withFixes(shown, draft, bytes, restoreOnce(draft, chosen, versions));
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
  { text }: Draft,
  git: Git,
): Promise<readonly RestoreSource[]> {
  const versions = (await readDraftVersions(git, pathOfFile(input.file))) ?? [];
  return versions.flatMap(({ commit, day, bytes }) => {
    const earlier = readAgain({ input, bytes });
    if (earlier === undefined || earlier.text === text) return [];
    return [toSource(earlier, input, wording("the version of {0}", `${day} (${commit})`))];
  });
}

function sourceFrom(input: Input): RestoreSource | undefined {
  const draft = readAgain({ input });
  return draft && toSource(draft, input, input.shown);
}

function toSource(draft: Draft, input: Input, name: Argument): RestoreSource {
  return { draft, name, findings: () => lintAgain(draft, input) };
}

function lintAgain(draft: Draft, { resolved }: Input): Finding[] {
  return lint(draft, RULES, resolved.settings);
}

function toPlace({ rule, start, end }: Pick<Finding, "rule" | "start" | "end">): string {
  return `${rule} ${start} ${end}`;
}
