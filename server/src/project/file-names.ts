/* A file may have several names: hard links, and symbolic links to it. It is one draft, under one of its names. */

export interface FileName {
  readonly path: string;
  readonly isLink: boolean;
}

/** The order of a file's names; the first is the draft: the file itself before links to it, then by path. */
export function compareNames(a: FileName, b: FileName): number {
  if (a.isLink !== b.isLink) return a.isLink ? 1 : -1;
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
