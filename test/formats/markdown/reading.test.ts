import { expect, test } from "vitest";
import { isIndented, takeLines } from "../../../server/src/formats/markdown/lines.ts";
import { parse, getTrees, update } from "../../../server/src/formats/markdown/markdown.ts";
import { getFormat } from "../../../server/src/formats/registry.ts";
import { parser as commonMark } from "@lezer/markdown";
import { nodesTold } from "../../support/markdown-nodes.ts";

const MARKDOWN = getFormat("markdown");

// What blocks there are is tried in test/formats/markdown.test.ts.

test("a footnote's first block begins at its label, and is marked by it", () => {
  const [block] = parse("[^1]: a *b*\n\n    c", MARKDOWN).blocks;
  expect(block?.source).toBe("[^1]: a *b*");
  expect(block?.marks.map(({ kind, label }) => [kind, label])).toEqual([
    ["footnote-definition", "1"],
    ["emphasis", undefined],
  ]);
});

test("a change: all but what is around it are the same objects, and so they are after many", () => {
  const rows = Array.from({ length: 80 }, (_, at) => `Paragraph ${at} is here.`);
  let draft = parse(rows.join("\n\n"), MARKDOWN);
  for (let step = 0; step < 30; step++) {
    const start = (step * 613) % draft.text.length;
    const end = Math.min(draft.text.length, start + (step % 5));
    const newText = ["# ", "\n\n", "- ", "> ", "```", "", "<!--", "---\n"][step % 8] ?? "";
    const now = draft.text.slice(0, start) + newText + draft.text.slice(end);
    draft = update(draft, now, { start, end, newText });
    const afresh = parse(now, MARKDOWN);
    expect(draft.starts).toEqual(afresh.starts);
    expect(draft.blocks).toEqual(afresh.blocks);
  }
  const before = parse(rows.join("\n\n"), MARKDOWN);
  const start = before.starts[40] ?? 0;
  const now = `${before.text.slice(0, start)}New. ${before.text.slice(start)}`;
  const after = update(before, now, { start, end: start, newText: "New. " });
  const old = new Set(before.blocks);
  expect(after.blocks.filter((block) => !old.has(block))).toHaveLength(1);
});

test("front matter that comes or goes is read", () => {
  const plain = parse("a\n", MARKDOWN);
  const newText = "---\nt: b\n---\n";
  const matter = update(plain, `${newText}a\n`, { start: 0, end: 0, newText });
  expect(matter.blocks.map(({ kind }) => kind)).toEqual(["metadata", "paragraph"]);
  const gone = update(matter, "a\n", { start: 0, end: newText.length, newText: "" });
  expect(gone.blocks).toEqual(plain.blocks);
});

test("the trees of a draft count from the end of its front matter", () => {
  const text = "---\nt: a\n---\n\nb";
  const trees = getTrees(parse(text, MARKDOWN));
  expect(trees?.base).toBe(text.length - "\n\nb".length);
  expect(getTrees(getFormat("plaintext").parse("a"))).toBeUndefined();
});

test("lines that are taken are one node, as far as more are wanted and the container goes on", () => {
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
