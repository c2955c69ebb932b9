import type { Block } from "../draft.ts";
import { memoizeOn } from "./memoize.ts";

/** Values of a block with fewer UTF-16 units are cheaper to compute again than to store. */
const SMALL = 4;

/**
 * The function, computed once per block. A block is the same object in every version of a draft in which it is
 * unchanged, and so is what is computed from it. Nothing is stored on a block of a few letters, so memory grows with
 * the text and not with the number of its blocks.
 */
export const perBlock = memoizeOn<Block>(({ source }) => source.length < SMALL);
