import type { Draft } from "../draft/draft.ts";

/** Drafts that were read again to be compared, by their names: the last ones asked for, and no more. */
export interface RecentDrafts {
  /** Undefined where it is not kept. Undefined `draft`: it could not be read. */
  get(name: string): { readonly draft: Draft | undefined } | undefined;
  set(name: string, draft: Draft | undefined): void;
  delete(name: string): void;
  clear(): void;
}

/** Keeps at most so many; of more, the one goes that was not asked for the longest (LRU). */
export function recentDrafts(most: number): RecentDrafts {
  const entries = new Map<string, { readonly draft: Draft | undefined }>();
  return {
    get: (name) => {
      const known = entries.get(name);
      if (known === undefined) return undefined;
      // A map gives its entries in the order in which they were set.
      entries.delete(name);
      entries.set(name, known);
      return known;
    },
    set: (name, draft) => {
      entries.delete(name);
      const [oldest] = entries.size >= most ? entries.keys() : [];
      if (oldest !== undefined) entries.delete(oldest);
      entries.set(name, { draft });
    },
    delete: (name) => {
      entries.delete(name);
    },
    clear: () => {
      entries.clear();
    },
  };
}
