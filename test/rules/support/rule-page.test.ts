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
    from: { type: "integer", minimum: 1, default: 2, description: "One | two." },
    within: { type: "integer", minimum: 1, maximum: 3, default: 2, description: "a" },
    most: { type: "integer", maximum: 3, default: 2, description: "a" },
    any: { type: "integer", default: 2, description: "a" },
    on: { type: "boolean", default: true, description: "a" },
    words: { type: "string", default: "b", description: "a" },
    kind: { type: "enum", values: ["b", "c"], default: "b", description: "a" },
    list: { type: "strings", default: [], description: "a" },
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
  const takes = [...page.matchAll(/^\| `(\w+)` \| (.*?) \| `/gm)].map(([, name, what]) => [
    name,
    what,
  ]);
  expect(takes).toEqual([
    ["from", "1 or more"],
    ["within", "1 to 3"],
    ["most", "at most 3"],
    ["any", "a whole number"],
    ["on", "true or false"],
    ["words", "a text"],
    ["kind", '`"b"`, `"c"`'],
    ["list", "a list of texts"],
  ]);
  expect(page).toContain("`galley.rules.full-rule.list`");
  const json = /```json\n([^`]*)```/.exec(page)?.[1] ?? "";
  expect(JSON.parse(json)).toMatchObject({
    rules: { "full-rule": { severity: "warning", options: { from: 2, list: [] } } },
  });
});

test("a fence is longer than any in its content, and a bar doesn't end a cell", () => {
  expect(rulePage(full)).toContain("````markdown\n```\nb\n```\n````");
  expect(rulePage(full)).toContain("One \\| two.");
  expect(rulesPage([plain, full])).toContain(
    "| [plain-rule](plain-rule.md) | hint | One \\| two. |\n| [full-rule](full-rule.md) | warning |",
  );
});
