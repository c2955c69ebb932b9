import { basename, extname, join, relative, sep } from "node:path";
import { RecentlyUsed } from "../../draft/incremental/memoize.ts";
import type { FileVersion, Host } from "../../project/host.ts";
import { toKey, toPath } from "../../project/places.ts";
import { repositoryRoot } from "../../project/repository.ts";
import { MAX_BYTES } from "../../project/read-limits.ts";
import { MOST_VERSIONS } from "../../repeats/restore.ts";
import { nodeFiles, toFile } from "./files.ts";
import { type Git, gitOn, type GitOptions } from "./git.ts";
import { type Blob, readBlobs, readTree, type TreeEntry } from "./git-objects.ts";
import { readFileBounded, tryLstat } from "./read-file.ts";
import { decode } from "../../text/decode.ts";

type Versions = Promise<readonly FileVersion[] | undefined>;

/** The most files whose versions are kept. */
const MOST_FILES = 8;

/**
 * Reads versions for a server. Those of the last files are kept until another commit is checked out, also if they
 * arrive after everybody gave up on them. A git that hangs has one process for all questions about a repository's HEAD.
 */
export function versionsReader({ env, clock }: GitOptions): NonNullable<Host["versions"]> {
  const kept = new RecentlyUsed<{ readonly head: string; readonly versions: Versions }>(MOST_FILES);
  const heads = new Map<string, Promise<string | undefined>>();
  const readHead = (git: Git, program: string, root: string): Promise<string | undefined> => {
    const key = `${program}\n${root}`;
    const head = heads.get(key) ?? findHead(git, root).finally(() => heads.delete(key));
    heads.set(key, head);
    return head;
  };
  return async (path, program) => {
    const git = gitOn({ program, env, clock });
    const place = await findInRepository(path);
    const head = place && (await readHead(git, program, place.root));
    if (head === undefined) return undefined;
    const key = `${program}\n${path}`;
    const known = kept.get(key);
    const asked = known?.head === head ? known : { head, versions: readDraftVersions(git, path) };
    kept.set(key, asked);
    const versions = await asked.versions;
    // The next request asks git again.
    if (versions === undefined && kept.get(key) === asked) kept.delete(key);
    return versions;
  };
}

/** The commit that is checked out; undefined if git does not say. */
async function findHead(git: Git, root: string): Promise<string | undefined> {
  const head = await git.run(root, ["rev-parse", "HEAD"]);
  return "failure" in head ? undefined : Buffer.from(head.bytes).toString("latin1");
}

/** The files of a repository's HEAD that have an extension and are gone from the disk, given its root. */
export type ReadGone = (root: string, extension: string) => Promise<readonly TreeEntry[]>;

/** Lists the HEAD of each repository once, and looks for each of its files once. */
export function newGoneFiles(git: Git): ReadGone {
  const trees = new Map<string, ReturnType<typeof readTree>>();
  const known = new Map<string, Promise<readonly TreeEntry[]>>();
  const findGone = async (root: string, extension: string): Promise<readonly TreeEntry[]> => {
    const reading = trees.get(root) ?? readTree(git, root, "HEAD");
    trees.set(root, reading);
    const tree = await reading;
    if ("failure" in tree) return [];
    return tree.filter(
      ({ path, kind }) =>
        kind === "file" && extname(path) === extension && tryLstat(join(root, path)) === "gone",
    );
  };
  return (root, extension) => {
    const key = `${root}\n${extension}`;
    const gone = known.get(key) ?? findGone(root, extension);
    known.set(key, gone);
    return gone;
  };
}

/**
 * The last committed versions of a draft, given by its path (`toPath`); see `Host.versions`. If it is in no commit, those
 * of the file that it was renamed from.
 */
export async function readDraftVersions(
  git: Git,
  path: string,
  readGone: ReadGone = newGoneFiles(git),
): Versions {
  const place = await findInRepository(path);
  if (place === undefined) return undefined;
  const { root, name } = place;
  const read = (file: string): Versions =>
    readVersions(git, root, file, MOST_VERSIONS, MAX_BYTES.draft);
  const versions = await read(name);
  if (versions?.length !== 0) return versions;
  const former = await findFormerName(git, place, await readGone(root, extname(name)));
  return former === undefined ? versions : read(former);
}

/** The most deleted files that are compared with a draft. */
const MOST_FORMER = 20;

