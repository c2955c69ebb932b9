import { expect, test } from "vitest";
import { ruleNamed } from "../../client/src/rule-view.ts";
import { RULES } from "../../server/src/rules/index.ts";

test("only a rule's id opens a page", () => {
  for (const { id } of RULES) {
    expect(ruleNamed(id, RULES)).toBe(id);
    for (const other of [
      `../${id}`,
      `./${id}`,
      `${id}/`,
      `${id}.md`,
      id.toUpperCase(),
      [id],
      { id },
    ])
      expect(ruleNamed(other, RULES)).toBeUndefined();
  }
  const hostile = ["", "..", "../../../etc/passwd", "%2e%2e/x", "README", 7, null, undefined, true];
  for (const other of hostile) expect(ruleNamed(other, RULES)).toBeUndefined();
});
