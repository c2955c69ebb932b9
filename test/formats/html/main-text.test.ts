import fc from "fast-check";
import { expect, test } from "vitest";
import { mainTextStart } from "../../../server/src/formats/html/format.ts";
import { runs } from "../../support/property.ts";

const PIECES = ["main", "article", "h1", "nav", "header", "aside", "footer"].flatMap((name) => [
  `<${name}>`,
  `</${name}>`,
  `<${name}/>`,
  `<!-- <${name}> -->`,
]);

test("a page's main text begins at the first main, article or heading, or at its start", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES, "a", "{{ main }}", "\r\n", "< ")), (pieces) => {
      const text = pieces.join("");
      const found = /^<(\w+)>/.exec(text.slice(mainTextStart(text)))?.[1];
      const bare = text.replace(/<!--.*?-->/g, "");
      if (bare.includes("<main>")) expect(found).toBe("main");
      else if (bare.includes("<article>")) expect(["article", "h1"]).toContain(found);
      else if (found !== "h1") expect(mainTextStart(text)).toBe(0);
    }),
    runs(500),
  );
});

test("comments in an article below the heading are not the main text", () => {
  const text = "<h1>The bridge is closed</h1><p>a<article><h2>Bob</h2>";
  expect(mainTextStart(text)).toBe(0);
  expect(mainTextStart(`<article>b</article>${text}`)).toBe(0);
  expect(mainTextStart(`<nav><h1>Site</h1></nav>${text}`)).toBe(24);
});
