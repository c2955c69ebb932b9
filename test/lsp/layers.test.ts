import fc from "fast-check";
import { expect, test } from "vitest";
import type { Finding } from "../../server/src/draft/finding.ts";
import { behindLayers, type Layer, layerResults } from "../../server/src/lsp/layers.ts";
import { runs } from "../support/property.ts";

const finding = (start: number): Finding => ({
  start,
  end: start + 1,
  message: "m",
  rule: "r",
  severity: "warning",
});

/** A layer that drops the findings at these places, and counts how often it is asked. */
function dropping(places: ReadonlySet<number>): Layer<Finding> & { asked: number } {
  const layer = {
    asked: 0,
    inputs: [places],
    apply: (findings: readonly Finding[]) => {
      layer.asked++;
      return findings.filter(({ start }) => !places.has(start));
    },
  };
  return layer;
}

const PLACES = fc.uniqueArray(fc.nat(5), { maxLength: 4 }).map((places) => new Set(places));

test("each layer gets what the one before it gave, and the last result is what is behind all", () => {
  fc.assert(
    fc.property(fc.array(PLACES, { maxLength: 4 }), fc.nat(6), (places, size) => {
      const findings = Array.from({ length: size }, (_, at) => finding(at));
      const layers = places.map(dropping);
      const results = layerResults(findings, layers);
      expect(results).toHaveLength(layers.length);
      results.forEach(({ before }, at) => {
        expect(before).toBe(results[at - 1]?.after ?? findings);
      });
      const left = findings.filter(({ start }) => !places.some((some) => some.has(start)));
      expect(results.at(-1)?.after ?? findings).toEqual(left);
      expect(behindLayers(findings, layers)).toEqual(left);
    }),
    runs(200),
  );
});

test("with the same inputs no layer is asked again; after a change, that one and those after it", () => {
  fc.assert(
    fc.property(fc.array(PLACES, { minLength: 1, maxLength: 4 }), fc.nat(), (places, number) => {
      const findings = [0, 1, 2].map(finding);
      const last = layerResults(findings, places.map(dropping));
      const same = places.map(dropping);
      expect(layerResults(findings, same, last)).toBe(last);
      expect(same.map(({ asked }) => asked)).toEqual(places.map(() => 0));

      const changed = number % places.length;
      const layers = places.map((some, at) => dropping(at === changed ? new Set([9]) : some));
      const results = layerResults(findings, layers, last);
      expect(results).toEqual(layerResults(findings, layers));
      // The second reading above asked each of them once more.
      expect(layers.map(({ asked }) => asked - 1)).toEqual(
        places.map((_, at) => (at < changed ? 0 : 1)),
      );
    }),
    runs(200),
  );
});
