import type { Tree } from "@lezer/common";
import { expect, it } from "vitest";
import {
  markdownParser,
  mdxParser,
  unoptimizedParser,
} from "../../../server/src/formats/markdown/syntax.ts";

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
