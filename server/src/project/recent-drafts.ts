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
  const kept = new Map<string, { readonly draft: Draft | undefined }>();
  return {
    get: (name) => {
      const known = kept.get(name);
      if (known === undefined) return undefined;
      // A map gives its entries in the order in which they were set.
      kept.delete(name);
      kept.set(name, known);
      return known;
    },
    set: (name, draft) => {
      kept.delete(name);
      const [oldest] = kept.size >= most ? kept.keys() : [];
      if (oldest !== undefined) kept.delete(oldest);
      kept.set(name, { draft });
    },
    delete: (name) => {
      kept.delete(name);
    },
    clear: () => {
      kept.clear();
    },
  };
}
