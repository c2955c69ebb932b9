import { expect, test } from "vitest";
import { isIndented, takeLines } from "../../../server/src/formats/markdown/lines.ts";
import { parse } from "../../../server/src/formats/markdown/markdown.ts";
import { getFormat } from "../../../server/src/formats/registry.ts";
import { parser as commonMark } from "@lezer/markdown";
import { nodesTold } from "../../support/markdown-nodes.ts";

const MARKDOWN = getFormat("markdown");

// Which blocks there are is tested in test/formats/markdown.test.ts.

test("a footnote's first block begins at its label, which is a mark in it", () => {
  const [block] = parse("[^1]: a *b*\n\n    c", MARKDOWN).blocks;
  expect(block?.source).toBe("[^1]: a *b*");
  expect(block?.marks.map(({ kind, label }) => [kind, label])).toEqual([
    ["footnote-definition", "1"],
    ["emphasis", undefined],
  ]);
});

test("text two lines below a paragraph may join it to the next", () => {
  const above = "One.\n\nIt ended here.\nThe next line\n";
  const before = parse(above, MARKDOWN);
  const after = parse(`${above}goes on`, MARKDOWN, before);
  expect([before.blocks.length, after.blocks.length]).toEqual([3, 2]);
  expect(after).toEqual(parse(`${above}goes on`, MARKDOWN));
});

test("added front matter is recognised, and so is its removal", () => {
  const plain = parse("a\n", MARKDOWN);
  const newText = "---\nt: b\n---\n";
  const matter = parse(`${newText}a\n`, MARKDOWN, plain);
  expect(matter.blocks.map(({ kind }) => kind)).toEqual(["metadata", "paragraph"]);
  const gone = parse("a\n", MARKDOWN, matter);
  expect(gone.blocks).toEqual(plain.blocks);
});

test("consecutive lines become one node, within the limit and their container", () => {
  const parser = commonMark.configure({
    defineNodes: [{ name: "Taken", block: true }],
    parseBlock: [
      {
        name: "Taken",
        before: "LinkReference",
        parse: (cx, line) =>
          line.next === 64 &&
          !isIndented(line) &&
          takeLines(cx, line, "Taken", (text) => /@/.test(text)),
      },
    ],
  });
  const taken = (text: string): string[] => nodesTold(parser, text, ["Taken"]);
  expect(taken("@a  \n@b\nc")).toEqual(["Taken: @a  \n@b"]);
  expect(taken("> @a\n@b")).toEqual(["Taken: @a", "Taken: @b"]);
  expect(taken("    @a")).toEqual([]);
});
