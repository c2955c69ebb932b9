import { expect, test } from "vitest";
import { markdownContainers } from "../../../server/src/formats/markdown/containers.ts";
import { draftOf } from "../../support/rules.ts";

function told(text: string): string[] {
  return markdownContainers(draftOf(text)).map(
    ({ kind, start, end, number, next }) =>
      `${kind}${number === undefined ? "" : ` ${number} to ${next ?? "?"}`}: ${text.slice(start, end)}`,
  );
}

test.each<[string, string[]]>([
  ["", []],
  ["words", []],
  ["- a\n- b", ["list -: - a\n- b", "item: - a", "item: - b"]],
  ["3. a\n4. b", ["list . 3 to 5: 3. a\n4. b", "item: 3. a", "item: 4. b"]],
  ["1) a", ["list ) 1 to 2: 1) a", "item: 1) a"]],
  ["> a\n> b", ["quote: > a\n> b"]],
  ["> - a", ["quote: > - a", "list -: - a", "item: - a"]],
  ["- a\n  - b", ["list -: - a\n  - b", "item: - a\n  - b", "list -: - b", "item: - b"]],
  ["term\n: text", ["definition: : text"]],
  ["!!! note\n    a", ["admonition: !!! note\n    a"]],
  ["[^1]: a\n    - b", ["list -: - b", "item: - b"]],
  // A table's content is not a container.
  ["a|b\n-|-\nc|d", ["table: a|b\n-|-\nc|d"]],
  // Offsets are the draft's, and its front matter is not part of the tree.
  ["---\nt: a\n---\n- a", ["list -: - a", "item: - a"]],
])("%j", (text, expected) => {
  expect(told(text)).toEqual(expected);
});

test("a long list is counted to its end, though the tree has it in parts", () => {
  const text = Array.from({ length: 300 }, (_, index) => `${index + 1}. a`).join("\n");
  const [list, ...items] = markdownContainers(draftOf(text));
  expect(list).toMatchObject({ start: 0, end: text.length, number: 1, next: 301 });
  expect(items).toHaveLength(300);
});

test("a draft in another format has none", () => {
  expect(markdownContainers(draftOf("- a", "plaintext"))).toEqual([]);
});
