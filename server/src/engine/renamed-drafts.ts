import type { Rule } from "../rules/rule.ts";

/*
 * Which draft was renamed to which, by what was found in them. A draft of two versions is known by its name; one whose
 * name is gone may be one whose name is new.
 */

/** How many findings of each kind (`known-findings.ts`) a draft has. */
type Kinds = ReadonlyMap<string, number>;

/** Those of some drafts, by their names. */
export type DraftKinds = ReadonlyMap<string, Kinds>;

/**
 * The names of drafts that are gone, by the new names that they have. What drafts have by themselves decides before
 * what they share with others, so that it is the same whether or not they were compared.
 */
export function renamedDrafts(
  gone: DraftKinds,
  added: DraftKinds,
  rules: readonly Rule[],
): ReadonlyMap<string, string> {
  const dependent = new Set(
    rules.filter(({ scope }) => scope === "workspace" || scope === "findings").map(({ id }) => id),
  );
  const isOwn = (kind: string): boolean => !dependent.has(kind.slice(0, kind.indexOf("/")));
  const own = ([name, kinds]: [string, Kinds]): [string, Kinds] => [
    name,
    new Map([...kinds].filter(([kind]) => isOwn(kind))),
  ];
  const first = renamedBy(new Map([...gone].map(own)), new Map([...added].map(own)));
  const taken = new Set(first.values());
  const left = new Map([...gone].filter(([name]) => !taken.has(name)));
  const others = renamedBy(left, new Map([...added].filter(([name]) => !first.has(name))));
  return new Map([...first, ...others]);
}

/**
 * Those with most findings choose first: each takes, of the drafts that are left, the one that has most of its findings;
 * of several the one that has fewest others, then the first by name. One of which nothing is found again was not
 * renamed.
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

/** Of a kind so many drafts are looked at: what stands in more of them says little of which was renamed. */
const MOST_OF_KIND = 200;

interface RankedDraft {
  readonly name: string;
  readonly kinds: Kinds;
  readonly rank: number;
}

/** Drafts by how many findings they have, from few to many or, with -1, from many to few; then by name. */
function ranked(drafts: DraftKinds, sign: 1 | -1): RankedDraft[] {
  return [...drafts]
    .map(([name, kinds]) => {
      const size = [...kinds.values()].reduce((sum, count) => sum + count, 0);
      return { name, kinds, size };
    })
    .sort((a, b) => sign * (a.size - b.size) || (a.name < b.name ? -1 : 1))
    .map((draft, rank) => ({ ...draft, rank }));
}
