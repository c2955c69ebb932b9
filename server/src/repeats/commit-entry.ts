import type { Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";

/** The hash of a commit at the start of a text, possibly in brackets: figures and letters from a to f. */
const HASH = /^[^\p{L}\p{N}]{0,8}(?=\d{0,39}[a-f])(?=[a-f]{0,39}\d)[\da-f]{7,40}(?![\p{L}\p{N}])/u;

/** A hash of figures only, as one in a hundred is: the address beside it leads to the commit. */
const LINKED =
  /^[^\p{L}\p{N}]{0,8}(\d{7,40})[^\p{L}\p{N}]{1,8}https?:\/\/[^\s)]{1,120}\/commits?\/\1(?![\p{L}\p{N}])/u;

/**
 * Whether a block is the entry of a commit in a list of changes: it begins with the commit's hash. Such lists name what
 * came with a release, so a commit is in several of them, and in one of them twice.
 */
export const isCommitEntry = perBlock(
  ({ kind, source }: Block): boolean =>
    kind === "paragraph" && (HASH.test(source.slice(0, 60)) || LINKED.test(source.slice(0, 240))),
);
