import { describe, expect, it } from "vitest";
import { markdown } from "../../server/src/formats/markdown.ts";
import { expectLaws } from "./laws.ts";

/** Each block as one line: its kind, then its prose or, where it has none, its source. */
function outline(text: string): string[] {
  const draft = markdown.parse(text);
  expectLaws(draft);
  return draft.blocks.map(
    (block) => `${block.kind} ${JSON.stringify(block.prose.text || block.source)}`,
  );
}

describe("markdown", () => {
  it.each<[string, string[]]>([
    ["One *two* **three**.", ['paragraph "One two three."']],
    ["# Head {#id}\n\nText", ['heading "Head"', 'paragraph "Text"']],
    ["---\ntitle: x\n---\nText", ['metadata "---\\ntitle: x\\n---"', 'paragraph "Text"']],
    ["> quoted\n> on", ['paragraph "quoted\\non"']],
    ["See {{ name }} now.", ['paragraph "See \uFFFC now."']],
    ["{{< figure >}}\n", ['directive "{{< figure >}}"']],
    ["It ended.\nIt began.", ['paragraph "It ended."', 'paragraph "It began."']],
  ])("%j", (text, expected) => {
    expect(outline(text)).toEqual(expected);
  });
});
