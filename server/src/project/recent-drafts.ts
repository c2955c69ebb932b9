import type { Draft } from "../draft/draft.ts";

/** A cache of drafts that were read again for a comparison, by path. */
export interface RecentDrafts {
  /** Undefined if it is not cached; with `draft` undefined if it could not be read. */
  get(name: string): { readonly draft: Draft | undefined } | undefined;
  set(name: string, draft: Draft | undefined): void;
  delete(name: string): void;
  clear(): void;
}

/** An LRU cache of at most `most` drafts. */
export function recentDrafts(most: number): RecentDrafts {
  const entries = new Map<string, { readonly draft: Draft | undefined }>();
  return {
    get: (name) => {
      const known = entries.get(name);
      if (known === undefined) return undefined;
      // A map iterates in insertion order.
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
