import { expect, test } from "vitest";
import { inFamilies } from "../../server/src/project/in-families.ts";

/** The order in which a queue is emptied, given which drafts are compared with which. */
function orderOf(
  queue: Set<string>,
  partners: Readonly<Record<string, readonly string[]>>,
  taken: (name: string) => void = () => undefined,
): string[] {
  const order: string[] = [];
  for (const name of inFamilies(queue, (one) => partners[one] ?? [])) {
    queue.delete(name);
    order.push(name);
    taken(name);
  }
  return order;
}

test("a name is followed by those it is compared with, each once", () => {
  const queue = new Set(["a1", "b1", "c", "a2", "b2", "a3"]);
  const partners = { a1: ["a2"], a2: ["a1", "a3"], a3: ["a2"], b1: ["b2"], b2: ["b1"] };
  expect(orderOf(queue, partners)).toEqual(["a1", "a2", "a3", "b1", "b2", "c"]);
});

test("the likeliest partner comes next, and after it those compared with the others", () => {
  const queue = new Set(["a", "far", "near", "b", "c"]);
  const partners = { a: ["near", "far"], near: ["a"], far: ["a", "b"], b: ["far", "c"], c: ["b"] };
  expect(orderOf(queue, partners)).toEqual(["a", "near", "far", "b", "c"]);
});

test("a name that is not queued never comes", () => {
  expect(orderOf(new Set(["a", "c"]), { a: ["b"], b: ["c"] })).toEqual(["a", "c"]);
});

test("names may be queued or removed meanwhile", () => {
  const queue = new Set(["a", "b", "c"]);
  const order = orderOf(queue, { a: ["c", "b"] }, (name) => {
    if (name !== "a") return;
    queue.delete("b");
    queue.add("d");
  });
  expect(order).toEqual(["a", "c", "d"]);
});
