import type { Readiness, UnreadyDraft } from "../../server/src/protocol.ts";

/* What the view of all drafts lists, before it asks for any finding. */

/** A draft; in the list of a kind, only its findings of that. */
export interface DraftRow {
  readonly type: "draft";
  readonly draft: UnreadyDraft;
  readonly kind?: string;
}

/** A kind of findings, and the drafts that have some. */
export interface KindRow {
  readonly type: "kind";
  readonly kind: string;
  readonly drafts: readonly UnreadyDraft[];
  readonly count: number;
}

/** Stands for rows that are not shown yet. */
export interface MoreRow {
  readonly type: "more";
  readonly count: number;
}

/** So many drafts are shown at first, and as many more at each click. */
export const MOST_ROWS = 200;

/** The drafts with something left, those with hints alone last; at most `most`. */
export function draftRows(
  { notReady, hinted }: Pick<Readiness, "notReady" | "hinted">,
  most = MOST_ROWS,
): (DraftRow | MoreRow)[] {
  return withMore([...notReady, ...hinted], most);
}

/** The kinds of what is left, those of the most findings first. */
export function kindRows({ notReady, hinted }: Pick<Readiness, "notReady" | "hinted">): KindRow[] {
  const byKind = new Map<string, { drafts: UnreadyDraft[]; count: number }>();
  for (const draft of [...notReady, ...hinted]) {
    for (const { kind, count } of draft.kinds) {
      const known = byKind.get(kind) ?? { drafts: [], count: 0 };
      byKind.set(kind, known);
      known.drafts.push(draft);
      known.count += count;
    }
  }
  const rows = [...byKind].map(([kind, of]): KindRow => ({ type: "kind", kind, ...of }));
  return rows.sort((a, b) => b.count - a.count);
}

/** The drafts of a kind, those with the most of it first; at most `most`. */
export function draftsOfKind({ kind, drafts }: KindRow, most = MOST_ROWS): (DraftRow | MoreRow)[] {
  const counted = drafts.map((draft) => ({ draft, count: countOf(draft, kind) }));
  counted.sort((a, b) => b.count - a.count);
  return withMore(
    counted.map(({ draft }) => draft),
    most,
    kind,
  );
}

function withMore(
  drafts: readonly UnreadyDraft[],
  most: number,
  kind?: string,
): (DraftRow | MoreRow)[] {
  const rows = drafts.slice(0, most).map((draft): DraftRow => {
    return { type: "draft", draft, ...(kind === undefined ? {} : { kind }) };
  });
  const left = drafts.length - rows.length;
  return left === 0 ? rows : [...rows, { type: "more", count: left }];
}

/** How many findings a draft has, of a kind or of all. */
export function countOf({ kinds }: Pick<UnreadyDraft, "kinds">, kind?: string): number {
  const meant = kinds.filter((one) => kind === undefined || one.kind === kind);
  return meant.reduce((sum, { count }) => sum + count, 0);
}
