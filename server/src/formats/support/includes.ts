import { perBlock } from "../../draft/incremental/per-block.ts";

const INCLUDE =
  /--8<--|\{%-?[ \t]*(?:include|render|import|extends)|\{\{[#<%>]?[ \t]*(?:include|partial|snippet|template|embed|import|readfile)|^[ \t]*(?:import[ \t][^\n]{1,200}[ \t]from[ \t]|include::|!!!?include|@include|@import|\.\.[ \t]*include)|\{include\}|\{![^!\n]{1,200}!\}|<!--[ \t]*#?include|\[!include|^\[[^\]\n]{0,200}\{[{%][^\]\n]{0,200}\]:/im;

/** Whether a block includes another file, in the syntaxes of site generators; memoized per block. */
export const isInclude = perBlock((block): boolean => INCLUDE.test(block.source.slice(0, 4000)));

/** A line whose place a table of contents takes. */
export const TOC = /^(?:\[_?toc_?\]|\[\[_?toc_?\]\])\s*$/i;
