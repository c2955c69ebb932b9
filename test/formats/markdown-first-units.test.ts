import type { Tree } from "@lezer/common";
import { expect, it } from "vitest";
import {
  markdownParser,
  mdxParser,
  unoptimizedParser,
} from "../../server/src/formats/markdown/syntax.ts";

const DIALECTS = [
  { name: "Markdown", quick: markdownParser, own: unoptimizedParser(false) },
  { name: "MDX", quick: mdxParser, own: unoptimizedParser(true) },
];

/** A line for each thing that is told by how its line begins, and some that only look like it. */
const LINES =
  '# a§## [b](#tab/c)§> q§- i§* i§+ i§*[HTML]: words§---§***§___§--8<-- "a"§-- a§1. i§2) i§```§~~~js§$$§$5§\\begin{a}§\\newpage§\\a b§<Tab>§<Tab a="b">words | more§<Chart§<div>§</div>§<p>words§<!-- c -->§<!-- c --> words§<?php§<![CDATA[§<<< @/a§<5§: d§:::§:::{a}§:a: b§{{< a >}}§{% comment %}§{% endcomment %}§{#a}§{:.b}§{/* c */}§{a}§import a from "b"§import a§export const a§even§!!! note§??? "a"§!a§?a§[a]: b§[a]: {% link b %}§[^1]: n§[!INCLUDE [a](b)]§[a](b)§(a)=§(a)§% a§%a§+++§+++ a§+++ {}§/// a§+--+§+==+§///§/a§=== "a"§===§==§|a|b|§|-|-|§a|b§-|-§a§word.§Word.§É§“Word”§\u00A0a§`a`§~a~§_a_§&amp;§@a§.§,§;§"a"§\'a\'§^a§)§]§}§0§9)'.split(
    "§",
  );

const BEFORE = [
  "",
  "Words.\n",
  "words\n",
  "a|b\n-|-\n",
  "- i\n",
  "> q\n",
  "- i\n\n  ",
  ": d\n\n  ",
];
const INDENTS = ["", "  ", "    ", "\t", "> ", "- ", "[^1]: "];
const AFTER = ["", "\nwords", "\n\n    words", "\n-|-"];

const shape = (tree: Tree): string => {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from} ${to}`) });
  return nodes.join("\n");
};

it.each(DIALECTS)(
  "reads each beginning of a line as the parser's own loop does: $name",
  (dialect) => {
    const { quick, own } = dialect;
    let read = 0;
    for (const line of LINES) {
      for (const before of BEFORE) {
        for (const indent of INDENTS) {
          for (const after of AFTER) {
            const text = before + indent + line + after;
            if (shape(quick.parse(text)) !== shape(own.parse(text))) {
              expect({ text, tree: shape(quick.parse(text)) }).toEqual({
                text,
                tree: shape(own.parse(text)),
              });
            }
            read++;
          }
        }
      }
    }
    expect(read).toBe(LINES.length * BEFORE.length * INDENTS.length * AFTER.length);
  },
);

it.each(DIALECTS)(
  "offers every unit to the same parsers as the own loop: $name",
  ({ quick, own }) => {
    for (let unit = 1; unit < 0x180; unit++) {
      const char = String.fromCharCode(unit);
      const doubled = [`${char}${char} a`, `a${char}`, `${char}b${char}${char} a`];
      for (const rest of ["", " a", ...doubled, '- "a"', "[a]: b", "@b.cd", "{a}: b"]) {
        for (const before of ["", "Words and\n"]) {
          const text = `${before}${char}${rest}\nmore\n`;
          expect(shape(quick.parse(text)), JSON.stringify(text)).toBe(shape(own.parse(text)));
        }
      }
    }
  },
);
