/**
 * Names from a queue, each followed by those it is compared with that are queued too, so that drafts which share
 * passages come one after another, and a small cache of drafts spares reading them again. Whoever takes a name
 * removes it from the queue. What is added to the queue meanwhile comes as well.
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
      // The likeliest is to come next.
      family.push(...others.reverse());
    }
  }
}
