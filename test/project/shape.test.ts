import fc from "fast-check";
import { expect, test } from "vitest";
import { isBoolean, isText, listOf, optional, shape } from "../../server/src/project/shape.ts";
import { runs } from "../support/property.ts";

const isNamed = shape<{ name: string; marks?: boolean[] }>({
  name: isText,
  marks: optional(listOf(isBoolean)),
});

test("a value fits if its fields do, whatever else it has", () => {
  const fields = fc.record({
    name: fc.string(),
    marks: fc.option(fc.array(fc.boolean()), { nil: undefined }),
  });
  fc.assert(
    fc.property(fc.object(), fields, (others, named) => isNamed({ ...others, ...named })),
    runs(50),
  );
});

test("no other value fits, and nothing throws", () => {
  const holes: unknown[] = [true];
  holes[2] = true;
  const wrong = [null, undefined, "x", [], { name: 1 }, { name: "", marks: null }];
  for (const value of [...wrong, { name: "", marks: holes }, { name: "", marks: [1] }]) {
    expect([value, isNamed(value)]).toEqual([value, false]);
  }
});
