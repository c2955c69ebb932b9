import type { Rule } from "../rules/rule.ts";

/** How many findings of each kind (`known-findings.ts`) a draft has. */
type Kinds = ReadonlyMap<string, number>;

/** Kinds, by draft name. */
export type DraftKinds = ReadonlyMap<string, Kinds>;

/**
 * Which drafts were renamed, judging by their findings: new name to old. Findings that need no other draft decide
 * first, so that the result is the same whether or not drafts were compared.
 */
export function renamedDrafts(
  gone: DraftKinds,
  added: DraftKinds,
  rules: readonly Rule[],
): ReadonlyMap<string, string> {
  const dependent = new Set(
    rules.filter(({ scope }) => scope === "workspace" || scope === "findings").map(({ id }) => id),
  );
  const isIndependent = (kind: string): boolean => !dependent.has(kind.slice(0, kind.indexOf("/")));
  const withoutDependent = ([name, kinds]: [string, Kinds]): [string, Kinds] => [
    name,
    new Map([...kinds].filter(([kind]) => isIndependent(kind))),
  ];
  const first = renamedBy(
    new Map([...gone].map(withoutDependent)),
    new Map([...added].map(withoutDependent)),
  );
  const taken = new Set(first.values());
  const left = new Map([...gone].filter(([name]) => !taken.has(name)));
  const others = renamedBy(left, new Map([...added].filter(([name]) => !first.has(name))));
  return new Map([...first, ...others]);
}

/**
 * Those with most findings choose first. Each takes the remaining draft with most of its findings, then with fewest
 * others, then by name. A draft that shares no findings was not renamed.
 */
function renamedBy(gone: DraftKinds, added: DraftKinds): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const left = new Map<string, Set<RankedDraft>>();
  for (const draft of ranked(added, 1)) {
    for (const kind of draft.kinds.keys()) left.set(kind, (left.get(kind) ?? new Set()).add(draft));
  }
  for (const { name, kinds } of ranked(gone, -1)) {
    const shared = new Map<RankedDraft, number>();
    for (const [kind, count] of kinds) {
      let looked = 0;
      for (const draft of left.get(kind) ?? []) {
        if (++looked > MOST_OF_KIND) break;
        const both = Math.min(count, draft.kinds.get(kind) ?? 0);
        shared.set(draft, (shared.get(draft) ?? 0) + both);
      }
    }
    const [best] = [...shared].sort(([a, one], [b, other]) => other - one || a.rank - b.rank);
    if (best === undefined) continue;
    renamed.set(best[0].name, name);
    for (const kind of best[0].kinds.keys()) left.get(kind)?.delete(best[0]);
  }
  return renamed;
}

/** How many drafts with a kind are compared. If more have it, it says little. */
const MOST_OF_KIND = 200;

interface RankedDraft {
  readonly name: string;
  readonly kinds: Kinds;
  readonly rank: number;
}

/** Drafts by number of findings, ascending or, with -1, descending; then by name. */
function ranked(drafts: DraftKinds, sign: 1 | -1): RankedDraft[] {
  return [...drafts]
    .map(([name, kinds]) => {
      const size = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      return { name, kinds, size };
    })
    .sort((a, b) => sign * (a.size - b.size) || (a.name < b.name ? -1 : 1))
    .map((draft, rank) => ({ ...draft, rank }));
}
