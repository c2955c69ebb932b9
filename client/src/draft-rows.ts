import type { UnreadyDraft } from "../../server/src/protocol.ts";

/* The rows of the view of all drafts, as they are before it asks for findings. */

/** A kind of finding, and the drafts that have it. */
export interface KindOfDrafts {
  readonly kind: string;
  readonly drafts: readonly UnreadyDraft[];
  readonly count: number;
}

/** The kinds of findings, those with the most findings first. */
export function kindsOf(drafts: readonly UnreadyDraft[]): KindOfDrafts[] {
  const byKind = new Map<string, { drafts: UnreadyDraft[]; count: number }>();
  for (const draft of drafts) {
    for (const { kind, count } of draft.kinds) {
      const known = byKind.get(kind) ?? { drafts: [], count: 0 };
      byKind.set(kind, known);
      known.drafts.push(draft);
      known.count += count;
    }
  }
  return [...byKind].map(([kind, its]) => ({ kind, ...its })).sort((a, b) => b.count - a.count);
}

/** The drafts of a kind, those with the most findings of it first. */
export function draftsOfKind({ kind, drafts }: KindOfDrafts): UnreadyDraft[] {
  return [...drafts].sort((a, b) => countOf(b, kind) - countOf(a, kind));
}

/** How many findings a draft has, of one kind or of all. */
export function countOf({ kinds }: Pick<UnreadyDraft, "kinds">, kind?: string): number {
  const meant = kinds.filter((one) => kind === undefined || one.kind === kind);
  return meant.reduce((sum, { count }) => sum + count, 0);
}
