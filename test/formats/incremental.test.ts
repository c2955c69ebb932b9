import { Tree } from "@lezer/common";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Draft } from "../../server/src/draft/draft.ts";
import { readNodes } from "../../server/src/formats/markdown/markdown.ts";
import { markdownParser, mdxParser } from "../../server/src/formats/markdown/syntax.ts";
import { FORMAT_IDS, getFormat, type FormatId } from "../../server/src/formats/registry.ts";
import { expectLaws } from "./laws.ts";
import { SAMPLES } from "../support/format-samples.ts";
import { runs } from "../support/property.ts";

interface Edit {
  readonly at: number;
  readonly cut: number;
  readonly put: string;
}

function drafts(format: FormatId): fc.Arbitrary<string> {
  return fc
    .array(fc.constantFrom(...SAMPLES[format].pieces), { maxLength: 60 })
    .map((pieces) => pieces.join(""));
}

function edits(format: FormatId): fc.Arbitrary<Edit[]> {
  const edit = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    cut: fc.nat(12),
    put: fc
      .array(fc.constantFrom(...SAMPLES[format].pieces), { maxLength: 2 })
      .map((pieces) => pieces.join("")),
  });
  return fc.array(edit, { minLength: 1, maxLength: 5 });
}

describe.each(FORMAT_IDS)("%s", (id) => {
  const format = getFormat(id);

  it("obeys the laws for any text, and updates to the result of a fresh parse", () => {
    fc.assert(
      fc.property(drafts(id), edits(id), (text, changes) => {
        let draft: Draft = format.parse(text);
        expectLaws(draft);
        for (const { at, cut, put } of changes) {
          const start = Math.floor(at * draft.text.length);
          const end = Math.min(draft.text.length, start + cut);
          const next = draft.text.slice(0, start) + put + draft.text.slice(end);
          draft = format.parse(next, draft);
          const fresh = format.parse(next);
          expect(draft.starts).toEqual(fresh.starts);
          expect(draft.blocks).toEqual(fresh.blocks);
          expect(draft.text).toBe(next);
        }
        expectLaws(draft);
      }),
      runs(400),
    );
  });

  it("keeps the blocks that a change did not touch", () => {
    const paragraph = SAMPLES[id].paragraph("It ended here.");
    const text = Array.from({ length: 100 }, () => paragraph).join("\n\n");
    const before = format.parse(text);
    const at = text.indexOf("ended", text.length / 2);
    const after = format.parse(`${text.slice(0, at)}x${text.slice(at)}`, before);
    const kept = new Set(before.blocks);
    expect(after.blocks.filter((block) => !kept.has(block)).length).toBe(1);
  });
});

it("reads Markdown again where text two lines below a paragraph joins it to the next", () => {
  const format = getFormat("markdown");
  const above = "One.\n\nIt ended here.\nThe next line\n";
  const before = format.parse(above);
  const after = format.parse(`${above}goes on`, before);
  expect([before.blocks.length, after.blocks.length]).toEqual([3, 2]);
  expect(after).toEqual(format.parse(`${above}goes on`));
});

/** A node with everything in it, by type and place. */
function described(tree: Tree): unknown {
  const inner = tree.children.map((child) =>
    child instanceof Tree ? described(child) : [...child.buffer],
  );
  return [tree.type.name, tree.length, tree.positions, inner];
}

it("reads markdown in portions of any size like the whole", () => {
  fc.assert(
    fc.property(drafts("markdown"), fc.boolean(), (text, mdx) => {
      const parser = mdx ? mdxParser : markdownParser;
      const body = text.replace(/\r(?!\n)/g, "\n");
      const read = (portion: number): unknown =>
        Array.from(readNodes(parser, body, 0, portion), ({ tree, start }) => [
          start,
          described(tree),
        ]);
      const whole = read(Infinity);
      for (let portion = 1; portion <= 70; portion++) expect(read(portion)).toEqual(whole);
    }),
    runs(30),
  );
});

const PAIRS = [
  ["{% comment %}", "{% endcomment %}"],
  ["{%- comment -%}", "{%-  endcomment  -%}"],
  ["{% highlight ruby %}", "{% endhighlight %}"],
  ["{{< comment >}}", "{{< /comment >}}"],
  ["{{% code-toggle %}}", "{{% / code-toggle %}}"],
  ["{::comment}", "{:/comment}"],
  ["{::comment}", "{:/}"],
  ["{/* note", "*/}"],
] as const;

const around = fc.record({
  before: fc.constantFrom("", "Words\n", "Words\n\n", "> ", "- ", "pair"),
  between: fc.constantFrom(0, 1, 5, 40),
  again: fc.constantFrom("", "open", "pair"),
  after: fc.constantFrom("", " words\n", "\n\nwords\n"),
});

it.each(PAIRS)(
  "reads %s again when %s is added, removed or damaged far below",
  (opener, closer) => {
    const format = getFormat("markdown");
    const again = { "": "", open: `${opener}\n\n`, pair: `\n${opener}\n${closer}\n\n` };
    fc.assert(
      fc.property(around, (given) => {
        const before = given.before === "pair" ? `${opener}\n${closer}\n` : given.before;
        const paragraphs = "\nIt ended here.\n".repeat(given.between);
        const above = `One.\n\nTwo.\n\n${before}${opener}\n${paragraphs}${again[given.again]}`;
        let draft: Draft = format.parse(above + given.after);
        const change = (start: number, end: number, newText: string): void => {
          const next = draft.text.slice(0, start) + newText + draft.text.slice(end);
          draft = format.parse(next, draft);
          const fresh = format.parse(next);
          expect(draft.starts, JSON.stringify(next)).toEqual(fresh.starts);
          expect(draft.blocks).toEqual(fresh.blocks);
        };
        const at = above.length;
        for (let typed = 0; typed < closer.length; typed++) {
          change(at + typed, at + typed, closer.charAt(typed));
        }
        expectLaws(draft);
        change(at + 1, at + 2, "");
        change(at + 1, at + 1, closer.charAt(1));
        change(at, at + closer.length, "");
      }),
      runs(60),
    );
  },
);
