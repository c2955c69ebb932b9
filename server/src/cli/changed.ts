import path from "node:path";
import {
  countedByKind,
  type Identifiable,
  type KnownFindings,
  numbered,
} from "../engine/known-findings.ts";
import { renamedDrafts } from "../engine/renamed-drafts.ts";
import { RULES } from "../rules/index.ts";
import { formatOfName } from "../settings/select.ts";
import type { Git } from "../host/node/git.ts";
import { type Blob, readBlobs, readTree } from "../host/node/git-objects.ts";
import { isAbsent, tryStat } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { highestMaxDrafts } from "../project/elsewhere.ts";
import { MAX_BYTES } from "../project/size-limits.ts";
import type { Fingerprints } from "../repeats/fingerprints.ts";
import type { RepeatIndex } from "../repeats/index.ts";
import { checkFile } from "./check-file.ts";
import { DEFAULT_REF } from "./compared-ref.ts";
import { type Checked, compare } from "./comparison.ts";
import type { Input, Inputs } from "./inputs.ts";
import {
  failed,
  findGitRoot,
  type MergeBase,
  mergeBaseWith,
  NothingToCompare,
} from "./merge-base.ts";
import { isFolder, kindNamed, placeNamed, realPath, shownPath } from "./paths.ts";
import type { FileReport } from "./report.ts";

/** A draft of the present version: as `Checked`, with what the comparison with an earlier version needs. */
export interface PresentDraft extends Checked {
  readonly fingerprints: Fingerprints | undefined;
  /** Its id if it were stored in git as it is. */
  readonly blobId: string | undefined;
}

/**
 * The merge base of each repository that the paths are in.
 * @throws NothingToCompare where one of them has none.
 */
