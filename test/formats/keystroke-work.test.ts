import { expect, it } from "vitest";
import { SAMPLES } from "../support/format-samples.ts";
import { workCounter } from "../support/counted-work.ts";

/*
 * A keystroke costs what it changed, not the draft: counted in blocks of our own code that run, so that no other
 * program on the machine has a part in it.
 */
const count = workCounter("/server/src/");
const { FORMAT_IDS, getFormat } = await import("../../server/src/formats/registry.ts");

it.each(FORMAT_IDS)("reads little of %s again after a keystroke, wherever it is", (id) => {
  const format = getFormat(id);
  const text = Array.from({ length: 2000 }, (_, at) => SAMPLES[id].paragraph(`Day ${at} ended.`))
    .join("\n\n")
    .concat("\n");
  const whole = count(() => format.parse(text)).total;
  const before = format.parse(text);
  for (const place of [0.1, 0.5, 0.9]) {
    const start = text.indexOf("ended", text.length * place);
    const next = `${text.slice(0, start)}x${text.slice(start)}`;
    const change = { start, end: start, newText: "x" };
    const again = count(() => format.update(before, next, change)).total;
    expect(again / whole).toBeLessThan(0.1);
  }
});
