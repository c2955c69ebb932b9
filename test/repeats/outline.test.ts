import { expect, test } from "vitest";
import { getOutline } from "../../server/src/repeats/outline.ts";
import { draftOf } from "../support/rules.ts";

test("each block is under the last heading before it", () => {
  expect([...getOutline(draftOf("a\n\n# One\n\nb\n\n## Two\n\nc")).heading]).toEqual([
    -1, -1, 1, 1, 3,
  ]);
});

test("a label alone on its line is above what follows, up to the next heading", () => {
  const text = "**One**\n\na\n\n**Two:** b\n\n`three`\n\nc\n\n# Four\n\nd\n\n*five*\n\ne";
  expect(getOutline(draftOf(text)).label).toEqual([
    "**one**",
    "**one**",
    "**one**",
    "`three`",
    "`three`",
    "",
    "",
    "",
    "",
  ]);
});

test("marks of variants, other directives and code are counted before each block, and in total", () => {
  const text = '{% if a %}\n\nb\n\n{% endif %}\n\n```\nc\n```\n\n:::note\n\n=== "D"\n\ne';
  const { markers, others, tab } = getOutline(draftOf(text));
  expect([...markers]).toEqual([0, 1, 1, 2, 2, 2, 3, 3]);
  expect([...others]).toEqual([0, 0, 0, 0, 1, 2, 2, 2]);
  expect(tab.at(-1)).toContain("===");
  expect(tab[0]).toBe("");
});

test("each block is in the innermost element with a class", () => {
  const text =
    '<div class="one">\n\na\n\n<div>\n\nb\n\n</div>\n\n</div>\n\nc\n\n<p class="two">d</p>';
  const draft = draftOf(text);
  const { element } = getOutline(draft);
  const of = (word: string): string | undefined =>
    element[draft.blocks.findIndex(({ prose }) => prose.text === word)];
  expect(["a", "b", "c", "d"].map(of)).toEqual(["one", "one", "", "two"]);
});

test("deeply nested elements are followed to a limit", () => {
  const { element } = getOutline(draftOf(`${'<div class="a">\n\n'.repeat(100)}b`));
  expect(element.at(-1)).toBe("a");
});

test("an empty draft has an empty outline", () => {
  const { heading, label, markers } = getOutline(draftOf(""));
  expect([heading.length, label.length, [...markers]]).toEqual([0, 0, [0]]);
});
