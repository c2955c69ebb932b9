/**
 * Names from a queue, each followed by queued names it is compared with. Drafts that share passages thus come one after
 * another, and a small cache of drafts saves reading them again. The consumer of a name removes it from the queue.
 * Names added in the meantime are included.
 */
export function* inFamilies(
  queue: ReadonlySet<string>,
  comparedWith: (name: string) => readonly string[],
): Generator<string, void> {
  for (const first of queue) {
    const family = [first];
    for (let name = family.pop(); name !== undefined; name = family.pop()) {
      if (!queue.has(name)) continue;
      yield name;
      const others = comparedWith(name).filter((other) => queue.has(other));
      // The likeliest comes next.
      family.push(...others.reverse());
    }
  }
}
