import { describe, expect, test } from "vitest";
import type { Block } from "../../server/src/draft/draft.ts";
import { quotationAround, quotationFrom, writtenWords } from "../../server/src/draft/quotation.ts";
import { MASK } from "../../server/src/draft/prose.ts";
import { onlyBlock } from "../support/rules.ts";

function all({ prose }: Block): { start: number; end: number } {
  return { start: 0, end: prose.text.length };
}

describe("the words of a span", () => {
  test.each([
    ["without markup", "The *old* bridge", "The old bridge"],
    ["code as it is written, without its marks", "Run `make` now", "Run make now"],
    ["code with backticks in it", "Run `` a`b `` now", "Run a`b  now"],
    ["code without its tags", "Run <code>make</code> now", "Run make now"],
    ["an image as it is written", "See ![map](m.png) here", "See ![map](m.png) here"],
    ["a template's value", "Version {{ v }} is out", "Version {{ v }} is out"],
    ["two masks next to each other", "`a``b`", "a``b"],
    ["nothing", "**", "**"],
  ])("%s", (_what, text, words) => {
    const block = onlyBlock(text);
    expect(writtenWords(block, all(block))).toBe(words);
  });

  test("long code is cut, and no mask is ever shown", () => {
    const block = onlyBlock(`Run \`${"very long ".repeat(60)}\` now`);
    const words = writtenWords(block, all(block));
    expect(words).not.toContain(MASK);
    expect(words.length).toBeLessThan(40);
    expect(words).toMatch(/^Run very long .*… now$/);
  });

  test("only words in the span are quoted", () => {
    const block = onlyBlock("Run `make` now");
    expect(writtenWords(block, { start: 0, end: 4 })).toBe("Run ");
    expect(writtenWords(block, { start: 5, end: 9 })).toBe(" now");
    expect(writtenWords(block, { start: 4, end: 4 })).toBe("");
  });
});

describe("a quotation", () => {
  const words = "one two three four five six seven eight nine ten".split(" ");
  const block = onlyBlock(words.join(" "));
  const start = block.prose.text.indexOf("five");

  test("contains its focus, and is within the length limit", () => {
    for (let most = 8; most < 60; most++) {
      const quoted = quotationAround(block, { start, end: start + 4 })(most);
      expect(quoted).toContain("five");
      expect(quoted.length).toBeLessThanOrEqual(most);
    }
    expect(quotationAround(block, { start, end: start + 4 })(1000)).toBe(words.join(" "));
  });

  test("may show other words instead of its focus", () => {
    expect(quotationAround(block, { start, end: start + 4 }, "[…]")(1000)).toBe(
      words.join(" ").replace("five", "[…]"),
    );
  });

  test("begins at the given place, and ends with a word", () => {
    expect(quotationFrom(block)(1000)).toBe(words.join(" "));
    expect(quotationFrom(block, start)(1000)).toBe("five six seven eight nine ten");
    expect(quotationFrom(block, start)(10)).toMatch(/^five six ?…$/);
    expect(quotationFrom(block, block.prose.text.length)(10)).toBe("");
  });
});
