import type { Rule } from "../rules/rule.ts";

/*
 * Which draft was renamed to which, by what was found in them. A draft of two versions is known by its name; one whose
 * name is gone may be one whose name is new.
 */

/** How many findings of each kind (`known-findings.ts`) some drafts have, by their names. */
export type DraftKinds = ReadonlyMap<string, ReadonlyMap<string, number>>;

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
  const first = renamedBy(withKinds(gone, isOwn), withKinds(added, isOwn));
  const taken = new Set(first.values());
  const left = new Map([...gone].filter(([name]) => !taken.has(name)));
  const others = renamedBy(left, new Map([...added].filter(([name]) => !first.has(name))));
  return new Map([...first, ...others]);
}

function withKinds(drafts: DraftKinds, isWanted: (kind: string) => boolean): DraftKinds {
  const wanted = (kinds: ReadonlyMap<string, number>): ReadonlyMap<string, number> =>
    new Map([...kinds].filter(([kind]) => isWanted(kind)));
  return new Map([...drafts].map(([name, kinds]) => [name, wanted(kinds)]));
}

/**
 * Those with most findings choose first: each takes, of the drafts that are left, the one that has most of its findings;
 * of several the one that has fewest others, then the first by name. One of which nothing is found again was not
 * renamed.
 */
function renamedBy(gone: DraftKinds, added: DraftKinds): ReadonlyMap<string, string> {
  const renamed = new Map<string, string>();
  const sizes = new Map([...added].map(([name, kinds]) => [name, sizeOf(kinds)]));
  const left = draftsByKind(added);
  const inOrder = [...gone].map(([name, kinds]) => ({ name, kinds, size: sizeOf(kinds) }));
  inOrder.sort((a, b) => b.size - a.size || byText(a.name, b.name));
  for (const { name, kinds } of inOrder) {
    const shared = new Map<string, number>();
    for (const [kind, count] of kinds) {
      let looked = 0;
      for (const draft of left.get(kind) ?? []) {
        if (++looked > MOST_OF_KIND) break;
        const both = Math.min(count, added.get(draft)?.get(kind) ?? 0);
        shared.set(draft, (shared.get(draft) ?? 0) + both);
      }
    }
    const [best] = [...shared.keys()].sort(
      (a, b) =>
        (shared.get(b) ?? 0) - (shared.get(a) ?? 0) ||
        (sizes.get(a) ?? 0) - (sizes.get(b) ?? 0) ||
        byText(a, b),
    );
    if (best === undefined) continue;
    renamed.set(best, name);
    for (const kind of added.get(best)?.keys() ?? []) left.get(kind)?.delete(best);
  }
  return renamed;
}

/** Of a kind so many drafts are looked at: what stands in more of them says little of which was renamed. */
const MOST_OF_KIND = 200;

/** The drafts that have each kind, in the order of their names. */
function draftsByKind(drafts: DraftKinds): ReadonlyMap<string, Set<string>> {
  const byKind = new Map<string, Set<string>>();
  for (const name of [...drafts.keys()].sort()) {
    for (const kind of drafts.get(name)?.keys() ?? []) {
      const names = byKind.get(kind) ?? new Set();
      byKind.set(kind, names.add(name));
    }
  }
  return byKind;
}

function sizeOf(kinds: ReadonlyMap<string, number>): number {
  return [...kinds.values()].reduce((sum, count) => sum + count, 0);
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
