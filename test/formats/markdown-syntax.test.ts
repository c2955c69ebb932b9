import { MarkdownParser } from "@lezer/markdown";
import fc from "fast-check";
import { expect, it } from "vitest";
import { markdownParser, mdxParser } from "../../server/src/formats/markdown/syntax.ts";
import { runs } from "../support/property.ts";

const PIECES =
  "a|word| |  \n|\n|\\|\\\n|`|``|*|**|_|~~|[|]|](u)|[^1]|![|<b>|</b>|<!-- c -->|<a@b.c>|&amp;|&|{{ x }}|{|}|{#id}|$|x^2|https://a.bc/d|www.a.bc|mailto:a@b.cd|a.b@c.de|@|(|)|!|<A b={c} />|:a:|:|:::a :::|++b++|+|[!c [d](e)]|({% f %})|{/* g */}|{h}|{% comment %}|{% endcomment %}".split(
    "|",
  );

it("the fast inline parser finds what the parser's own loop over every character finds", () => {
  // eslint-disable-next-line @typescript-eslint/unbound-method -- called with a parser below
  const everyUnit = MarkdownParser.prototype.parseInline;
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => {
      const text = pieces.join("");
      for (const parser of [markdownParser, mdxParser]) {
        expect(parser.parseInline(text, 7)).toEqual(everyUnit.call(parser, text, 7));
      }
    }),
    runs(500),
  );
});
