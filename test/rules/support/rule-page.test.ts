import { expect, test } from "vitest";
import { blockRule } from "../../../server/src/rules/rule.ts";
import { rulePage, rulesPage } from "../../../server/src/rules/support/rule-page.ts";

const plain = blockRule({
  id: "plain-rule",
  kind: "mark",
  scope: "block",
  severity: "hint",
  english: false,
  summary: "One | two.",
  docs: { description: "It says why.", flagged: [], fine: [] },
  options: {},
  check: () => [],
});

const full = blockRule({
  ...plain,
  id: "full-rule",
  kind: "mark",
  severity: "warning",
  english: true,
  docs: {
    description: "It says why.",
    flagged: [{ text: "⟦a⟧\n", note: "A note." }],
    fine: [{ text: "```\nb\n```\n" }],
  },
  options: {
    most: { type: "integer", minimum: 1, maximum: 3, default: 2, description: "One | two." },
  },
});

test("a page without examples and options has no empty section", () => {
  const page = rulePage(plain);
  expect(page.match(/^#.*$/gm)).toEqual(["# plain-rule", "## Settings", "## Let it stand"]);
  expect(page).not.toContain("| option |");
  expect(page).toContain('"plain-rule": "hint"');
  expect(page).not.toContain("grammar");
  expect(page.endsWith("\n") && !page.endsWith("\n\n")).toBe(true);
});

test("a page has the examples, the values of each option, and where it is set", () => {
  const page = rulePage(full);
  expect(page).toContain("A note.\n\n```markdown\n⟦a⟧\n```");
  expect(page).toContain("runs on English text only");
  expect(page).toContain("| `most` | 1 to 3 | `2` | One \\| two. |");
  expect(page).toContain("`galley.rules.full-rule.most`");
  const json = /```json\n([^`]*)```/.exec(page)?.[1] ?? "";
  expect(JSON.parse(json)).toMatchObject({
    rules: { "full-rule": { severity: "warning", options: { most: 2 } } },
  });
});

test("a fence is longer than any in its content, and a bar doesn't end a cell", () => {
  expect(rulePage(full)).toContain("````markdown\n```\nb\n```\n````");
  expect(rulesPage([plain, full])).toContain(
    "| [plain-rule](plain-rule.md) | hint | One \\| two. |\n| [full-rule](full-rule.md) | warning |",
  );
});
