import { objectCache } from "../../draft/incremental/memoize.ts";
import type { Draft } from "../../draft/draft.ts";
import type { Container } from "../../draft/markup.ts";

/** The containers of a draft, outer before inner. None in formats whose containers have end tags. */
export function containersIn(draft: Draft): readonly Container[] {
  const cached = cache.get(draft);
  if (cached !== undefined) return cached;
  const containers = draft.format.markup.containers(draft);
  cache.set(draft, containers);
  return containers;
}

const cache = objectCache<Draft, readonly Container[]>();
