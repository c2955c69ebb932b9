import { serialize } from "node:v8";
import { expect, test } from "vitest";
import { draftOf } from "../../support/rules.ts";

// V8 decides once for all objects of a kind how their fields are stored, so no other test may run in this process.
test("places at the start of a text are whole numbers to V8", () => {
  const { blocks } = draftOf(
    "The [council](https://example.org) met *again*.\n\n- An [item](x).\n",
  );
  const stored = serialize(blocks.map(({ marks }) => marks)).toString("latin1");
  expect(stored).toMatch(/startI/);
  expect(stored).not.toMatch(/(?:start|end)N/);
});