/** At least this share of the pairs of neighbouring words is the same in a renamed file. */
const SAME_PAIRS = 0.5;

/** The file of those gone that is most like a draft, whether or not the renaming was staged. */
async function findFormerName(
  git: Git,
  { root, name }: { readonly root: string; readonly name: string },
  all: readonly TreeEntry[],
): Promise<string | undefined> {
  const isNamesake = ({ path }: TreeEntry): boolean => basename(path) === basename(name);
  const gone = [...all]
    .sort((a, b) => Number(isNamesake(b)) - Number(isNamesake(a)))
    .slice(0, MOST_FORMER);
  const now = readFileBounded(join(root, name), MAX_BYTES.draft);
  if (gone.length === 0 || "unread" in now) return undefined;
  const ids = gone.map(({ id }) => id);
  const blobs = await readBlobs(git, root, ids, MAX_BYTES.draft);
  if ("failure" in blobs) return undefined;
  const pairs = wordPairs(now.bytes);
  const likeness = gone.map(({ path, id }) => {
    const blob = blobs.get(id);
    return { path, share: typeof blob === "object" ? shareOf(pairs, wordPairs(blob)) : 0 };
  });
  const [best] = likeness.sort((a, b) => b.share - a.share);
  return best !== undefined && best.share >= SAME_PAIRS ? best.path : undefined;
}

function wordPairs(bytes: Uint8Array): ReadonlySet<string> {
  const words = (decode(bytes) ?? "").trim().split(/\s+/);
  return new Set(words.map((word, at) => `${word} ${words[at + 1] ?? ""}`));
}

/** How much two sets have in common, from 0 to 1. */
function shareOf(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const both = [...one].filter((pair) => other.has(pair)).length;
  return both / Math.max(one.size, other.size);
}

/** The root of the repository that a file is in, in the system's form, and the file's name from there, with "/". */
async function findInRepository(
  path: string,
): Promise<{ readonly root: string; readonly name: string } | undefined> {
  const key = toKey(path);
  const real = (await nodeFiles.realPath?.(key)) ?? key;
  const folder = await repositoryRoot(nodeFiles, toPath(toKey(real)));
  if (folder === undefined) return undefined;
  const root = toFile(toKey(folder));
  return { root, name: relative(root, toFile(real)).split(sep).join("/") };
}

/**
 * The last committed versions of a file, the newest first, through renames. `file` is its path from the repository's
 * root, with "/". Versions of more than `mostBytes` bytes, and those that can't be read, are left out. Undefined if git
 * does not say, or none of them can be read.
 */
export async function readVersions(
  git: Git,
  root: string,
  file: string,
  mostVersions: number,
  mostBytes: number,
): Versions {
  const log = await git.run(root, [
    ...["--literal-pathspecs", "log", "--follow", "--find-renames", "--no-ext-diff"],
    ...["--no-textconv", "--no-color", "--no-abbrev", "--raw", "-z", "--diff-filter=AMR"],
    ...[`--max-count=${mostVersions}`, "--format=%H %cs", "--", file],
  ]);
  if ("failure" in log) return undefined;
  const entries = parseLog(Buffer.from(log.bytes).toString("utf8"));
  const blobs = await readBlobs(
    git,
    root,
    entries.map(({ id }) => id),
    mostBytes,
  );
  if ("failure" in blobs) return undefined;
  const versions = entries.flatMap(({ commit, day, id }): FileVersion[] => {
    const bytes: Blob | undefined = blobs.get(id);
    return bytes === undefined || typeof bytes === "string" ? [] : [{ commit, day, bytes }];
  });
  return entries.length > 0 && versions.length === 0 ? undefined : versions;
}

/** A commit's line is followed by the file's entry, `:modes old-id new-id status`, and its names. */
const ENTRY = /([\da-f]{40,64}) (\d{4}-\d\d-\d\d)[\0\n]{1,3}:\d+ (\d+) [\da-f]+ ([\da-f]+) [AMR]/g;

function parseLog(log: string): { commit: string; day: string; id: string }[] {
  return [...log.matchAll(ENTRY)].flatMap(([, commit = "", day = "", mode = "", id = ""]) =>
    // Links and submodules don't count.
    mode.startsWith("100") ? [{ commit: commit.slice(0, 7), day, id }] : [],
  );
}
