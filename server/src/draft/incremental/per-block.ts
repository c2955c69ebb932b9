import type { Block } from "../draft.ts";
import { memoizeOn } from "./memoize.ts";

/**
 * The function, computed once per block. A block is the same object in every version of a draft in which it is
 * unchanged, and so is what is computed from it.
 */
export const perBlock = memoizeOn<Block>();
