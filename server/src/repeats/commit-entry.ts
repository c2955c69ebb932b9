import type { Block } from "../draft/draft.ts";
import { perBlock } from "../draft/incremental/per-block.ts";

/** The hash of a commit at the start of a text, perhaps in brackets: figures and letters from a to f. */
const HASH = /^[^\p{L}\p{N}]{0,8}(?=\d{0,39}[a-f])(?=[a-f]{0,39}\d)[\da-f]{7,40}(?![\p{L}\p{N}])/u;

/**
 * Whether a block is the entry of a commit in a list of changes: it begins with the commit's hash. Such
 * lists name what came with a release, so a commit stands in several of them, and in one twice.
 */
export const isCommitEntry = perBlock(
  (block: Block): boolean => block.kind === "paragraph" && HASH.test(block.source.slice(0, 60)),
);
