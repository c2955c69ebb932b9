import { relative, sep } from "node:path";
import { RecentlyUsed } from "../../draft/incremental/memoize.ts";
import type { FileVersion, Host } from "../../project/host.ts";
import { toKey, toPath } from "../../project/places.ts";
import { repositoryRoot } from "../../project/repository.ts";
import { MAX_BYTES } from "../../project/read-limits.ts";
import { MOST_VERSIONS } from "../../repeats/restore.ts";
import { nodeFiles, toFile } from "./files.ts";
import { type Git, gitOn, type GitOptions } from "./git.ts";
import { type Blob, readBlobs } from "./git-objects.ts";

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

/** The last committed versions of a draft, given by its path (`toPath`); see `Host.versions`. */
export async function readDraftVersions(git: Git, path: string): Versions {
  const place = await findInRepository(path);
  return place && readVersions(git, place.root, place.name, MOST_VERSIONS, MAX_BYTES.draft);
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
