import path from "node:path";
import {
  countedByKind,
  type Identifiable,
  type KnownFindings,
  numbered,
} from "../engine/known-findings.ts";
import { type DraftKinds, renamedDrafts } from "../engine/renamed-drafts.ts";
import { RULES } from "../rules/index.ts";
import { formatOfName } from "../settings/select.ts";
import type { Git } from "../host/node/git.ts";
import { type Blob, readBlobs, readTree } from "../host/node/git-objects.ts";
import { isAbsent, tryStat } from "../host/node/read-file.ts";
import { isInFolder } from "../host/node/replace-file.ts";
import { MAX_BYTES } from "../project/read-limits.ts";
import { checkFile, type FileOutcome, type FileResult } from "./check-file.ts";
import { type Checked, compare, indexFor } from "./comparison.ts";
import type { Input, Inputs } from "./inputs.ts";
import {
  DEFAULT_REF,
  failed,
  findGitRoot,
  type MergeBase,
  mergeBaseWith,
  NothingToCompare,
} from "./merge-base.ts";
import { isFolder, kindNamed, placeNamed, realPath, shownPath } from "./paths.ts";
import type { FileReport } from "./report.ts";

/**
 * The merge base of each repository that the paths are in.
 * @throws NothingToCompare if one of them has none.
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

/** The arguments, and today's drafts, each checked on its own. */
export interface Today {
  readonly git: Git;
  readonly bases: readonly MergeBase[];
  readonly cwd: string;
  /** The paths as named on the command line. */
  readonly onDisk: readonly string[];
  readonly gathered: Inputs;
  readonly outcomes: ReadonlyMap<Input, FileOutcome>;
}

/** The state at the merge bases, under today's paths and settings. */
export interface Past {
  /** Their files, by real path. */
  readonly files: ReadonlySet<string>;
  /** How many findings of each kind a draft had, by its path in messages. */
  readonly kinds: DraftKinds;
}

/**
 * Checks the merge bases' versions of today's files and folders, and of deleted files, which may have been renamed.
 * Unchanged versions are not checked again.
 * @throws NothingToCompare if a version can't be read.
 */
export async function readPast(today: Today): Promise<Past> {
  const { drafts: versions, files } = await versionsIn(today);
  const index = indexFor(versions.map(({ input }) => input));
  const drafts: Checked[] = [];
  const add = (input: Input, { report, fingerprints }: FileResult, bytes?: Uint8Array): void => {
    if (fingerprints !== undefined) index.add(input.shown, fingerprints);
    drafts.push({ input, bytes, report });
  };
  const unread: Version[] = [];
  for (const version of versions) {
    const outcome = today.outcomes.get(version.input);
    const result = outcome && "result" in outcome ? outcome.result : undefined;
    if (result?.blobId === version.id) add(version.input, result);
    else unread.push(version);
  }
  for (const { input, bytes } of await readVersions(today.git, unread)) {
    const outcome = checkFile({ input, bytes }, { compares: index.maxDrafts > 0 });
    if ("result" in outcome) add(input, outcome.result, bytes);
  }
  const reports = compare(drafts, index, "none");
  const kinds = drafts.map(({ input, report }) => {
    return [input.shown, kindsIn((reports.get(report) ?? report).findings)] as const;
  });
  return { files, kinds: new Map(kinds) };
}

/** Checks drafts that were not given, each on its own: another draft may have been renamed to one of them. */
export type OtherDrafts = (
  folder: string,
  isWanted: (input: Input) => boolean,
) => Promise<readonly Checked[]>;

/**
 * The findings of each draft, or of the draft it was renamed from, at the merge base, by path. `present` are the
 * reports of all drafts after the comparison with each other, including hints.
 */
export async function knownBefore(
  { files, kinds }: Past,
  bases: readonly MergeBase[],
  present: readonly FileReport<unknown>[],
  others: OtherDrafts,
): Promise<ReadonlyMap<string, KnownFindings>> {
  const paths = new Set(present.map(({ path: shown }) => shown));
  const gone = new Map([...kinds].filter(([shown]) => !paths.has(shown)));
  const added = new Map(
    present
      .filter(({ path: shown }) => !kinds.has(shown))
      .map(({ path: shown, findings }) => [shown, kindsIn(findings)]),
  );
  if (renamedDrafts(gone, added, RULES).size > 0) {
    for (const { root } of bases) {
      const isAdded = ({ file }: Input): boolean => !files.has(realPath(file));
      for (const { input, report } of await others(root, isAdded)) {
        added.set(input.shown, kindsIn(report.findings));
      }
    }
  }
  const known = new Map<string, KnownFindings>(kinds);
  for (const [shown, former] of renamedDrafts(gone, added, RULES)) {
    known.set(shown, gone.get(former) ?? new Map<string, number>());
  }
  return known;
}

function kindsIn(findings: readonly Identifiable[]): ReadonlyMap<string, number> {
  return countedByKind(numbered(findings));
}

/** A draft of the merge base that is yet to be read. */
interface Version {
  readonly input: Input;
  readonly root: string;
  readonly id: string;
}

/** The contents of versions that are not too large for a draft. */
async function readVersions(
  git: Git,
  versions: readonly Version[],
): Promise<(Version & { readonly bytes: Uint8Array })[]> {
  const read: (Version & { readonly bytes: Uint8Array })[] = [];
  for (const root of new Set(versions.map((version) => version.root))) {
    const its = versions.filter((version) => version.root === root);
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
      if (bytes !== "too large") read.push({ ...version, bytes });
    }
  }
  return read;
}

interface Versions {
  readonly drafts: readonly Version[];
  readonly files: ReadonlySet<string>;
}

/** The merge bases' files, by real path, and their drafts, by today's paths and settings. */
async function versionsIn({ git, bases, cwd, onDisk, gathered }: Today): Promise<Versions> {
  const inputs = new Map(gathered.inputs.map((input) => [realPath(input.file), input]));
  const folders = onDisk.flatMap((given) => {
    const { file: named, pattern } = placeNamed(cwd, given);
    const isWhole = pattern === undefined;
    return isFolder(named) ? [{ named, real: realPath(named), isWhole }] : [];
  });
  const kinds = onDisk.flatMap((given) => kindNamed(cwd, given));
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

/** The files of a version, including those of its submodules. */
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
