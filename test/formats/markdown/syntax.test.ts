import type { Tree } from "@lezer/common";
import fc from "fast-check";
import { expect, it } from "vitest";
import {
  markdownParser,
  mdxParser,
  unoptimizedParser,
} from "../../../server/src/formats/markdown/syntax.ts";
import { runs } from "../../support/property.ts";

const DIALECTS = [
  { name: "Markdown", quick: markdownParser, own: unoptimizedParser(false) },
  { name: "MDX", quick: mdxParser, own: unoptimizedParser(true) },
];

const shape = (tree: Tree): string => {
  const nodes: string[] = [];
  tree.iterate({ enter: ({ name, from, to }) => void nodes.push(`${name} ${from} ${to}`) });
  return nodes.join("\n");
};

it.each(DIALECTS)(
  "tries the same parsers at every character as the parser's own loop: $name",
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

const PIECES =
  "a|word| |  \n|\n|\\|\\\n|`|``|*|**|_|~~|[|]|](u)|[^1]|![|<b>|</b>|<!-- c -->|<a@b.c>|&amp;|&|{{ x }}|{|}|{#id}|$|x^2|https://a.bc/d|www.a.bc|mailto:a@b.cd|a.b@c.de|@|(|)|!|<A b={c} />|:a:|:|:::a :::|++b++|+|[!c [d](e)]|({% f %})|{/* g */}|{h}|{% comment %}|{% endcomment %}".split(
    "|",
  );

it.each(DIALECTS)("finds what the parser's own loop finds: $name", ({ quick, own }) => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const text = `a ${pieces.join("")}`;
      expect(shape(quick.parse(text))).toBe(shape(own.parse(text)));
    }),
    runs(500),
  );
});
