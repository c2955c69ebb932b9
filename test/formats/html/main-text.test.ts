import fc from "fast-check";
import { expect, test } from "vitest";
import { mainTextStart } from "../../../server/src/formats/html/main-text.ts";
import { runs } from "../../support/property.ts";

const PIECES = ["main", "article", "h1", "nav", "header", "aside", "footer"].flatMap((name) => [
  `<${name}>`,
  `</${name}>`,
  `<${name}/>`,
  `<!-- <${name}> -->`,
]);

test("of any page it is at the first main, article or heading, or at its start", () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...PIECES, "a", "{{ main }}", "\r\n", "< ")), (pieces) => {
      const text = pieces.join("");
      const found = /^<(\w+)>/.exec(text.slice(mainTextStart(text)))?.[1];
      const bare = text.replace(/<!--.*?-->/g, "");
      for (const name of ["main", "article"]) {
        if (!bare.includes(`<${name}>`)) continue;
        expect(found).toBe(name);
        return;
      }
      if (found !== "h1") expect(mainTextStart(text)).toBe(0);
    }),
    runs(500),
  );
});