export async function mergeBases(
  git: Git,
  cwd: string,
  paths: readonly string[],
  ref: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<readonly MergeBase[]> {
  const bases = new Map<string, MergeBase>();
  for (const given of paths) {
    const { file } = placeNamed(cwd, given);
    const root = await findGitRoot(file);
    if (root === undefined) {
      throw new NothingToCompare(
        `It compares with a version in git, and ${given} is in no repository.`,
      );
    }
    if (ref === DEFAULT_REF && isGone(file) && (await isReference(git, root, given, env))) {
      throw new NothingToCompare(
        `“${given}” is no file or folder here. To compare with it: --changed=${given}.`,
      );
    }
    if (!bases.has(root)) bases.set(root, await mergeBaseWith(git, root, ref, env));
  }
  return [...bases.values()];
}

function isReference(...asked: Parameters<typeof mergeBaseWith>): Promise<boolean> {
  return mergeBaseWith(...asked).then(
    () => true,
    () => false,
  );
}

export interface Comparison {
  readonly git: Git;
  readonly bases: readonly MergeBase[];
  readonly cwd: string;
  /** As they were named on the command line. */
  readonly paths: readonly string[];
  readonly gathered: Inputs;
  readonly present: readonly PresentDraft[];
  /** The reports of all drafts, after the drafts were compared with each other; hints are among them. */
  readonly getReport: (draft: Checked) => FileReport;
  /** It has the present drafts; it is emptied of them. */
  readonly index: RepeatIndex;
  /** Those drafts of a folder that were not given and that are wanted. */
  readonly others: OtherDrafts;
  readonly past: Past;
}

/** What was read of the merge bases, which no fix changes; empty to begin with. */
export interface Past {
  versions?: Versions;
  readonly drafts: Map<Version, EarlierDraft>;
}

/** Checks drafts that were not given, each by itself: one of them may be what another draft was renamed to. */
export type OtherDrafts = (
  folder: string,
  isWanted: (input: Input) => boolean,
) => Promise<readonly Checked[]>;

/**
 * The findings of each draft, or of the one it was renamed from, at the merge base, by path. Checked by today's
 * settings: the same files and folders, and files that are gone, which may have been renamed.
 * @throws NothingToCompare if a version can't be read.
 */
export async function knownBefore(
  comparison: Comparison,
): Promise<ReadonlyMap<string, KnownFindings>> {
  const { present, getReport, index, gathered } = comparison;
  const versions = (comparison.past.versions ??= await versionsIn(comparison));
  const earlier = await earlierDrafts(comparison, versions.drafts);
  const byPath = new Map(earlier.map((draft) => [draft.input.shown, draft]));
  const concerned = new Set<string>();
  const replace = (path: string, prints: Fingerprints | undefined): void => {
    for (const affected of index.replace(path, prints)) concerned.add(affected);
  };
  for (const { input } of present) {
    const path = input.shown;
    const earlierDraft = byPath.get(path);
    if (earlierDraft === undefined || earlierDraft.bytes !== undefined) concerned.add(path);
    replace(path, earlierDraft?.fingerprints);
    byPath.delete(path);
  }
  for (const [path, { fingerprints }] of byPath) {
    concerned.add(path);
    replace(path, fingerprints);
  }
  const settings = (inputs: readonly Input[]): number =>
    highestMaxDrafts(inputs.map(({ resolved }) => resolved.settings));
  // Of passages in more drafts than it was made for, the index does not say whom a change concerns.
  const isWhole = settings(earlier.map(({ input }) => input)) > settings(gathered.inputs);
  const selected = isWhole ? earlier : earlier.filter(({ input }) => concerned.has(input.shown));
  const { reports } = compare(earlier, index, "none", selected);
  const earlierReports = new Map(
    selected.map(({ input, report }) => [input.shown, reports.get(report) ?? report]),
  );
  const known = new Map<string, ReadonlyMap<string, number>>();
  const added = new Map<string, ReadonlyMap<string, number>>();
  for (const draft of present) {
    const path = draft.input.shown;
    const after = getReport(draft).findings;
    const earlierFindings = earlierReports.get(path)?.findings;
    if (earlierFindings === undefined && concerned.has(path)) added.set(path, kindsIn(after));
    else known.set(path, kindsIn(earlierFindings ?? after));
  }
  const gone = new Map(
    [...byPath.keys()].map((path) => [path, kindsIn(earlierReports.get(path)?.findings ?? [])]),
  );
  if (renamedDrafts(gone, added, RULES).size > 0) {
    const isAdded = ({ file }: Input): boolean => !versions.files.has(realPath(file));
    for (const { root } of comparison.bases) {
      for (const { input, report } of await comparison.others(root, isAdded)) {
        added.set(input.shown, kindsIn(report.findings));
      }
    }
  }
  for (const [path, formerPath] of renamedDrafts(gone, added, RULES)) {
    known.set(path, gone.get(formerPath) ?? new Map());
  }
  return known;
}

function kindsIn(findings: readonly Identifiable[]): ReadonlyMap<string, number> {
  return countedByKind(numbered(findings));
}

interface EarlierDraft extends Checked {
  readonly fingerprints: Fingerprints | undefined;
}

/** A draft of the merge base that is still to be read. */
interface Version {
  readonly input: Input;
  readonly root: string;
  readonly id: string;
}

/** The drafts of the merge base, checked each by itself. Those that are as they were are not checked again. */
async function earlierDrafts(
  comparison: Comparison,
  versions: readonly Version[],
): Promise<readonly EarlierDraft[]> {
  const { git, present, index, past } = comparison;
  const byInput = new Map(present.map((draft) => [draft.input, draft]));
  const drafts: EarlierDraft[] = [];
  const unread = new Map<string, Version[]>();
  for (const version of versions) {
    const same = byInput.get(version.input);
    const known = same?.blobId === version.id ? same : past.drafts.get(version);
    if (known !== undefined) drafts.push(known);
    else unread.set(version.root, [...(unread.get(version.root) ?? []), version]);
  }
  const how = {
    compares: index.maxDrafts > 0,
    showSkipped: false,
    reportedFixes: "none",
    blobIds: undefined,
  } as const;
  for (const [root, its] of unread) {
    const ids = its.map(({ id }) => id);
    const blobs = await readBlobs(git, root, ids, MAX_BYTES.draft);
    if ("failure" in blobs) throw failed(blobs.failure);
    for (const version of its) {
      const bytes: Blob = blobs.get(version.id) ?? "missing";
      if (bytes === "missing") {
        throw new NothingToCompare(
          `The old version of ${version.input.shown} is not in this clone, which was made with --filter. Run git fetch --refetch --no-filter.`,
        );
      }
      const { input } = version;
      if (bytes === "too large") continue;
      const outcome = checkFile({ input, bytes }, how);
      if (!("result" in outcome)) continue;
      const { report, fingerprints } = outcome.result;
      const draft: EarlierDraft = { input, bytes, report, fingerprints };
      past.drafts.set(version, draft);
      drafts.push(draft);
    }
  }
  return drafts;
}

interface Versions {
  readonly drafts: readonly Version[];
  readonly files: ReadonlySet<string>;
}

/** Which files the merge bases had, by their real paths, and which drafts, by the paths and settings of today. */
async function versionsIn({ git, bases, cwd, paths, gathered }: Comparison): Promise<Versions> {
  const inputs = new Map(gathered.inputs.map((input) => [realPath(input.file), input]));
  const folders = paths.flatMap((given) => {
    const { file: named, pattern } = placeNamed(cwd, given);
    const isWhole = pattern === undefined;
    return isFolder(named) ? [{ named, real: realPath(named), isWhole }] : [];
  });
  const kinds = paths.flatMap((given) => kindNamed(cwd, given));
  const drafts: Version[] = [];
  const all = new Set<string>();
  for (const base of bases) {
    for (const { root, file, id } of await filesAt(git, base)) {
      all.add(file);
      const known = inputs.get(file);
      const input = known ?? (await inputThen(file, base.root));
      if (input !== undefined) drafts.push({ input, root, id });
    }
  }
  return { drafts, files: all };

  async function inputThen(file: string, root: string): Promise<Input | undefined> {
    const isPast = isGone(file);
    if (!isPast && formatOfName(path.basename(file)) === undefined) return undefined;
    const top = folders.find(({ real, isWhole }) => (isPast || isWhole) && isInFolder(file, real));
    if (top === undefined && !isPast) return undefined;
    const named = top === undefined ? file : path.join(top.named, path.relative(top.real, file));
    const draft = await gathered.draftAt(top?.named ?? root, named, isPast ? kinds : []);
    return (
      draft && {
        ...draft,
        ...{ file: named, shown: shownPath(cwd, named), baseline: undefined },
      }
    );
  }
}

interface StoredFile {
  /** The root of its repository. */
  readonly root: string;
  /** An absolute path in the system's form. */
  readonly file: string;
  readonly id: string;
}

/** The files of a version, with those of its submodules. */
async function filesAt(
  git: Git,
  { root, commit }: Pick<MergeBase, "root" | "commit">,
): Promise<readonly StoredFile[]> {
  const entries = await readTree(git, root, commit);
  if ("failure" in entries) throw failed(entries.failure);
  const files: StoredFile[] = [];
  for (const { path: name, id, kind } of entries) {
    const file = path.join(root, name);
    if (kind === "file") files.push({ root, file, id });
    const isCheckedOut =
      kind === "submodule" && typeof tryStat(path.join(file, ".git")) !== "string";
    if (!isCheckedOut || realPath(file) !== file) continue;
    const inner = await filesAt(git, { root: file, commit: id }).catch((error: unknown) => {
      if (!(error instanceof NothingToCompare)) throw error;
      throw new NothingToCompare(
        `The submodule ${name} lacks the commit to compare with. Run git fetch in it. (${error.message})`,
      );
    });
    files.push(...inner);
  }
  return files;
}

function isGone(file: string): boolean {
  const stats = tryStat(file);
  return typeof stats === "string" && isAbsent(file, stats);
}
