import fc from "fast-check";
import { expect, test } from "vitest";
import { isCount, isText, listOf, optional, shape } from "../../server/src/project/shape.ts";
import { runs } from "../support/property.ts";

const isNamed = shape<{ name: string; lines?: number[] }>({
  name: isText,
  lines: optional(listOf(isCount)),
});

test("a value fits if its fields do, whatever else it has", () => {
  const fields = fc.record({
    name: fc.string(),
    lines: fc.option(fc.array(fc.nat()), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.object(), fields, (others, named) => isNamed({ ...others, ...named })),
    runs(50),
  );
});

test("no other value fits, and nothing throws", () => {
  const holes: unknown[] = [1];
  holes[2] = 1;
  const wrong = [null, undefined, "x", [], { name: 1 }, { name: "", lines: null }];
  for (const value of [...wrong, { name: "", lines: holes }, { name: "", lines: [-1] }]) {
    expect([value, isNamed(value)]).toEqual([value, false]);
  }
});
