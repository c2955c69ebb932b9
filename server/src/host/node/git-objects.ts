import { createHash } from "node:crypto";
import type { Git, GitFailure } from "./git.ts";

/** A file in a version of a repository. */
export interface TreeEntry {
  /** From the repository's root, with "/". Bytes that are not UTF-8 become U+FFFD. */
  readonly path: string;
  /** The id of its content; for a submodule, its commit. */
  readonly id: string;
  readonly kind: "file" | "link" | "submodule";
}

/** All files of a commit or tree. */
export async function readTree(
  git: Git,
  root: string,
  commit: string,
): Promise<readonly TreeEntry[] | { readonly failure: GitFailure }> {
  const answer = await git.run(root, ["ls-tree", "-r", "-z", "--full-tree", commit]);
  if ("failure" in answer) return answer;
  const lines = Buffer.from(answer.bytes).toString("utf8").split("\0");
  return lines.flatMap((line): TreeEntry[] => {
    const match = /^(\d+) \w+ ([\da-f]+)\t/.exec(line);
    if (match === null) return [];
    const [head, mode, id = ""] = match;
    const kind = mode === "160000" ? "submodule" : mode === "120000" ? "link" : "file";
    return [{ path: line.slice(head.length), id, kind }];
  });
}

/** The bytes of a file's content, or why it was not read. */
export type Blob = Uint8Array | "missing" | "too large";

/** The most bytes that one process returns, except for a single larger content. */
const GROUP_BYTES = 64_000_000;

/** So many contents are read by a single process, which takes longer to start than to read them. */
const FEW = 20;

/** Contents by id, as stored: no filters, no conversion. Contents of more than `most` bytes are not read. */
export async function readBlobs(
  git: Git,
  root: string,
  ids: Iterable<string>,
  most: number,
): Promise<ReadonlyMap<string, Blob> | { readonly failure: GitFailure }> {
  const wanted = [...new Set(ids)];
  const blobs = new Map<string, Blob>(wanted.map((id) => [id, "missing"]));
  if (wanted.length === 0) return blobs;
  // The sizes of a few need not be known before, as long as all are not too large together.
  const few =
    wanted.length <= FEW && (await git.run(root, ["cat-file", "--batch"], listed(wanted)));
  if (few !== false && "bytes" in few) {
    for (const [id, bytes] of parseBatch(few.bytes))
      blobs.set(id, bytes.length > most ? "too large" : bytes);
    return blobs;
  }
  const sizes = await git.run(root, ["cat-file", "--batch-check"], listed(wanted));
  if ("failure" in sizes) return sizes;
  const groups: string[][] = [];
  let room = 0;
  for (const line of Buffer.from(sizes.bytes).toString("latin1").split("\n")) {
    const [id = "", type, size] = line.split(" ");
    if (type !== "blob" || !blobs.has(id)) continue;
    if (Number(size) > most) {
      blobs.set(id, "too large");
      continue;
    }
    room -= Number(size);
    const group = groups.at(-1);
    if (group !== undefined && room >= 0) group.push(id);
    else {
      groups.push([id]);
      room = GROUP_BYTES - Number(size);
    }
  }
  for (const group of groups) {
    const contents = await git.run(root, ["cat-file", "--batch"], listed(group));
    if ("failure" in contents) return contents;
    for (const [id, bytes] of parseBatch(contents.bytes)) blobs.set(id, bytes);
  }
  return blobs;
}

function listed(ids: readonly string[]): string {
  return ids.map((id) => `${id}\n`).join("");
}

const LINE_FEED = 10;

/** The answers of `git cat-file --batch`: a line with id, type and size in bytes, then the content and a line feed. */
function* parseBatch(bytes: Uint8Array): Generator<readonly [id: string, content: Uint8Array]> {
  for (let at = 0; at < bytes.length;) {
    const feed = bytes.indexOf(LINE_FEED, at);
    if (feed < 0) return;
    const [id = "", type, size] = Buffer.from(bytes.subarray(at, feed))
      .toString("latin1")
      .split(" ");
    at = feed + 1;
    if (size === undefined) continue;
    const end = at + Number(size);
    if (type === "blob") yield [id, new Uint8Array(bytes.subarray(at, end))];
    at = end + 1;
  }
}

/** The hash algorithm of a repository, judging by its ids. */
export type BlobHash = "sha1" | "sha256";

export function hashOfIds(id: string): BlobHash {
  return id.length === 64 ? "sha256" : "sha1";
}

/** The id of a content in git (https://git-scm.com/book/en/v2/Git-Internals-Git-Objects). */
export function toBlobId(bytes: Uint8Array, hash: BlobHash): string {
  return createHash(hash).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
