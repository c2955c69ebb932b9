import { expect, it } from "vitest";
import { SAMPLES } from "../support/format-samples.ts";
import { workCounter } from "../support/counted-work.ts";

/*
 * A keystroke costs what it changed, and one look at each block. Work is counted in blocks of our own code that run, so
 * no other program on the machine affects it.
 */
const count = workCounter("/server/src/");
const { getFormat } = await import("../../server/src/formats/registry.ts");

it("reads little Markdown again after a keystroke, wherever it is", () => {
  const format = getFormat("markdown");
  const text = Array.from({ length: 2000 }, (_, at) =>
    SAMPLES.markdown.paragraph(`Day ${at} ended.`),
  )
    .join("\n\n")
    .concat("\n");
  const whole = count(() => format.parse(text)).total;
  const before = format.parse(text);
  for (const place of [0.1, 0.5, 0.9]) {
    const start = text.indexOf("ended", text.length * place);
    const next = `${text.slice(0, start)}x${text.slice(start)}`;
    const again = count(() => format.parse(next, before)).total;
    expect(again / whole).toBeLessThan(0.2);
  }
});
